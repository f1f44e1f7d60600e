"""Lists of meetings, and of who comes, read what they show, however many were held (`tests/support/plans.py`)."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.models.people import User
from app.comments.models import Thread
from app.communities.queries import get_rooms
from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.core.paging import format_cursor
from app.events import mails
from app.events.models.contents import EventSubject
from app.events.models.meetings import Event, EventFeature, EventIssue, EventTag, EventTerritory
from app.events.models.registrations import EventMail, EventRegistration, Registrant
from app.events.queries import door, lists, own, past, registrations
from app.events.queries.lists import ALL, EventFilters
from app.reference.queries import get_catalogue
from tests.large import large
from tests.support import plans
from tests.support.browser import Browser
from tests.support.make import Make

# Two meetings a day from 2024 to 2051, of which 220 are to come; so many people at each of the first; those of one person.
MANY, PEOPLE, MINE = 20_000, 300, 300
NOW = "2051-02-01T12:00-05:00"
# A tag of the thirty first meetings; no meeting is about the last issue.
RARE = 900_000
# A page of a list, what is to come, what a calendar keeps; a list that is narrowed to one in forty; the people of a meeting.
A_PAGE, NARROWED, A_HALL = 1_000, 3_000, 2_500
# 2 000 meetings with their access, and the 5 000 of the map of the site.
A_FILE = 6_000
assert MANY * 12 // plans.STEPS > A_FILE, "a whole table, read with the fewest steps for a row, would be no fault"


@pytest.fixture
def square(make: Make, clock: Any) -> Iterator[Actor]:
    """Meetings of 27 years, some drafts, hidden or cancelled; return somebody who came to thousands of them."""
    clock.at(NOW)
    user, rooms = make.user(), get_rooms().all
    at = large.moment("n * 720")
    first, thread = ((db.session.scalar(select(func.max(number))) or 0) + 1 for number in (Event.id, Thread.id))
    large.grow(Thread, MANY, kind="'event'", title="'Rencontre ' || n", is_public="true", is_open="true")
    large.grow(
        Event,
        MANY,
        author_id=str(user.id),
        thread_id=f"{thread} + n - 1",
        community_id=f"{rooms[0].id} + n % {len(rooms)}",
        territory_id=f"{min(place.id for place in get_catalogue().places)} + n % 40",
        mode="CASE WHEN n % 3 = 0 THEN 'online' ELSE 'hybrid' END",
        status="CASE WHEN n % 5000 = 0 THEN 'draft' WHEN n % 50 = 0 THEN 'cancelled' ELSE 'published' END",
        title="'Rencontre ' || n",
        other_ids="'[]'",
        origins="'{}'",
        starts_at=at,
        ends_at=large.moment("n * 720 + 120"),
        published_at=at,
        changed_at=at,
        hidden_at=f"CASE WHEN n % 300 = 0 THEN {at} END",
        reminder="1",
    )
    event = f"{first} + n - 1"
    issues = get_catalogue().issues
    large.grow(EventIssue, MANY, event_id=event, issue_id=f"{issues[0].id} + n % {len(issues) - 1}")
    large.grow(EventTerritory, MANY, "n % 9 = 0", event_id=event, territory_id=str(get_catalogue().places[5].id))
    large.grow(EventTag, 30, event_id=event, tag_id=str(RARE))
    large.grow(EventFeature, MANY, event_id=event, feature="CASE WHEN n % 7 = 0 THEN 'meal' ELSE 'childcare' END")
    large.grow(EventSubject, MANY, event_id=event, role="'about'", idea_id="n % 900 + 1")
    mine = {"event_id": event, "mode": "'online'", "state": "'in'", "party": "1", "answers": "'{}'"}
    large.grow(EventRegistration, MINE, **mine, user_id=str(user.id), code="'M' || n")
    crowd = mine | {"event_id": f"{first} + n % {MANY // 100}", "registrant_id": "n", "code": "'C' || n"}
    large.grow(Registrant, PEOPLE * MANY // 100, event_id=crowd["event_id"], name="'Invité ' || n", email="'i' || n")
    state = "CASE WHEN n % 9 = 0 THEN 'waiting' WHEN n % 40 = 0 THEN 'cancelled' ELSE 'in' END"
    large.grow(EventRegistration, PEOPLE * MANY // 100, **crowd | {"state": state, "rank": "n"})
    large.grow(
        EventMail,
        PEOPLE * MANY // 100,
        registration_id="n",
        kind="'in'",
        starts_at=large.moment("0"),
        written_at=f"CASE WHEN n % 9000 > 0 THEN {at} END",
    )
    large.measure()
    yield Actor(user.id)


def test_lists_of_meetings_read_what_they_show(square: Actor, make: Make, sign_in: Callable[[User], Browser]) -> None:
    team = make.actor(facilitates=["securite-alimentaire"])
    found = [fault for call, most in calls(square, team) for fault in faults(call, most)]
    person, boss = sign_in(db.session.get_one(User, square.own_id)), sign_in(make.user(role="coordinator"))
    for browser, path in [(person, "/account/events"), *((boss, path) for path in list_pages())]:
        found += faults(partial(browser.get, path), A_FILE if "." in path else NARROWED)
    assert found == [], "\n\n".join(found)


def list_pages() -> list[str]:
    event_id = db.session.scalar(select(Event.id).order_by(Event.id).offset(MANY // 200))
    return ["/", "/events", "/events?when=past", "/events?month=2030-05", "/events.csv?when=past", "/sitemap.xml"] + [
        f"/events/{event_id}{end}" for end in ("", "/door", "/door/tags", "/people.csv", "/attendance")
    ]


def calls(person: Actor, team: Actor) -> Iterator[tuple[Callable[[], object], int]]:
    middle = db.session.scalars(select(Event).order_by(Event.id).offset(MANY // 2).limit(1)).one()
    deep = format_cursor(middle.starts_at, middle.id)
    for actor in (ANYONE, person, team):
        for filters, most in [(ALL, A_PAGE), *((one, NARROWED) for one in list_filters(middle))]:
            yield partial(lists.list_to_come, actor, filters), most
            yield partial(past.list_past, actor, filters), most
            yield partial(past.list_past, actor, filters, after=deep), most
            yield partial(lists.list_month, actor, date(2030, 5, 1), filters), most
            yield partial(lists.list_next, actor, filters, size=3), most
            yield partial(lists.list_announced, actor, filters, size=20), most
            yield partial(lists.list_for_calendar, actor, filters), NARROWED
        yield partial(lists.list_about, actor, "idea_id", 7), A_PAGE
    yield partial(own.list_own_to_come, person), A_PAGE
    yield partial(own.list_own_past, person), A_PAGE
    yield partial(own.list_own_past, person, after=deep), A_PAGE
    yield partial(own.list_for_calendar, person), A_PAGE
    yield partial(own.list_drafts, team), A_PAGE
    yield lists.find_next, A_PAGE
    yield from calls_of_people(person)


def list_filters(event: Event) -> list[EventFilters]:
    return [
        EventFilters(community=(event.community_id or 0,)),
        EventFilters(territory=(event.territory_id or 0,)),
        EventFilters(issue=(get_catalogue().issues[0].id,)),
        EventFilters(mode="online", access=("meal",)),
        EventFilters(issue=(get_catalogue().issues[-1].id,)),
        EventFilters(mode="in_person", access=("quiet_room",), tag=(RARE,)),
    ]


def calls_of_people(person: Actor) -> Iterator[tuple[Callable[[], object], int]]:
    event = db.session.scalars(select(Event).order_by(Event.id).offset(MANY // 200).limit(1)).one()
    waits = select(EventRegistration).where(
        EventRegistration.event_id == event.id, EventRegistration.state == "waiting"
    )
    last = db.session.scalars(waits.order_by(EventRegistration.rank.desc()).limit(1)).one()
    yield partial(door.list_guests, event.id), A_HALL
    yield partial(door.get_guest, last.id, event.id), A_PAGE
    yield partial(door.list_answers, event.id), A_HALL
    yield partial(door.list_readers, event.id), A_PAGE
    yield partial(registrations.list_waiting, event.id, "online"), A_PAGE
    yield partial(registrations.count_before, last), A_PAGE
    yield partial(registrations.find_own, person, event.id), A_PAGE
    yield partial(registrations.find_of_guest, event.id, "i7"), A_PAGE
    yield partial(registrations.has_code, event.id, "C7"), A_PAGE
    yield mails.list_unwritten, A_PAGE
    yield mails.ask_reminders, A_PAGE


def faults(call: Callable[[], object], most: int) -> list[str]:
    with plans.record() as statements:
        answer = call()
    db.session.rollback()
    assert getattr(answer, "status_code", 200) == 200, call
    return [f"{call}\n{fault}" for fault in plans.faults(statements, most=most)]
