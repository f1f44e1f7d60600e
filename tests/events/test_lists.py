"""Which meetings lists and calendars hold, in what order, and for whom."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.communities.queries import get_rooms
from app.core import clock as app_clock
from app.core.actor import ANYONE
from app.core.db import db
from app.events.models.contents import EventSubject
from app.events.models.meetings import Event
from app.events.queries import lists, past
from app.events.queries.lists import EventFilters
from app.events.queries.reading import readable_by
from app.reference.queries import get_catalogue
from tests.events.stored import at, event_in
from tests.support.make import Make

TODAY = "2027-02-16"


def titles(rows: Any) -> list[str]:
    return [row.title for row in rows]


@pytest.fixture
def private_room(make: Make) -> Any:
    return make.community(slug="cercle", name="Le cercle", is_private=True)


@pytest.fixture
def three(make: Make, clock: Any) -> None:
    """One that is over, one that goes on, one to come."""
    clock.at(f"{TODAY}T12:00-05:00")
    event_in(make, days=-3, title="Finie depuis longtemps")
    event_in(make, days=-2, hours=72, title="En cours depuis deux jours")
    event_in(make, days=3, title="À venir bientôt")


@pytest.mark.usefixtures("three")
def test_what_goes_on_is_to_come_until_it_ends(clock: Any) -> None:
    assert titles(lists.list_to_come(ANYONE).items) == ["En cours depuis deux jours", "À venir bientôt"]
    assert titles(past.list_past(ANYONE).items) == ["Finie depuis longtemps"]
    clock.forward(days=2)
    assert titles(past.list_past(ANYONE).items) == ["En cours depuis deux jours", "Finie depuis longtemps"]


def test_pages_hold_each_meeting_once_even_at_one_moment(make: Make, clock: Any) -> None:
    clock.at(f"{TODAY}T12:00-05:00")
    stored = {event_in(make, starts_at=at("2027-03-01 09:00")).id for _n in range(5)}
    stored |= {event_in(make, starts_at=at("2027-02-01 09:00")).id for _n in range(5)}
    found: list[int] = []
    for read in (lists.list_to_come, past.list_past):
        page = read(ANYONE, size=2)
        while page.next:
            found += [row.id for row in page.items]
            page = read(ANYONE, size=2, after=page.next)
        found += [row.id for row in page.items]
    assert sorted(found) == sorted(stored)


@pytest.mark.parametrize("few", [0, 3, 1_000])
def test_a_narrowed_list_of_the_past_holds_the_same_however_it_is_found(
    make: Make, clock: Any, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    clock.at(f"{TODAY}T12:00-05:00")
    issue, place, room = get_catalogue().issues[0], get_catalogue().places[1], get_rooms().all[0]
    placed = {"issues": [issue.id], "territory_id": place.id, "features": ["captions"], "communities": [room.id]}
    found = [event_in(make, days=-day, **(placed if day % 3 else {})) for day in range(1, 12)]
    monkeypatch.setattr(past, "FEW", few)
    monkeypatch.setattr(past, "LOOK", 4)
    for filters in (
        EventFilters(issue=(issue.id,)),
        EventFilters(territory=(place.id,), access=("captions",)),
        EventFilters(community=(room.id,), mode="online"),
    ):
        pages = [past.list_past(ANYONE, filters, size=3)]
        while pages[-1].next:
            pages.append(past.list_past(ANYONE, filters, after=pages[-1].next, size=3))
        rows = [row.id for page in pages for row in page.items]
        assert rows == [event.id for day, event in enumerate(found, 1) if day % 3], filters
        assert any(page.is_short for page in pages) == (few < 8)
    nothing = past.list_past(ANYONE, EventFilters(issue=(get_catalogue().issues[-1].id,)))
    assert (nothing.items, nothing.next) == ([], None), "of what nobody has, there is nothing to walk to"


def test_a_month_is_that_of_the_region_and_holds_what_began_before(make: Make, clock: Any) -> None:
    clock.at(f"{TODAY}T12:00-05:00")
    event_in(make, starts_at=at("2027-02-28 23:30"), hours=0.5, title="Jusqu'à minuit seulement")
    event_in(make, starts_at=at("2027-02-27 09:00"), hours=50, title="Trois jours, dont un de mars")
    event_in(make, starts_at=at("2027-03-31 23:30"), hours=1, title="Le dernier soir")
    event_in(make, starts_at=at("2027-04-01 00:00"), hours=1, title="En avril")
    assert titles(lists.list_month(ANYONE, date(2027, 3, 1))) == ["Trois jours, dont un de mars", "Le dernier soir"]


def test_each_filter_leaves_what_has_it(make: Make) -> None:
    room, other = get_rooms().all[:2]
    (place, beside), issue = get_catalogue().places[1:3], get_catalogue().issues[0]
    one = event_in(
        make,
        room=room,
        mode="hybrid",
        territory_id=place.id,
        communities=[other.id],
        issues=[issue.id],
        territories=[beside.id],
        features=["step_free", "captions"],
    )
    event_in(make, title="Une autre tout à fait")
    kept = [
        EventFilters(community=(room.id,)),
        EventFilters(community=(other.id,)),
        EventFilters(territory=(place.id,)),
        EventFilters(territory=(beside.id,)),
        EventFilters(issue=(issue.id,)),
        EventFilters(mode="in_person"),
        EventFilters(access=("captions", "step_free")),
    ]
    for filters in kept:
        assert [row.id for row in lists.list_to_come(ANYONE, filters).items] == [one.id], filters
    assert len(lists.list_to_come(ANYONE, EventFilters(mode="online")).items) == 2
    assert lists.list_to_come(ANYONE, EventFilters(access=("captions", "meal"))).items == []


def test_a_calendar_keeps_what_is_over_or_cancelled_for_sixty_days(make: Make, clock: Any) -> None:
    clock.at(f"{TODAY}T12:00-05:00")
    event_in(make, days=1, title="Tenue comme prévu")
    event_in(make, days=90, status="cancelled", cancelled_at=app_clock.now(), title="Annulée longtemps avant")
    assert len(lists.list_for_calendar(ANYONE)) == 2
    clock.forward(days=59)
    assert len(lists.list_for_calendar(ANYONE)) == 2
    clock.forward(days=2)
    assert titles(lists.list_for_calendar(ANYONE)) == ["Tenue comme prévu"]
    clock.forward(days=1)
    assert lists.list_for_calendar(ANYONE) == []


def test_what_is_no_more_to_be_read_is_in_no_list(make: Make, private_room: Any) -> None:
    event_in(make, status="draft", published_at=None, title="Brouillon de l'équipe")
    event_in(make, hidden_at=app_clock.now(), title="Masquée par l'équipe")
    event_in(make, deleted_at=app_clock.now(), title="Supprimée par l'équipe")
    event_in(make, room=private_room, title="Vue de l'intérieur seulement")
    assert lists.list_to_come(ANYONE).items == []
    member = make.actor(member_of=[private_room.slug])
    assert titles(lists.list_to_come(member).items) == ["Vue de l'intérieur seulement"]
    stranger = make.actor()
    assert lists.list_to_come(stranger, EventFilters(community=(private_room.id,))).items == []


def test_lists_never_hold_what_its_reader_may_not_open(make: Make, private_room: Any) -> None:
    states: list[dict[str, Any]] = [{}, {"status": "draft", "published_at": None}, {"status": "cancelled"}]
    for room in (None, private_room):
        for columns in states:
            event_in(make, room=room, **columns)
            event_in(make, room=room, hidden_at=app_clock.now(), **columns)
    people = [ANYONE, make.actor(), make.actor(member_of=[private_room.slug]), make.actor(role="coordinator")]
    people.append(make.actor(facilitates=[private_room.slug]))
    for actor in people:
        readable = set(db.session.scalars(select(Event.id).where(readable_by(actor))))
        assert {row.id for row in lists.list_to_come(actor).items} <= readable


def test_what_is_about_an_idea_is_found_before_and_after_but_for_what_was_cancelled(make: Make, clock: Any) -> None:
    clock.at(f"{TODAY}T12:00-05:00")
    idea = make.idea()
    for event in (event_in(make, title="On en parle ici"), event_in(make, status="cancelled", title="Annulée")):
        make.add(EventSubject(event_id=event.id, role="about", idea_id=idea.id))
    for is_past in (False, True):
        [row] = lists.list_about(ANYONE, "idea_id", idea.id)
        assert (row.title, row.ends_at <= app_clock.now()) == ("On en parle ici", is_past)
        clock.forward(days=8)
