"""A meeting of thousands: no statement names each who comes, for the engines take so many values and no more."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event as events

from app.core import clock as now
from app.core.db import db
from app.core.mail import Outgoing
from app.core.unit import unit
from app.events import mails, retention
from app.events.models.registrations import EventRegistration, Registrant
from app.events.service import life
from tests.events.coming import change, columns_of, come, count_again, guest, new_event, service, states
from tests.support.rows import again, count, every

FEW, MANY = 2, 40


@contextmanager
def watching():
    """Collect how many values each statement is given."""
    found = []

    def note(_connection, _cursor, _statement, values, _context, executemany):
        found.extend(map(len, values) if executemany else [len(values)])

    events.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        events.remove(db.engine, "before_cursor_execute", note)


def most(make, how_many, act):
    """Return the most values that one statement of an act is given, with so many people who come."""
    event = new_event(make, capacity_in_person=1)
    for _n in range(how_many):
        come(make, event)
    found = again(event)
    with watching() as counts:
        act(make, found)
    assert columns_of(event) == count_again(event)
    return max(counts)


def move(make, event):
    start = event.starts_at.replace(minute=5)
    end = event.ends_at.replace(minute=10)
    life.move(make.actor(role="coordinator"), event, starts_at=start, ends_at=end, reason="La salle est prise.")


def hide(make, event):
    life.hide(make.actor(role="coordinator"), event, reason="Un motif assez long.")


def widen(_make, event):
    change(event, capacity_in_person=None)
    assert set(states(event)) == {"in"}


def hold_near(make, event):
    """In the last hours all who wait are told."""
    make.at(event, starts_at=now.now().replace(microsecond=0), ends_at=event.ends_at)
    change(event, capacity_in_person=2)


@pytest.mark.parametrize("act", [move, hide, widen, hold_near])
def test_no_statement_grows_with_the_crowd(make, clock, monkeypatch, act):
    clock.at("2027-02-08T12:00:00-05:00")
    monkeypatch.setattr(mails, "AT_ONCE", 5)
    assert most(make, MANY, act) <= most(make, FEW, act) + 5


def test_what_nobody_confirmed_is_erased_some_at_once_until_none_is_left(make, clock, monkeypatch):
    event = new_event(make)
    for n in range(30):
        service.expect(event, guest(n), service.Wishes("in_person"))
    monkeypatch.setattr(retention, "AT_ONCE", 5)
    clock.forward(hours=49)
    with watching() as counts:
        retention.purge()
    assert not count(EventRegistration) and not count(Registrant) and max(counts) <= 12


def test_the_letters_that_are_taken_back_are_those_of_the_meeting_alone(make):
    here, elsewhere = new_event(make), new_event(make)
    mine, other = come(make, here), come(make, elsewhere)
    kept = [mails.name_registration(number) for number in (other.id, mine.id * 10, f"0{mine.id}")]
    for n, about in enumerate([mails.name_registration(mine.id), *kept, "", str(mine.id)]):
        make.add(
            Outgoing(key=f"k{n}", message_id=f"<{n}@a>", recipient="a@b.ca", subject="", text="", html="", about=about)
        )
    with unit():
        mails.forget_outgoing(again(here))
    left = set(row.about for row in every(Outgoing))
    assert left == {*kept, "", str(mine.id)}
