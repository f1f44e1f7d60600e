"""The door of a meeting: one press for each who arrives, once, whoever presses and however late it is sent."""

from datetime import timedelta
from functools import partial

import pytest

from app.accounts.models.accesses import Access
from app.core import clock as time
from app.core.errors import Forbidden, NotFound
from app.events import policy
from app.events.models.registrations import EventRegistration
from app.events.queries import door as queries
from app.events.queries import reading
from app.events.queries.door import Crowd
from app.events.service import door
from app.events.service import registrations as service
from tests.events.coming import ONLINE, columns_of, count_again, keep, told
from tests.support.door import comes, keep_door, meeting
from tests.support.races import at_once
from tests.support.rows import again, count, every


@pytest.fixture
def event(make):
    return meeting(make)


@pytest.fixture
def luc(make, event):
    return make.actor(keep_door(make, event, make.user(name="Luc")))


@pytest.fixture
def josee(make, event):
    return comes(make, event, "Josée Couleuvre", code="K7M2PQ")


def crowd(event):
    found = queries.count_crowd(queries.list_guests(event.id))
    return found.arrived, found.expected, found.unannounced


def get(actor, registration, permission=policy.KEEP_DOOR):
    return queries.get_registration(actor, registration.event_id, registration.id, permission)


def press(actor, event_id, registration_id):
    door.arrive(actor, queries.get_registration(actor, event_id, registration_id, policy.KEEP_DOOR))


def load(actor, number):
    return reading.get_event(actor, number, policy.READ_DOOR)


def test_somebody_arrives_once_and_the_door_says_when_and_by_whom(make, event, luc, josee, clock):
    comes(make, event, "Antoine", party=3)
    assert crowd(event) == (0, 4, 0)
    door.arrive(luc, get(luc, josee))
    at = again(josee).arrived_at
    clock.forward(minutes=5)
    door.arrive(make.actor(role="coordinator"), get(luc, josee))
    guest = queries.get_guest(josee.id, event.id)
    assert (guest.arrived_at, guest.by) == (at, "Luc") and crowd(event) == (1, 3, 0)


def test_two_at_the_door_and_the_same_person_are_one_arrival(app, make, event, luc, josee):
    other = make.actor(keep_door(make, event, make.user(name="Ruth")))
    place = event.id, josee.id
    acts = [partial(press, actor, *place) for actor in (luc, other)]
    at_once(app, acts)
    assert again(josee).arrived_by in (luc.id, other.id) and crowd(event)[0] == 1


def test_a_press_that_waited_has_the_hour_at_which_it_was_pressed(event, luc, josee, clock):
    now = time.now()
    door.arrive(luc, get(luc, josee), key="a", waited=600)
    assert abs(again(josee).arrived_at - (now - timedelta(minutes=10))) < timedelta(seconds=30)


@pytest.mark.parametrize(("waited", "hours"), [(-600, 0), (10**9, 24)])
def test_no_press_comes_from_the_future_nor_from_before_the_day(event, luc, josee, waited, hours):
    now = time.now()
    door.arrive(luc, get(luc, josee), key="a", waited=waited)
    assert abs(again(josee).arrived_at - (now - timedelta(hours=hours))) < timedelta(seconds=30)


def test_it_is_undone_and_what_is_sent_twice_changes_nothing(event, luc, josee):
    door.arrive(luc, get(luc, josee), key="first")
    door.withdraw(luc, get(luc, josee), key="first")
    assert again(josee).arrived_at is None and crowd(event) == (0, 1, 0)
    door.arrive(luc, get(luc, josee), key="first")
    assert again(josee).arrived_at is None, "its answer was lost, and it was undone since"
    door.arrive(luc, get(luc, josee), key="second")
    door.withdraw(luc, get(luc, josee), key="first")
    assert again(josee).arrived_at is not None, "what was undone twice leaves a later press"


def test_who_comes_unannounced_has_a_name_or_none_and_is_counted_once(make, event, luc):
    for key, name in (("a", "Ruth Courlis"), ("a", "Ruth Courlis"), ("b", "")):
        door.welcome(luc, event, key=key, name=name)
    assert crowd(event) == (2, 0, 2) and count(EventRegistration) == 2
    assert [guest.name for guest in queries.list_guests(event.id)] == ["Ruth Courlis", ""]
    assert again(event).taken_in_person == 2, "they have a place as others do"
    came = next(one for one in every(EventRegistration) if one.arrival_key == "b")
    door.withdraw(luc, get(luc, came), key="b")
    door.welcome(luc, event, key="b")
    assert crowd(event) == (1, 0, 1) and again(event).taken_in_person == 1


def test_both_send_the_same_unannounced_person_at_once_and_there_is_one(app, event, luc):
    number = event.id
    at_once(app, [lambda: door.welcome(luc, load(luc, number), key="a", name="Ruth") for _time in range(3)])
    assert count(EventRegistration) == 1 and again(event).taken_in_person == 1


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cou", ["Josée Couleuvre", "Ruth Courlis"]),
        ("JOSEE", ["Josée Couleuvre"]),
        ("cou jos", ["Josée Couleuvre"]),
        ("k7m", ["Josée Couleuvre"]),
        ("uleuvre", []),
        ("", ["Josée Couleuvre", "Marie-Ève Roy", "Ruth Courlis"]),
        ("eve", ["Marie-Ève Roy"]),
        ("%", ["Josée Couleuvre", "Marie-Ève Roy", "Ruth Courlis"]),
    ],
)
def test_people_are_found_by_the_first_letters_of_any_name_or_by_their_code(make, event, josee, typed, found):
    comes(make, event, make.user(name="Ruth Courlis"), code="ZZZ222")
    comes(make, event, "Marie-Ève Roy", code="AAA222")
    assert [guest.name for guest in queries.list_guests(event.id) if guest.is_found(typed)] == found


def test_the_list_holds_who_has_a_place_or_waits_and_those_of_no_other_meeting(make, event, josee):
    comes(make, event, "Qui attend", state="waiting")
    comes(make, event, "Qui a annulé", state="cancelled")
    comes(make, event, "Sans confirmation", state="unconfirmed")
    comes(make, meeting(make, title="Une autre rencontre"), "Ailleurs")
    assert [guest.name for guest in queries.list_guests(event.id)] == ["Josée Couleuvre", "Qui attend"]
    assert queries.count_crowd(queries.list_guests(event.id)) == Crowd(0, 1, 0)


def test_who_closed_their_account_is_not_named(make, event):
    user = make.user(name="Partie")
    comes(make, event, user)
    make.at(user, closed_at=time.now())
    assert [guest.name for guest in queries.list_guests(event.id)] == [""]


def test_nobody_else_presses_nor_presses_for_another_meeting(make, event, luc, josee):
    with pytest.raises(Forbidden):
        door.arrive(make.actor(), get(luc, josee))
    with pytest.raises(Forbidden):
        door.withdraw(make.actor(), get(luc, josee), key="")
    with pytest.raises(Forbidden):
        door.welcome(make.actor(), event, key="a")
    other = meeting(make)
    with pytest.raises(NotFound):
        queries.get_registration(luc, event.id, comes(make, other, "Ailleurs").id, policy.KEEP_DOOR)
    with pytest.raises(NotFound):
        queries.get_registration(luc, other.id, josee.id, policy.KEEP_DOOR)
    assert again(josee).arrived_at is None and count(EventRegistration) == 2


def test_a_reading_is_one_line_a_reader_meeting_and_day(app, make, event, luc, clock):
    clock.at("2027-02-18T08:00-05:00")
    number = event.id
    at_once(app, [lambda: door.note_reading(luc, load(luc, number)) for _time in range(3)])
    for _time in range(3):
        door.note_reading(luc, event)
    assert [(line.by_id, line.event_id, line.what) for line in every(Access)] == [(luc.id, event.id, "people")]
    door.note_reading(make.actor(role="coordinator"), event)
    assert count(Access) == 2
    clock.at("2027-02-18T23:59-05:00")
    door.note_reading(luc, load(luc, number))
    assert count(Access) == 2, "a day ends at midnight in the region"
    clock.at("2027-02-19T00:01-05:00")
    door.note_reading(luc, load(luc, number))
    assert count(Access) == 3
    with pytest.raises(Forbidden):
        door.note_reading(make.actor(), event)


def test_who_is_on_the_list_is_told_of_its_readers(make, event):
    user = make.user()
    comes(make, event, user)
    comes(make, meeting(make), user, state="cancelled")
    assert queries.name_joined(make.actor(user)) == {event.id: event.title}


def test_who_waited_for_a_place_and_is_there_has_one(make, event, luc):
    waits = comes(make, event, "Kim", state="waiting", party=2)
    make.at(event, capacity_in_person=1, taken_in_person=1, waiting_in_person=2)
    door.arrive(luc, get(luc, waits))
    counted = again(event)
    assert (counted.taken_in_person, counted.waiting_in_person, again(waits).state) == (3, 0, "in")


def test_who_came_unannounced_and_was_undone_comes_in_again(make, event, luc):
    came = door.welcome(luc, event, key="premier", name="Ruth Courlis")
    door.withdraw(luc, get(luc, came), key="premier")
    assert crowd(event) == (0, 0, 0)
    door.arrive(luc, get(luc, came), key="second")
    assert crowd(event) == (1, 0, 1) and again(event).taken_in_person == 1


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, ("waiting", 1, 2)),
        ({"capacity_in_person": 2}, ("waiting", 1, 2)),
        ({"capacity_in_person": None}, ("in", 3, 0)),
        ({"mode": "online"}, ("waiting", 1, 2)),
    ],
)
def test_an_arrival_undone_gives_back_the_rank_and_the_wait_that_was(make, event, luc, columns, expected):
    """Where places have no limit any more nobody waits."""
    make.at(event, capacity_in_person=1, taken_in_person=1, waiting_in_person=2, last_rank=2)
    comes(make, event, "Josée", rank=1)
    waits = comes(make, event, "Kim", state="waiting", party=2, rank=2)
    door.arrive(luc, get(luc, waits), key="a")
    make.at(event, **columns)
    for _time in range(2):
        door.withdraw(luc, get(luc, waits), key="a")
    found, counted = again(waits), columns_of(event)
    assert (found.state, counted["taken_in_person"], counted["waiting_in_person"]) == expected
    assert found.rank == 2 and counted == count_again(event)


def test_an_arrival_undone_in_the_days_before_gives_the_place_by_the_order_of_the_list(make, luc):
    event = meeting(make, starts_at=time.now() + timedelta(days=3), ends_at=time.now() + timedelta(days=4))
    make.at(event, capacity_in_person=1, taken_in_person=1, waiting_in_person=2)
    comes(make, event, "Josée", rank=1)
    first, second = (comes(make, event, name, state="waiting", rank=n) for n, name in ((2, "Kim"), (3, "Ruth")))
    boss = make.actor(role="coordinator")
    door.arrive(boss, get(boss, second), key="a")
    make.at(event, capacity_in_person=2)
    door.withdraw(boss, get(boss, second), key="a")
    assert (again(first).state, again(second).state) == ("in", "waiting") and columns_of(event) == count_again(event)
    assert told("place") == [first.id]


def test_a_place_that_an_arrival_undone_frees_in_the_last_day_is_told_to_all_who_wait(make, event, luc):
    make.at(event, capacity_in_person=2, taken_in_person=2, waiting_in_person=2)
    josee = comes(make, event, "Josée", rank=1)
    comes(make, event, "Luce", rank=2)
    waits = [comes(make, event, name, state="waiting", rank=n) for n, name in ((3, "Kim"), (4, "Ruth"))]
    door.arrive(luc, get(luc, waits[0]), key="a")
    service.release(make.actor(role="coordinator"), again(event), josee.id)
    assert told("free") == [], "it is one too many that left"
    door.withdraw(luc, get(luc, waits[0]), key="a")
    assert told("free") == [one.id for one in waits] and columns_of(event) == count_again(event)


def test_who_gave_their_place_back_and_was_let_in_by_mistake_is_out_again(make, event, luc):
    josee = comes(make, event, "Josée")
    make.at(event, taken_in_person=1)
    shown = get(luc, josee)
    service.release(make.actor(role="coordinator"), again(event), josee.id)
    door.arrive(luc, shown, key="a")
    door.withdraw(luc, get(luc, josee), key="a")
    assert again(josee).state == "cancelled" and columns_of(event) == count_again(event)


def test_an_arrival_undone_changes_nothing_of_a_place_that_was_taken_elsewhere_meanwhile(make, event, luc):
    user = make.user()
    waits = comes(make, event, user, state="waiting", rank=1)
    make.at(event, mode="hybrid", capacity_in_person=1, waiting_in_person=1, last_rank=1)
    door.arrive(luc, get(luc, waits), key="a")
    keep(again(waits), ONLINE, make.actor(user))
    door.withdraw(luc, get(luc, waits), key="a")
    found = again(waits)
    assert (found.state, found.mode, found.arrived_at) == ("in", "online", None)
    assert columns_of(event) == count_again(event)
