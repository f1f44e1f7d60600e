"""Coming to a meeting: places, the waiting list, and what each act refuses."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.accounts import service as accounts
from app.core import clock as now
from app.core.actor import ANYONE
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.events.models.registrations import EventRegistration, Registrant
from app.events.queries import registrations
from app.events.service import life
from app.events.service import registrations as service
from app.events.service.registrations import Wishes
from tests.events.coming import (
    IN_PERSON,
    ONLINE,
    cancel,
    change,
    columns_of,
    come,
    confirm,
    count_again,
    guest,
    keep,
    new_event,
    states,
    told,
    write_all,
)
from tests.support.clock import Clock
from tests.support.make import Make
from tests.support.rows import again, count, every

COUPLE = Wishes("in_person", party=2)


def test_a_member_comes_in_one_press_and_a_second_press_changes_nothing(make: Make):
    event, actor = new_event(make, capacity_in_person=3), make.actor()
    first = service.come(actor, event, COUPLE)
    second = service.come(actor, event, IN_PERSON)
    assert first.id == second.id and states(event) == ["in"]
    assert again(event).taken_in_person == 2
    assert told("in") == [first.id]


def test_the_last_places_are_given_once_and_who_comes_then_waits(make: Make):
    event = new_event(make, capacity_in_person=3)
    for wishes in (COUPLE, COUPLE, IN_PERSON, IN_PERSON):
        come(make, event, wishes)
    assert states(event) == ["in", "waiting", "in", "waiting"]
    assert columns_of(event) == count_again(event)
    waiting = registrations.list_waiting(event.id, "in_person")
    assert told("waiting") == [party.registration_id for party in waiting]
    assert registrations.count_before(every(EventRegistration)[-1]) == 2, "the couple that waits before them"


def test_a_place_that_is_given_back_goes_to_the_first_whose_party_fits_and_who_is_passed_over_keeps_their_rank(
    make: Make,
):
    event = new_event(make, capacity_in_person=2)
    inside, couple, alone = come(make, event), come(make, event, Wishes("in_person", party=3)), come(make, event)
    last = come(make, event)
    write_all()
    cancel(inside, make.actor(inside_user(inside)))
    assert states(event) == ["cancelled", "waiting", "in", "in"]
    assert told("place") == [last.id] and told("dropped") == [inside.id]
    assert again(couple).passed_over_at and again(couple).rank == 2
    assert not again(alone).passed_over_at


def inside_user(registration: EventRegistration):
    found = registrations.find_registration(registration.id)
    assert found is not None
    return found.user


def test_more_places_let_in_who_waits_and_fewer_put_nobody_out(make: Make):
    event = new_event(make, capacity_in_person=1)
    for _n in range(4):
        come(make, event)
    change(event, capacity_in_person=3)
    assert states(event) == ["in", "in", "in", "waiting"]
    change(event, capacity_in_person=1)
    assert states(event) == ["in", "in", "in", "waiting"]
    assert columns_of(event)["taken_in_person"] == 3
    change(event, capacity_in_person=None)
    assert states(event) == ["in"] * 4


def test_places_in_person_and_online_are_counted_apart(make: Make):
    event = new_event(make, capacity_in_person=1, capacity_online=1)
    for wishes in (IN_PERSON, IN_PERSON, ONLINE, ONLINE):
        come(make, event, wishes)
    assert states(event) == ["in", "waiting", "in", "waiting"]
    assert columns_of(event) == count_again(event) == dict.fromkeys(count_again(event), 1)


def test_a_smaller_party_gives_its_places_to_who_waits(make: Make):
    event = new_event(make, capacity_in_person=3)
    trio = make.actor()
    mine = service.come(trio, event, Wishes("in_person", party=3))
    couple = come(make, event, COUPLE)
    keep(mine, IN_PERSON, trio)
    assert states(event) == ["in", "in"] and told("place") == [couple.id]
    assert columns_of(event) == count_again(event)


def test_who_waits_with_fewer_people_gets_the_place_that_was_too_small(make: Make):
    event, actor = new_event(make, capacity_in_person=3), make.actor()
    come(make, event, COUPLE)
    mine = service.come(actor, event, COUPLE)
    keep(mine, IN_PERSON, actor)
    assert states(event) == ["in", "in"] and columns_of(event) == count_again(event)


def test_a_larger_party_is_refused_without_room_and_the_place_of_before_stays(make: Make):
    event, actor = new_event(make, capacity_in_person=2), make.actor()
    mine = service.come(actor, event, IN_PERSON)
    keep(mine, COUPLE, actor)
    assert columns_of(event)["taken_in_person"] == 2
    with pytest.raises(Invalid) as refusal:
        keep(mine, Wishes("in_person", party=3), actor)
    assert refusal.value.field == "party"
    assert again(mine).party == 2 and columns_of(event) == count_again(event)


def test_who_is_in_the_room_may_join_online_if_there_is_a_place_and_keeps_the_other_if_not(make: Make):
    event, actor = new_event(make, capacity_in_person=1, capacity_online=1), make.actor()
    mine, waiting = service.come(actor, event, IN_PERSON), come(make, event, IN_PERSON)
    keep(mine, ONLINE, actor)
    assert again(mine).mode == "online" and again(waiting).state == "in"
    with pytest.raises(Invalid) as refusal:
        keep(mine, IN_PERSON, actor)
    assert refusal.value.field == "mode"
    assert again(mine).mode == "online" and columns_of(event) == count_again(event)


def test_in_the_last_day_all_who_wait_are_told_at_once_and_the_first_press_has_the_place(make: Make, clock: Clock):
    event = new_event(make, capacity_in_person=1)
    inside = make.actor()
    mine = service.come(inside, event, IN_PERSON)
    slow, quick = make.actor(), make.actor()
    first, second = service.come(slow, event, IN_PERSON), service.come(quick, event, IN_PERSON)
    clock.forward(days=9, hours=1)
    write_all()
    cancel(mine, inside)
    assert states(event) == ["cancelled", "waiting", "waiting"]
    assert told("free") == sorted([first.id, second.id])
    service.take(quick, registrations.find_own(quick, event.id)[0])
    with pytest.raises(Conflict):
        service.take(slow, registrations.find_own(slow, event.id)[0])
    assert states(event) == ["cancelled", "waiting", "in"]
    assert columns_of(event) == count_again(event)
    assert told("in") == [second.id] and again(first).passed_over_at


def test_a_meeting_that_is_moved_out_of_its_last_day_lets_in_who_waits(make: Make, clock: Clock):
    event, inside = new_event(make, capacity_in_person=1), make.actor()
    mine = service.come(inside, event, IN_PERSON)
    waiting = come(make, event)
    clock.forward(days=9, hours=1)
    cancel(mine, inside)
    assert again(waiting).state == "waiting"
    change(event, starts_at=now.now() + timedelta(days=3), ends_at=now.now() + timedelta(days=3, hours=1))
    assert again(waiting).state == "in" and told("place") == [waiting.id]


def test_a_meeting_that_is_shown_again_in_its_last_day_tells_all_who_wait_of_what_came_free(make: Make, clock: Clock):
    event, boss, user = new_event(make, capacity_in_person=1), make.actor(role="coordinator"), make.user()
    service.come(make.actor(user), event, IN_PERSON)
    waiting = [come(make, event).id for _n in range(2)]
    clock.forward(days=9, hours=1)
    life.hide(boss, event, reason="Une erreur.")
    accounts.close(make.actor(user), user)
    assert told("free") == [], "nobody is told of what they may not read"
    life.restore(boss, again(event))
    assert told("free") == waiting


def test_what_a_guest_typed_holds_nothing_until_they_confirm(make: Make):
    event = new_event(make, capacity_in_person=1)
    registration = service.expect(event, guest(1), IN_PERSON)
    assert registration.state == "unconfirmed" and registration.rank is None
    assert columns_of(event)["taken_in_person"] == 0
    come(make, event)
    keep(registration, IN_PERSON)
    assert again(registration).state == "waiting"
    assert again(every(Registrant)[0]).confirmed_at


@pytest.mark.parametrize("state", ["unconfirmed", "in", "cancelled"])
def test_an_address_that_is_typed_again_has_one_registration_of_which_nothing_is_replaced(make: Make, state: str):
    event = new_event(make)
    first = service.expect(event, guest(1), COUPLE) if state == "unconfirmed" else confirm(event, guest(1), COUPLE)
    if state == "cancelled":
        cancel(first)
    second = service.expect(event, replace(guest(1), name="Un étranger", lang="en"), replace(ONLINE, needs="Une rampe"))
    assert first.id == second.id and again(second).state == ("in" if state == "in" else "unconfirmed")
    assert (again(second).party, again(second).mode) == (2, "in_person")
    assert again(second).needs == ("" if state == "in" else "Une rampe"), "what was left empty is added"
    assert [(row.name, row.lang) for row in every(Registrant)] == [("Invité 1", "fr")]


def test_one_address_at_two_meetings_is_two_people(make: Make):
    for event in (new_event(make), new_event(make)):
        confirm(event, guest(1))
    assert count(Registrant) == count(EventRegistration) == 2


def test_an_account_whose_address_was_typed_waits_for_its_own_press(make: Make):
    event, user = new_event(make), make.user()
    registration = service.expect(event, user, IN_PERSON)
    assert registration.user_id == user.id and registration.state == "unconfirmed"
    assert registrations.find_own(make.actor(user), event.id)[0] is None
    keep(registration, IN_PERSON, make.actor(user))
    assert again(registration).state == "in" and count(Registrant) == 0


def test_who_cancelled_may_come_back_as_the_last(make: Make):
    event = new_event(make, capacity_in_person=1)
    mine = confirm(event, guest(1), replace(IN_PERSON, needs="Un siège près de la sortie"))
    cancel(mine)
    assert again(mine).needs == "" and again(mine).state == "cancelled"
    come(make, event)
    keep(mine, IN_PERSON)
    assert again(mine).state == "waiting" and again(mine).rank == 3


@pytest.mark.parametrize(
    ("columns", "refusal"),
    [
        ({"status": "cancelled"}, Forbidden),
        ({"status": "closed"}, Forbidden),
        ({"status": "draft"}, Forbidden),
        ({"takes_registrations": False}, Forbidden),
        ({"is_private": True}, Forbidden),
        ({"opens_at": timedelta(days=1)}, Conflict),
        ({"starts_at": timedelta(hours=-3), "ends_at": timedelta(hours=-1)}, Conflict),
    ],
)
def test_nobody_registers_where_a_meeting_takes_nobody(make: Make, columns, refusal):
    moments = {name: now.now() + value for name, value in columns.items() if isinstance(value, timedelta)}
    private = {"community_id": make.community(is_private=True).id} if columns.get("is_private") else {}
    event = new_event(make, **columns | moments | private)
    for act in (
        lambda: service.come(make.actor(), event, IN_PERSON),
        lambda: service.expect(event, guest(1), IN_PERSON),
    ):
        with pytest.raises(refusal):
            act()
    assert count(EventRegistration) == 0


def test_a_meeting_that_is_over_keeps_who_came(make: Make, clock: Clock):
    mine = confirm(new_event(make), guest(1))
    clock.forward(days=11)
    with pytest.raises(Conflict):
        cancel(mine)
    with pytest.raises(Conflict):
        keep(mine, COUPLE)


def test_an_account_that_closes_gives_its_places_back_and_its_needs_are_forgotten(make: Make, clock: Clock):
    user = make.user()
    past = new_event(make)
    service.come(make.actor(user), past, replace(IN_PERSON, needs="Une rampe"))
    clock.forward(days=11)
    event = new_event(make, capacity_in_person=1)
    mine = service.come(make.actor(user), event, replace(IN_PERSON, needs="Une rampe"))
    waiting = come(make, event)
    accounts.close(make.actor(user), user)
    assert again(mine).state == "cancelled" and again(waiting).state == "in"
    assert columns_of(event) == count_again(event)
    assert states(past) == ["in"] and not [row for row in every(EventRegistration) if row.needs]


def test_a_code_is_said_at_a_door_without_a_mistake(make: Make):
    event = new_event(make)
    codes = [come(make, event).code for _n in range(5)]
    assert len(set(codes)) == 5
    assert all(len(code) == 6 and not set(code) & set("O0I1L") for code in codes)


def test_no_other_code_opens_a_registration(make: Make):
    mine = confirm(new_event(make), guest(1))
    assert registrations.get_registration(mine.event_id, mine.id, mine.code).id == mine.id
    for event_id, code in ((mine.event_id, "AAAAAA"), (mine.event_id + 1, mine.code)):
        with pytest.raises(NotFound):
            registrations.get_registration(event_id, mine.id, code)


def test_a_guest_is_nobody_to_the_law(make: Make):
    """A private meeting that somebody knows the address of takes no guest."""
    event = new_event(make, is_private=True, community_id=make.community(is_private=True).id)
    with pytest.raises(Forbidden):
        service.expect(event, guest(1), IN_PERSON)
    assert not ANYONE.is_someone
