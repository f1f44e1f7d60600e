"""Persons are told once a month, in fixed tables, and nobody is singled out by them."""

import random
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select

from app.core import clock as time
from app.core import versions
from app.core.db import db
from app.core.masking import FEW, HIDDEN, Arc, Count
from app.core.unit import unit
from app.figures import jobs, persons
from app.figures.models import SUPPORTED, WROTE, PersonTable
from app.figures.persons import PersonAct, Places
from app.figures.queries.persons import get_persons
from app.notes.models import NEW, NoteLine
from app.operations import recount
from app.reference.queries import get_catalogue
from app.scheduled import JOBS
from tests.core.test_masking import attack
from tests.notes.published import line_in, publish_in
from tests.notes.stored import session_in
from tests.support.make import Make
from tests.support.world import ELSEWHERE, HERE

BEFORE, AFTER = "2027-02-20T12:00", "2027-03-01T06:00"


@pytest.fixture(autouse=True)
def february(clock: Any) -> None:
    clock.at(BEFORE)


def ids(*codes: str) -> list[int]:
    by_code = {place.code: place.id for place in get_catalogue().places}
    db.session.rollback()
    return [by_code[code] for code in codes]


def count(clock: Any, moment: str = AFTER) -> None:
    clock.at(moment)
    jobs.count_persons()


def test_a_person_counts_once_however_much_they_wrote(make: Make, clock: Any) -> None:
    mrc, village, town = ids("70", "70052", "70022")
    people = [make.user() for _n in range(6)]
    for person in people:
        make.idea(person, HERE, territories=["70052", "70022"])
        make.comment(make.idea(person, HERE, territories=["70052"]), person)
    count(clock)
    found, room = get_persons(WROTE), make.room(HERE).id
    assert found is not None and found.before.isoformat() == "2027-03-01"
    numbers = found.total, found.of_mrc(mrc), found.of_community(room), found.of_cell(mrc, room), found.of_year(2027)
    assert {*numbers, found.of_municipality(village), found.of_municipality(town)} == {6}
    assert found.of_mrc() == found.of_community() == found.of_year(2026) == 0
    assert (found.list_numbers("mrc"), found.list_numbers("year")) == ([mrc], [2027])


def test_only_what_anybody_reads_counts_and_whoever_wrote_it(make: Make, clock: Any) -> None:
    """Closed accounts are persons; a draft, what is hidden, merged or private, and what came from elsewhere are not."""
    for _n in range(5):
        make.idea(make.user(closed_at=time.now(), name=""), HERE)
    lead, people = make.idea(make.user(), ELSEWHERE), [make.user() for _n in range(6)]
    for columns in (
        {"status": "draft"},
        {"status": "pending"},
        {"hidden_at": time.now()},
        {"deleted_at": time.now()},
        {"merged_into": lead.id},
    ):
        for person in people:
            make.idea(person, ELSEWHERE, **columns)
    for person in people:
        make.idea(person, make.community(is_private=True))
        make.comment(lead, person, hidden_at=time.now())
    count(clock)
    found = get_persons(WROTE)
    assert found is not None
    assert found.of_community(make.room(ELSEWHERE).id) == FEW
    assert {found.of_community(make.room(HERE).id), found.total} & {5, HIDDEN} == {5, HIDDEN}


def test_who_copied_what_others_said_did_not_say_it(make: Any, clock: Any) -> None:
    session = session_in(make)
    publish_in(make, session)
    room, people = make.room(HERE), [make.user() for _n in range(6)]
    for number, person in enumerate(people):
        line = line_in(make, session, f"Ligne {number}", by=person)
        idea = make.idea(person if number else make.user(), room)
        make.at(line, fate=NEW, idea_id=idea.id, review_at=time.now())
    count(clock)
    found = get_persons(WROTE)
    assert found is not None and found.of_community(room.id) == 5
    make.at(db.session.scalars(select(NoteLine).order_by(NoteLine.id.desc())).first(), from_paper=True)
    count(clock, "2027-04-02T12:00")
    found = get_persons(WROTE)
    assert found is not None and found.of_community(room.id) == FEW


def test_those_who_support_are_persons_too(make: Make, clock: Any) -> None:
    mrc, *_others = ids("70")
    make.idea(community=HERE, territories=["70052"], votes=7)
    make.idea(community=HERE, territories=["67015"], votes=3)
    count(clock)
    found = get_persons(SUPPORTED)
    assert found is not None
    assert found.total == 10 or found.total == HIDDEN
    assert {found.of_mrc(mrc), found.of_mrc(*ids("67"))} <= {FEW, HIDDEN, 7}


def test_they_are_counted_as_of_the_first_of_the_month(make: Make, clock: Any) -> None:
    for _n in range(5):
        make.idea(make.user(), HERE)
    count(clock)
    first = get_persons(WROTE)
    make.idea(make.user(), HERE)
    count(clock, "2027-03-31T23:00")
    assert get_persons(WROTE) == first
    count(clock, "2027-04-01T05:00")
    found = get_persons(WROTE)
    assert found is not None and (found.before.isoformat(), found.total) == ("2027-04-01", 6)
    assert db.session.query(PersonTable).count() == 2
    assert recount.list_differences() == [] and JOBS["persons"].run is jobs.count_persons


def test_what_was_written_in_the_month_waits_for_the_next(make: Make, clock: Any) -> None:
    clock.at("2027-03-01T05:30")
    make.idea(make.user(), HERE)
    count(clock)
    found = get_persons(WROTE)
    assert found is not None and found.total == 0


def test_two_months_in_which_nothing_changed_are_not_subtracted(make: Make, clock: Any) -> None:
    """What is hidden is drawn by lot: another draw would say what the former hid."""
    chance = random.Random(3)
    for number in (2, 6, 7, 8, 9):
        for person in [make.user() for _n in range(number)]:
            make.idea(person, chance.choice((HERE, ELSEWHERE)), territories=[chance.choice(("70052", "67015", "71"))])
    months = []
    for month in range(3, 9):
        count(clock, f"2027-{month:02}-02T12:00")
        found = get_persons(WROTE)
        assert found is not None
        months.append({key for key, said in found.counts.items() if said in (FEW, HIDDEN)})
    assert months[0] and all(later <= before for before, later in pairwise(months))


def test_a_month_that_a_restoration_forgot_is_not_drawn_again(make: Make, clock: Any) -> None:
    for _n in range(5):
        make.idea(make.user(), HERE)
    count(clock)
    make.idea(make.user(), HERE)
    clock.at("2027-04-05T12:00")
    with unit():
        versions.leap(db.session.connection())
    jobs.count_persons()
    found = get_persons(WROTE)
    assert found is not None and (found.before.isoformat(), found.total) == ("2027-03-01", 5)
    count(clock, "2027-05-01T06:00")
    found = get_persons(WROTE)
    assert found is not None and (found.before.isoformat(), found.total) == ("2027-05-01", 6)


def test_nobody_is_counted_before_the_worker_looked(app: object) -> None:
    assert get_persons(WROTE) is None


@pytest.mark.one_engine
@pytest.mark.parametrize("seed", range(4))
def test_no_number_of_the_three_tables_is_given_back_by_the_others(seed: int) -> None:
    """A region of five MRC, in which most municipalities have few voices, and some persons many places."""
    chance = random.Random(seed)
    said = [
        PersonAct(person, chance.choice((2025, 2026, 2027)), choose_places(chance))
        for person in range(chance.choice((12, 60, 200)))
        for _time in range(chance.choice((1, 1, 1, 3)))
    ]
    arcs: dict[Any, Arc] = {**persons.count_persons(said)}
    masked: dict[Any, Count] = {**persons.mask_persons(said, chance)}
    for key, arc in arcs.items():
        assert masked[key] in (FEW, HIDDEN) if 0 < arc.n < 5 else masked[key] in (HIDDEN, arc.n)
    assert attack(arcs, masked) == []


def choose_places(chance: random.Random) -> Places:
    mrcs = frozenset(chance.sample(range(1, 6), chance.choice((0, 1, 1, 1, 2))))
    municipalities = {(10 * mrc + chance.choice((0, 1, 1, 1, 2, 3)), mrc) for mrc in mrcs}
    return Places(frozenset(chance.sample(range(1, 6), chance.choice((1, 1, 1, 2)))), mrcs, frozenset(municipalities))
