"""The figures of contents are their recount, idea by idea, whatever they are narrowed to."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from unittest import mock

import pytest
from sqlalchemy import select

from app.communities.models import Community, Membership
from app.core import clock, months
from app.core.actor import ANYONE
from app.core.db import db
from app.core.unit import unit
from app.figures import plates
from app.figures.plates import DelayLine, MonthLine, Road
from app.figures.queries import contents
from app.figures.scope import Scope, last_months
from app.figures.spread import Spread
from app.ideas.models import KINDS, Idea, StatusChange
from app.ideas.queries import facets
from app.ideas.queries.course import Course
from app.operations import recount
from app.reference.queries import get_catalogue
from tests.support.make import Make
from tests.support.world import ELSEWHERE, HERE

PLACES = ("70", "70052", "70022", "67", "67015")
NEXT = ("under_review", "retained", "planned", "underway", "achieved", "declined", "archived", "withdrawn", "published")
MOMENT = "2027-03-10T12:00"


@pytest.fixture
def square(make: Any, clock: Any) -> Community:
    """Fill the site with ideas of two years that went their ways; return a private community that leads some."""
    chance, author, room = random.Random(5), make.user(), make.community(is_private=True)
    for n in range(48):
        clock.at(f"2025-{1 + n % 12:02}-{1 + n % 28:02}T{n % 24:02}:30")
        lead = room if n % 11 == 0 else chance.choice((HERE, ELSEWHERE))
        source = {"source": "ailleurs", "source_id": str(n)} if n % 7 == 0 else {}
        with unit():
            idea = make.idea(
                author,
                lead,
                kind=chance.choice(KINDS),
                issues=chance.sample(("education", "logement"), chance.randrange(3)),
                territories=chance.sample(PLACES, chance.randrange(4)),
                communities=[ELSEWHERE] if lead == HERE and n % 4 == 0 else [],
                **source,
            )
            go(idea, chance)
            idea.hidden_at = clock.now() if n % 13 == 0 else None
    first = make.idea(author, HERE, kind="need", territories=["70052"], issues=["education"])
    for columns in ({"status": "draft"}, {"status": "pending"}, {"merged_into": first.id}, {"deleted_at": clock.now()}):
        make.idea(author, HERE, **{"kind": "need", "territories": ["70052"], "issues": ["education"]} | columns)
    clock.at(MOMENT)
    return room


def go(idea: Idea, chance: random.Random) -> None:
    """Let an idea take steps, as days pass; its community answers some and leaves them where they are."""
    at = clock.now()
    for _step in range(chance.randrange(5)):
        at += timedelta(days=chance.randrange(90), hours=chance.randrange(24))
        stays = chance.random() < 0.2
        idea.status = idea.status if stays else chance.choice(NEXT)
        idea.answered_at = at if stays else None
        db.session.add(StatusChange(idea_id=idea.id, status=idea.status, at=at, stays=stays, reason="Motif"))
        db.session.flush()


def naive(scope: Scope, inside: int | None = None) -> dict[str, Counter[tuple[str, ...]]]:
    """Count the codes from the rows of ideas and their steps."""
    found: dict[str, Counter[tuple[str, ...]]] = {axis: Counter() for axis in ("born", "unanswered", "answer", "pace")}
    for idea in read_ideas():
        if not idea.is_public or (idea.is_private and inside != idea.community_id):
            continue
        for axis, code in list_of(idea, scope):
            found[axis][code] += 1
    return found


def leave_months_out(found: dict[str, Counter[tuple[str, ...]]]) -> dict[str, Counter[tuple[str, ...]]]:
    """Leave out the months that figures do not tell: those of all codes but `born`."""
    for axis, codes in found.items():
        short: Counter[tuple[str, ...]] = Counter()
        for code, n in codes.items():
            short[code if axis == "born" else ("", *code[1:])] += n
        found[axis] = short
    return found


@cache
def read_ideas() -> list[Idea]:
    return list(db.session.scalars(select(Idea)))


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Forget the ideas of one test before the next."""
    yield
    for read in (read_ideas, steps_of, places_of):
        read.cache_clear()


def list_of(idea: Idea, scope: Scope) -> Iterator[tuple[str, tuple[str, ...]]]:
    is_in = is_placed(idea, scope)
    lead, origin = str(idea.community_id or 0), "imported" if idea.source else "here"
    assert idea.published_at
    born = months.month_of(idea.published_at)
    is_led = scope.community_id in (None, idea.community_id)
    if is_in and scope.first <= born <= scope.last:
        yield "born", (born, idea.kind, idea.status, origin)
        yield from (("pace", (born, *one)) for one in list_paces(idea))
    placed = is_placed(idea, Scope(mrc_id=scope.mrc_id)) and is_led
    if placed and idea.status == "published" and idea.answered_at is None:
        yield "unanswered", (born, lead, origin)
    answers = [s for s in steps_of(idea) if s.stays or s.status in NEXT[:6]]
    if placed and answers and scope.first <= months.month_of(answers[0].at) <= scope.last:
        days = "-" if idea.source else str((answers[0].at - idea.published_at).days)
        yield "answer", (months.month_of(answers[0].at), lead, days)


@cache
def steps_of(idea: Idea) -> list[StatusChange]:
    query = select(StatusChange).where(StatusChange.idea_id == idea.id)
    return list(db.session.scalars(query.order_by(StatusChange.at, StatusChange.id)))


def list_paces(idea: Idea) -> Iterator[tuple[str, str]]:
    groups: list[tuple[str, ...]] = [("under_review",), ("retained",), ("planned", "underway"), ("achieved",)]
    before: datetime | None = None if idea.source else idea.published_at
    for number, statuses in enumerate(groups, start=2):
        at = next((step.at for step in steps_of(idea) if step.status in statuses), None)
        if before and at:
            yield str(number), str(max((at - before).days, 0))
        before = at


@cache
def places_of(idea: Idea) -> tuple[set[int], set[int | None]]:
    placing, catalogue = facets.get_placings([idea])[idea.id], get_catalogue()
    mrcs = {catalogue.place[n].parent_id or n for n in placing.territories}
    return mrcs, {idea.community_id, *placing.communities}


def is_placed(idea: Idea, scope: Scope) -> bool:
    mrcs, rooms = places_of(idea)
    return (scope.mrc_id is None or scope.mrc_id in mrcs) and (
        scope.community_id is None or scope.community_id in rooms
    )


def list_scopes() -> list[Scope]:
    here, there = (
        db.session.scalars(select(Community.id).where(Community.slug == slug)).one() for slug in (HERE, ELSEWHERE)
    )
    mrcs = [place.id for place in get_catalogue().places if place.code in ("70", "67")]
    periods = [("", "9999-12"), ("2025-03", "2025-08"), last_months(24), ("2025-12", "2025-12"), ("2031-01", "2031-12")]
    return [Scope(*period, room, mrc) for period in periods for room in (None, here, there) for mrc in (None, *mrcs)]


def test_the_figures_are_those_of_the_ideas(square: Community) -> None:
    assert recount.list_differences() == []
    for scope in list_scopes():
        assert contents.count_codes(scope) == leave_months_out(naive(scope)), scope


def test_what_a_private_community_leads_is_told_inside_alone(square: Community, make: Make) -> None:
    scope = Scope(community_id=square.id)
    member = make.user()
    make.add(Membership(user_id=member.id, community_id=square.id))
    inside = contents.count_private_codes(make.actor(member), scope)
    assert inside == naive(scope, square.id) and inside and inside["born"].total() > 0
    assert contents.count_private_codes(ANYONE, scope) == {axis: Counter() for axis in inside}
    assert contents.count_codes(scope) == {axis: Counter() for axis in inside}
    everywhere, own = contents.count_answers(ANYONE, Scope()), contents.count_answers(make.actor(member), Scope())
    assert (
        everywhere == naive(Scope())["answer"]
        and own == everywhere + naive(Scope(community_id=square.id), square.id)["answer"]
    )


def test_roads_are_told_under_each_value_of_an_axis(square: Community) -> None:
    places = [place.id for place in get_catalogue().places if place.is_mrc]
    for scope in list_scopes()[::4]:
        found = plates.get_roads_by("mrc", scope)
        assert found is not None
        for place in places if scope.mrc_id is None else ():
            true = naive(Scope(scope.first, scope.last, scope.community_id, place))["born"]
            assert found.get(place, plates.build_road(Counter())) == plates.build_road(true)
        years = plates.get_roads_by_year(scope)
        assert years is not None and sum(road.heard for road in years.values()) == naive(scope)["born"].total()


def test_past_what_may_be_looked_at_the_figures_are_not_known(square: Community, make: Make) -> None:
    scope = next(scope for scope in list_scopes() if scope.community_id and scope.mrc_id)
    with mock.patch.object(contents, "MOST", 0):
        found = [plates.list_months(scope), plates.list_delays(scope), plates.get_road(scope), plates.get_paces(scope)]
        found += [plates.get_roads_by("issue", scope), plates.get_roads_by_year(scope), plates.get_missing(scope)]
        assert [contents.count_codes(scope), *found] == [None] * 8
        assert contents.count_codes(Scope()) is not None


def test_ideas_are_looked_at_in_their_period_alone(make: Make, clock: Any) -> None:
    for moment in ("2025-06-10T12:00", "2025-07-10T12:00", "2027-01-01T04:30", "2027-01-01T05:30"):
        clock.at(moment)
        make.idea(community=HERE, territories=["70052"], issues=["education"])
    room = make.room(HERE).id
    with mock.patch.object(contents, "MOST", 1):
        for first, last in (("2026-01", "2026-12"), ("2027-01", "2027-03")):
            found = plates.get_missing(Scope(first, last, room))
            assert found and sum(line.voices for line in found.mrcs) == 1
        assert plates.get_missing(Scope("2025-01", "2025-12", room)) is None
        assert plates.get_missing(Scope(community_id=room)) is None


def test_a_long_period_is_asked_for_as_a_short_one(app: object) -> None:
    for name in ("published", "answered"):
        asked = [Course(**{name: span}).key_tests()[0] for span in ("2025-06", "2025", "2025-06..2026-05")]
        assert len({str(one.compile(db.engine)) for one in asked}) == 1


def test_months_without_anything_are_told(make: Make, clock: Any) -> None:
    clock.at(MOMENT)
    assert plates.list_years() == [2027]
    assert plates.list_months(Scope()) == [MonthLine("2027-03", 0, 0, 0, 0, 0, 0)]
    assert len(plates.list_months(Scope(*last_months())) or ()) == 12
    assert plates.list_months(Scope("2028-01", "2028-12")) == []


def test_what_waits_stands_beside_what_was_answered(make: Any, clock: Any) -> None:
    room = make.room(HERE)
    for days, source in ((3, None), (5, None), (40, None), (900, "ailleurs")):
        clock.at("2027-01-01T12:00")
        idea = make.idea(community=room, source=source, source_id=source)
        clock.forward(days=days % 100)
        make.add(StatusChange(idea_id=idea.id, status="under_review"))
        make.at(idea, status="under_review")
    for source in (None, "autre"):
        make.idea(community=room, source=source, source_id=source)
    assert plates.list_delays(Scope()) == [DelayLine(room.id, 4, 1, Spread(3, 5, 4, 22.5), 2, 1)]
    assert plates.list_delays(Scope("2031-01", "2031-12")) == [DelayLine(room.id, 0, 0, None, 2, 1)]


def test_the_middle_of_the_days_between_two_stations_is_told(make: Make, clock: Any) -> None:
    for days in (3, 5, 40):
        clock.at("2027-01-01T12:00")
        idea = make.idea()
        for status in ("under_review", "retained")[: 1 + (days > 3)]:
            clock.forward(days=days)
            make.add(StatusChange(idea_id=idea.id, status=status, at=clock.now()))
        make.at(idea, status="retained")
    assert plates.get_paces(Scope()) == {2: Spread(3, 5, 4, 22.5), 3: Spread(2, 22.5, 13.75, 31.25)}


def test_a_voice_counts_at_its_station_and_at_those_before(make: Make) -> None:
    for status in NEXT:
        make.idea(status=status)
    assert plates.get_road(Scope()) == Road(9, 6, 4, 3, 1, 1, 2, 0)


def test_who_is_missing_is_told_with_how_many_live_there(make: Make) -> None:
    make.idea(territories=["70052", "70022"])
    make.idea(territories=["67"])
    found = plates.get_missing(Scope())
    assert found is not None
    shares = {line.place.code: (line.voices, round(line.voices_share)) for line in found.mrcs}
    assert (shares["70"], shares["67"], shares["71"]) == ((1, 50), (1, 50), (0, 0))
    assert round(sum(line.population_share for line in found.mrcs)) == 100
    silent = {place.code for place in found.silent}
    assert (len(silent), silent & {"70052", "70022"}) == (63, set())
    assert found.silent_population == sum(p.population or 0 for p in get_catalogue().places if p.code in silent)
    within = plates.get_missing(Scope(mrc_id=next(p.id for p in get_catalogue().places if p.code == "70")))
    assert within and [line.place.code for line in within.mrcs] == ["70"]
    assert {place.code[:2] for place in within.silent} == {"70"}
