"""What stands beside the choices of a filter is how many meetings the list has under that choice."""

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.communities.queries import get_rooms
from app.core import clock as app_clock
from app.core.actor import ANYONE, Actor
from app.events.models.meetings import FEATURES
from app.events.queries import facets, lists, past
from app.events.queries.lists import EventFilters
from app.reference.queries import get_catalogue
from tests.events.stored import at, event_in
from tests.support.make import Make
from tests.support.world import ELSEWHERE, HERE, SECLUDED

MONTH = date(2027, 2, 1)
SPANS: list[dict[str, Any]] = [{}, {"is_past": True}, {"month": MONTH}]
MODES = ("in_person", "online", "hybrid")
ACCESS = FEATURES[:3]
ASKED = (
    EventFilters(),
    EventFilters(mode="online"),
    EventFilters(community=(1,), access=(ACCESS[0],)),
    EventFilters(issue=(1,), mode="in_person"),
    EventFilters(access=tuple(sorted(ACCESS[:2]))),
    EventFilters(community=(1,), issue=(1,), territory=(1, 2, 3)),
)


@pytest.fixture
def agenda(make: Make, clock: Any) -> list[int]:
    """Thirty meetings placed at random, some hidden, some of a private community; return the places that they have."""
    clock.at("2027-02-16T12:00-05:00")
    chance, catalogue = random.Random(7), get_catalogue()
    rooms = [make.room(HERE), make.room(ELSEWHERE), make.community(slug=SECLUDED, is_private=True)]
    places = [place.id for place in catalogue.places][:8]
    for number in range(30):
        room, mode = chance.choice([*rooms, None]), chance.choice(MODES)
        event_in(
            make,
            room=room,
            starts_at=at(f"2027-0{chance.choice((1, 2, 3))}-{chance.randrange(1, 28):02} 18:30"),
            title=f"Une rencontre, numéro {number}",
            mode=mode,
            territory_id=None if mode == "online" else chance.choice(places),
            territories=chance.sample(places, chance.randrange(3)),
            communities=[] if room is None or room.is_private else [rooms[1].id] if room is rooms[0] else [],
            issues=chance.sample(range(1, 4), chance.randrange(3)),
            features=chance.sample(ACCESS, chance.randrange(4)),
            hidden_at=app_clock.now() if number % 7 == 0 else None,
        )
    return places


def count_list(actor: Actor, filters: EventFilters, span: dict[str, Any]) -> int:
    if "month" in span:
        return len(lists.list_month(actor, MONTH, filters))
    return len((past.list_past if span else lists.list_to_come)(actor, filters, size=99).items)


@pytest.mark.both_engines
@pytest.mark.parametrize("filters", ASKED)
def test_each_number_is_how_many_the_list_has_under_that_choice(
    make: Make, agenda: list[int], filters: EventFilters
) -> None:
    inside = make.actor(member_of=[SECLUDED])
    catalogue, numbers = get_catalogue(), []
    for actor in (ANYONE, inside):
        for span in SPANS:
            counts = facets.get_counts(actor, filters, **span)
            for axis, key, narrowed in list_choices(filters, agenda):
                numbers.append(counts.of(axis, key))
                assert numbers[-1] == count_list(actor, narrowed, span), (axis, key, span)
            for mrc in (place for place in catalogue.places if place.is_mrc):
                inner = tuple(place.id for place in catalogue.within(mrc))
                assert counts.of("mrc", mrc.id) == count_list(actor, replace(filters, territory=inner), span)
    assert {0, 1} <= set(numbers)


def list_choices(filters: EventFilters, places: list[int]) -> list[tuple[str, Any, EventFilters]]:
    """Return choices of each axis: the axis, the value, and the filters with that choice made."""
    found: list[tuple[str, Any, EventFilters]] = []
    found += [("community", n, replace(filters, community=(n,))) for n in get_rooms().by_id]
    found += [("territory", n, replace(filters, territory=(n,))) for n in places if not is_mrc(n)]
    found += [("issue", n, replace(filters, issue=(n,))) for n in (1, 2, 3)]
    found += [("mode", mode, replace(filters, mode=mode)) for mode in MODES[:2]]
    return found + [("access", one, replace(filters, access=tuple({*filters.access, one}))) for one in ACCESS]


def is_mrc(number: int) -> bool:
    return get_catalogue().place[number].is_mrc


def test_where_there_are_too_many_no_number_is_known(make: Make, agenda: list[int], monkeypatch: Any) -> None:
    monkeypatch.setattr(facets, "MOST", 3)
    assert facets.get_counts(ANYONE, EventFilters(), is_past=True).of("mode", "online") is None
