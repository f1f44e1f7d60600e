"""Comments are counted in the month when they were written, each hour, under each community and each MRC."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from app.communities.queries import get_rooms
from app.core.db import db
from app.figures import jobs, plates
from app.figures.plates import MonthLine
from app.figures.queries import talk
from app.figures.scope import Scope
from app.ideas.models import Idea
from app.notes.models import NEW, NoteLine
from app.reference.queries import get_catalogue
from app.scheduled import JOBS
from tests.notes.published import line_in, publish_in
from tests.notes.stored import session_in
from tests.support.make import Make
from tests.support.queries import record_statements
from tests.support.rows import every
from tests.support.world import ELSEWHERE, HERE

MOMENT = "2027-03-10T12:00"
BORN = datetime(2027, 3, 5, tzinfo=UTC)


@pytest.fixture
def idea(make: Make, clock: Any) -> Idea:
    """A need of a place with two comments; one on an idea of another community; some that nobody counts."""
    clock.at("2027-01-20T12:00")
    idea, other = make.idea(community=HERE, kind="need", territories=["70052"]), make.idea(community=ELSEWHERE)
    secret = make.idea(community=make.community(is_private=True))
    for moment, thread, columns in (
        ("2027-02-01T04:30", idea, {}),
        ("2027-02-01T05:30", idea, {}),
        ("2027-03-02T12:00", other, {}),
        ("2027-03-02T12:00", other, {"hidden_at": clock.now()}),
        ("2027-03-02T12:00", other, {"status": "pending"}),
        ("2027-03-02T12:00", secret, {}),
    ):
        clock.at(moment)
        make.comment(thread, **columns)
    clock.at(MOMENT)
    jobs.count_comments()
    return idea


def mrc(code: str) -> int:
    return next(place.id for place in get_catalogue().places if place.code == code)


def list_numbers(scope: Scope) -> list[int]:
    return [line.comments for line in plates.list_months(scope) or ()]


def test_comments_are_counted_in_the_month_when_they_were_written(idea: Idea) -> None:
    assert plates.list_months(Scope()) == [
        MonthLine("2027-01", 1, 1, 1, 0, 0, 0),
        MonthLine("2027-02", 0, 0, 1, 0, 0, 0),
        MonthLine("2027-03", 0, 0, 1, 0, 0, 0),
    ]
    assert talk.count_talk(Scope(), ["2027-01", "2027-03"]).from_paper == Counter()


def test_they_are_told_under_a_community_and_an_mrc_together(idea: Idea) -> None:
    months, there = ("2027-02", "2027-03"), get_rooms().by_slug[ELSEWHERE].id
    for community_id, mrc_id, numbers in (
        (None, None, [1, 1]),
        (idea.community_id, None, [1, 0]),
        (None, mrc("70"), [1, 0]),
        (idea.community_id, mrc("70"), [1, 0]),
        (idea.community_id, mrc("67"), [0, 0]),
        (there, None, [0, 1]),
        (there, mrc("70"), [0, 0]),
    ):
        assert list_numbers(Scope(*months, community_id, mrc_id)) == numbers, (community_id, mrc_id)


def test_an_idea_shared_with_two_communities_and_two_mrc_counts_once_in_all(make: Make, clock: Any) -> None:
    clock.at(MOMENT)
    idea = make.idea(community=HERE, communities=[ELSEWHERE], territories=["70052", "67015"])
    make.comment(idea)
    make.comment(idea, source="ailleurs", source_id="1")
    jobs.count_comments()
    rooms = [None, *(get_rooms().by_slug[slug].id for slug in (HERE, ELSEWHERE))]
    for community_id in rooms:
        for mrc_id in (None, mrc("70"), mrc("67")):
            (line,) = plates.list_months(Scope(community_id=community_id, mrc_id=mrc_id)) or ()
            assert (line.comments, line.imported_comments) == (2, 1)


def test_what_was_hidden_or_moved_since_is_counted_right_at_the_next_hour(make: Make, idea: Idea) -> None:
    assert list_numbers(Scope()) == [1, 1, 1]
    make.at(idea, hidden_at=idea.created_at)
    jobs.count_comments()
    assert (list_numbers(Scope(last="2027-03"))[-1], sum(talk.get_counted().values())) == (1, 2)
    assert JOBS["comment_months"].run is jobs.count_comments


def test_comments_that_nobody_reads_any_more_leave_no_number(make: Make, idea: Idea) -> None:
    for row in every(Idea):
        make.at(row, hidden_at=row.created_at)
    jobs.count_comments()
    assert talk.get_counted() == Counter()


def test_ideas_that_the_team_copied_from_a_sheet_are_told_apart(make: Any, clock: Any) -> None:
    session = session_in(make)
    publish_in(make, session)
    for number, is_from_paper in enumerate((True, True, False)):
        idea = make.idea(make.user(), HERE, kind="need", published_at=BORN)
        line = line_in(make, session, f"Ligne {number}", by=make.user())
        make.at(line, fate=NEW, idea_id=idea.id, review_at=BORN)
        make.at(every(NoteLine, NoteLine.id == line.id)[0], from_paper=is_from_paper)
    clock.at(MOMENT)
    found = talk.count_talk(Scope(), ["2027-01", "2027-03"]).from_paper
    assert found == {("2027-03", "need", "published", "here"): 2}
    (line,) = plates.list_months(Scope("2027-03", "2027-03")) or ()
    assert (line.ideas, line.from_paper) == (3, 2)
    assert talk.count_talk(Scope(), ["2027-01", "2027-02"]).from_paper == Counter()


def test_nothing_is_written_while_no_number_changes(idea: Idea) -> None:
    with record_statements() as statements:
        jobs.count_comments()
    db.session.rollback()
    assert not [sent for sent in statements if not sent.startswith("SELECT")], statements


def test_ten_years_of_months_are_read_in_one_statement(idea: Idea) -> None:
    costs = []
    for named in (["2027-03"], [f"{year}-{month:02}" for year in range(2018, 2028) for month in range(1, 13)]):
        with record_statements() as statements:
            talk.count_talk(Scope(), named)
        costs.append(len(statements))
    assert costs == [1, 1]


def test_a_site_without_a_comment_has_none_in_any_month(make: Make, clock: Any) -> None:
    clock.at(MOMENT)
    make.idea(community=HERE)
    jobs.count_comments()
    assert list_numbers(Scope()) == [0]
