"""The hall of a meeting: a network is one for a time, as whoever keeps the door says, and for its places."""

from dataclasses import fields
from datetime import timedelta

import pytest

from app.accounts import limits
from app.accounts import service as accounts
from app.accounts.limits import AccountAndPlace, Rules
from app.communities.signals import AccountSuspended, FacilitatorRelieved, MemberRemoved
from app.core import clock as time
from app.core import keys
from app.core.errors import Conflict, Forbidden, TooMany
from app.core.signals import tell
from app.core.unit import unit
from app.events import halls
from app.events.halls import KnownHalls
from app.events.models.running import EventHall
from app.events.service import charges
from tests.support.accounts import allow
from tests.support.clock import LONG_AGO
from tests.support.door import keep_door, meeting
from tests.support.rows import count, every

HERE, THERE = "address:192.0.2.7", "address:198.51.100.7"


@pytest.fixture
def known(app):
    """What a process knows of halls, which has just read them whenever it is asked."""
    with limits.count_nothing(keys.get_keys(app.config)):
        yield KnownHalls()


@pytest.fixture
def boss(make):
    return make.actor(role="coordinator")


def places(known, network):
    known.forget()
    known.learn()
    return known.find_places(limits.list_hashes(network))


def test_a_network_is_a_hall_from_a_press_to_two_hours_after_its_meeting(make, boss, known, clock):
    event = meeting(make, capacity_in_person=80)
    assert places(known, HERE) == 0
    halls.declare(boss, event, HERE)
    halls.declare(boss, event, HERE)
    assert (places(known, HERE), places(known, THERE), count(EventHall)) == (80, 0, 1)
    assert [hall.is_here for hall in halls.list_halls(event.id, HERE)] == [True]
    assert [hall.is_here for hall in halls.list_halls(event.id, THERE)] == [False]
    clock.forward(hours=4, minutes=59)
    assert places(known, HERE) == 80
    clock.forward(minutes=2)
    assert places(known, HERE) == 0 and halls.list_halls(event.id, HERE) == []
    halls.purge()
    assert count(EventHall) == 0


def test_its_network_is_kept_as_a_hash_and_for_a_day_at_the_most(make, boss, known):
    event = meeting(make, ends_at=time.now() + timedelta(days=9))
    halls.declare(boss, event, HERE)
    hall = every(EventHall)[0]
    assert hall.until - hall.at == timedelta(days=1) and "192.0.2.7" not in hall.network_hash
    assert hall.network_hash == limits.hash_key(HERE), "it is the hash that attempts are counted under"


def test_a_press_undoes_it(make, boss, known):
    event = meeting(make)
    halls.declare(boss, event, HERE)
    assert places(known, HERE) == halls.UNSAID
    halls.withdraw(boss, event)
    assert places(known, HERE) == 0 and count(EventHall) == 0


def test_nobody_else_says_it_nor_undoes_it(make, boss, known):
    event, member = meeting(make), make.actor()
    with pytest.raises(Forbidden):
        halls.declare(member, event, HERE)
    halls.declare(boss, event, HERE)
    with pytest.raises(Forbidden):
        halls.withdraw(member, event)
    assert count(EventHall) == 1


@pytest.mark.parametrize(("starts", "ends"), [(13, 15), (-9, -3)])
def test_it_is_said_on_the_day_alone(make, boss, known, starts, ends):
    now = time.now()
    event = meeting(make, starts_at=now + timedelta(hours=starts), ends_at=now + timedelta(hours=ends))
    with pytest.raises(Conflict):
        halls.declare(boss, event, HERE)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"status": "cancelled"}, 0),
        ({"hidden_at": LONG_AGO}, 0),
        ({"taken_in_person": 240}, 240),
        ({"capacity_in_person": 40, "taken_in_person": 55}, 55),
        ({"capacity_in_person": 50_000}, halls.MOST_PLACES),
    ],
)
def test_it_has_the_places_of_its_meeting_and_none_once_that_is_out_of_sight(make, boss, known, columns, expected):
    event = meeting(make)
    halls.declare(boss, event, HERE)
    make.at(event, **columns)
    assert places(known, HERE) == expected


def test_a_process_believes_what_it_read_for_some_seconds_and_what_ends_by_the_clock_ends(
    make, boss, known, clock, monkeypatch
):
    assert halls.LOOK < 10
    monkeypatch.setattr(halls, "LOOK", 3_600)  # However slow the machine, what follows is a moment.
    event = meeting(make)
    known.learn()
    halls.declare(boss, event, HERE)
    known.learn()
    assert known.find_places(limits.list_hashes(HERE)) == 0 and not known.is_old, "it was read a moment ago"
    known._read_at -= halls.LOOK + 0.1
    assert known.is_old
    known.learn()
    assert known.find_places(limits.list_hashes(HERE)) == halls.UNSAID
    clock.forward(hours=6)
    assert known.find_places(limits.list_hashes(HERE)) == 0, "no reading is needed for that"


def take(kind, key, times):
    for _time in range(times):
        limits.take(kind, key)


@pytest.fixture
def in_hall(app, monkeypatch):
    """Count as in a hall of two places, where elsewhere four registrations an hour and three sign-ins are taken."""
    allow(monkeypatch, register_at=4, sign_in_at=3, sign_in=2)
    token = limits.rules.set(Rules(keys.get_keys(app.config), True, HERE, seats=2))
    yield
    limits.rules.reset(token)


def test_what_comes_without_an_account_has_there_so_many_forms_for_each_place(in_hall):
    take("register_at", HERE, 10)
    with pytest.raises(TooMany) as refusal:
        limits.take("register_at", HERE)
    assert refusal.value.values["most"] == 10
    take("register_at", THERE, 4)
    with pytest.raises(TooMany):
        limits.take("register_at", THERE)


def test_a_hall_never_has_less_than_any_network(in_hall):
    """Three sign-ins in a quarter of an hour are twelve in an hour: more than the ten of two places."""
    take("sign_in_at", HERE, 3)
    with pytest.raises(TooMany):
        limits.take("sign_in_at", HERE)


def test_the_tries_of_a_password_count_by_account_as_ever(in_hall):
    pair = AccountAndPlace("somebody@example.org", HERE)
    take("sign_in", pair, 2)
    with pytest.raises(TooMany):
        limits.take("sign_in", pair)


def test_it_ends_with_the_charge_of_who_said_it(make, boss, known):
    """One in the wrong hands may have named the network of an office."""
    event = meeting(make)
    luc, ann = (keep_door(make, event, make.user()) for _n in range(2))
    halls.declare(make.actor(luc), event, HERE)
    halls.declare(make.actor(ann), event, THERE)
    charges.take_back(boss, event, luc.id, "secretary")
    assert places(known, HERE) == halls.UNSAID
    charges.take_back(boss, event, luc.id, "door")
    assert (places(known, HERE), places(known, THERE)) == (0, halls.UNSAID)
    accounts.close(make.actor(ann), ann)
    assert places(known, THERE) == 0


@pytest.mark.parametrize("what", [AccountSuspended, FacilitatorRelieved, MemberRemoved])
def test_it_ends_when_who_said_it_may_keep_no_door_any_more(make, boss, known, what):
    event = meeting(make)
    luc = keep_door(make, event, make.user())
    halls.declare(make.actor(luc), event, HERE)
    values = {"user_id": luc.id, "by": boss.id, "reason": "Un compte volé.", "community_id": 1}
    with unit():
        tell(what(**{one.name: values[one.name] for one in fields(what)}))
    assert places(known, HERE) == 0


@pytest.mark.parametrize("days", [3, -3])
def test_it_ends_when_its_meeting_is_moved_to_another_day(make, boss, known, days):
    event = meeting(make)
    halls.declare(boss, event, HERE)
    away = timedelta(days=days)
    make.at(event, starts_at=event.starts_at + away, ends_at=event.ends_at + away)
    assert places(known, HERE) == 0 and not halls.list_halls(event.id, HERE)


def test_it_has_five_networks_at_the_most(make, boss):
    event = meeting(make)
    for n in range(5):
        halls.declare(boss, event, f"address:192.0.2.{n}")
    halls.declare(boss, event, "address:192.0.2.4")
    with pytest.raises(Conflict):
        halls.declare(boss, event, "address:192.0.2.5")
    assert count(EventHall) == 5
