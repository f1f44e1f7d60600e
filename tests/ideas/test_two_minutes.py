"""Two minutes: an idea near a member that nobody answered, never theirs, never twice in a day, not the same for all."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.communities.actors import actor_for
from app.communities.models import Community
from app.core import clock as time
from app.core.actor import Actor
from app.core.db import db
from app.core.unit import unit
from app.ideas.models import Idea
from app.ideas.queries.two_minutes import find_two_minutes
from app.reference.queries import get_catalogue
from tests.support.make import Make
from tests.support.rows import again


def read_all(member: Actor, territory_id: int | None, day: date) -> list[int]:
    """Return the numbers of all that a day holds for a member, in their order."""
    found: list[int] = []
    while one := find_two_minutes(member, territory_id, day, len(found)):
        found.append(one.idea.id)
        assert one.has_other == (find_two_minutes(member, territory_id, day, len(found)) is not None)
    return found


def place(code: str) -> int:
    found = get_catalogue().place_at(code)
    assert found
    return found.id


@pytest.fixture
def codes() -> list[str]:
    """Return two municipalities of one MRC, and one of another."""
    mrcs = [one for one in get_catalogue().places if one.is_mrc]
    near, far = (get_catalogue().within(mrc)[1:] for mrc in mrcs[:2])
    return [near[0].code, near[1].code, far[0].code]


def test_ones_municipality_comes_first_then_the_mrc_then_ones_communities_and_needs_before_others(
    make: Make, clock: Any, codes: list[str]
) -> None:
    room = make.community()
    room_id = room.id
    of_room = make.idea(community=room)
    around = make.idea(territories=[codes[1]])
    here, need = make.idea(territories=[codes[0]]), make.idea(territories=[codes[0]], kind="need")
    make.idea(territories=[codes[2]])
    clock.forward(days=2)
    member = actor_for(make.user())
    member = Actor(id=member.id, memberships=frozenset([room_id]))
    expected = [again(one).id for one in (need, here, around, of_room)]
    assert read_all(member, place(codes[0]), time.today()) == expected
    assert read_all(member, None, time.today()) == expected[-1:]
    assert read_all(Actor(id=member.id), None, time.today()) == []


def test_what_is_not_for_everybody_or_waits_for_nothing_is_never_shown(
    make: Make, clock: Any, codes: list[str]
) -> None:
    author, here = make.user(), codes[:1]
    closed: Community = make.community(is_private=True)
    make.idea(author, territories=here)
    make.idea(territories=here, community=closed)
    for status in ("draft", "pending", "archived", "withdrawn"):
        make.idea(territories=here, status=status)
    hidden, answered, merged = (make.idea(territories=here) for _number in range(3))
    make.comment(answered, make.user())
    with unit():
        again(hidden).hide(author.id, "Motif")
        db.session.get_one(Idea, merged.id).merged_into = answered.id
    clock.forward(days=2)
    make.idea(territories=here)
    make.comment(make.idea(territories=here), author, status="pending")
    assert read_all(actor_for(again(author)), place(here[0]), time.today()) == []
    clock.forward(days=2)
    assert len(read_all(actor_for(again(author)), place(here[0]), time.today())) == 1


def test_nobody_sees_theirs_nor_the_same_twice_and_people_are_spread(make: Make, clock: Any, codes: list[str]) -> None:
    authors = [make.user() for _number in range(4)]
    wrote: dict[int, int] = {}
    for number in range(8):
        author = authors[number % 4]
        wrote[make.idea(author, territories=codes[:1]).id] = author.id
    clock.forward(days=3)
    first_day, here = time.today(), place(codes[0])

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, 300))
    def check(days: int) -> None:
        day = first_day + timedelta(days=days)
        first: Counter[int] = Counter()
        for person in range(1000, 1160):
            one = find_two_minutes(Actor(id=person), here, day)
            assert one
            first[one.idea.id] += 1
        assert len(first) == len(wrote) and max(first.values()) <= 2 * 160 / len(wrote)
        for author in authors:
            shown = read_all(Actor(id=author.id), here, day)
            assert len(set(shown)) == len(shown) == 6 and author.id not in {wrote[idea_id] for idea_id in shown}

    check()
