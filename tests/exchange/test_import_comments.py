from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.comments.models import Comment, Thread
from app.core.db import db
from app.exchange import comment_targets
from app.exchange import comments as comment_rows
from app.exchange.comment_targets import PlacedComment
from app.ideas.models import Idea
from app.operations import recount
from tests.exchange.conftest import Importer, comment, idea
from tests.support.browser import Browser


def find_comment(source_id: str = "c1") -> Comment:
    db.session.rollback()
    return db.session.scalars(select(Comment).where(Comment.source_id == source_id)).one()


def count_comments() -> int:
    return db.session.scalar(select(func.count()).select_from(Comment)) or 0


def test_a_comment_comes_in_as_its_source_had_it(importer: Importer) -> None:
    importer.bring([idea()], [comment(body="Un *mot* :\r\n- ceci", lang="fr")])

    row = find_comment()
    assert (row.source, row.source_stance, row.source_votes, row.intent) == ("ailleurs", "pour", 2, None)
    assert row.created_at == datetime(2015, 10, 18, 20, 24, 20, tzinfo=UTC)
    assert "Un *mot* :" in row.body_html and "- ceci" in row.body_html
    assert (row.root_id, row.parent_id, row.depth, row.author_id) == (None, None, 0, None)


def test_comments_are_counted_and_hidden_ones_are_not(importer: Importer) -> None:
    importer.bring(
        [idea(1), idea(2)],
        [comment(1), comment(2, trashed=True), comment(3, enabled=False), comment(4, 2), comment(5, 2)],
    )

    counts = {row.source_id: row.comments_count for row in db.session.scalars(select(Idea))}
    assert counts == {"i1": 1, "i2": 2}
    assert find_comment("c2").is_hidden and find_comment("c3").is_hidden and find_comment("c2").hidden_reason
    assert recount.list_differences() == []


def test_they_are_written_in_the_order_they_were_said(importer: Importer) -> None:
    importer.bring([idea()], [comment(n, created_at=f"2015-10-{20 - n}T10:00:00Z") for n in range(1, 10)])
    source_ids = list(db.session.scalars(select(Comment.source_id).order_by(Comment.id)))
    assert source_ids == [f"c{n}" for n in range(9, 0, -1)]


def test_answers_find_their_place_even_dated_before_what_they_answer(importer: Importer) -> None:
    importer.bring(
        [idea()],
        [
            comment(3, parent_id="c2", created_at="2015-01-01"),
            comment(2, parent_id="c1", created_at="2015-01-02"),
            comment(1, created_at="2015-01-03"),
            comment(4, parent_id="c3", created_at="2015-01-04"),
        ],
    )

    root, first, second, third = (find_comment(f"c{n}") for n in (1, 2, 3, 4))
    assert (root.root_id, root.depth) == (None, 0)
    assert (first.root_id, first.parent_id, first.depth) == (root.id, root.id, 1)
    assert (second.root_id, second.parent_id, second.depth) == (root.id, first.id, 2)
    assert (third.root_id, third.parent_id, third.depth) == (root.id, second.id, 3)
    assert importer.reports["comments"].added_count == 4


@pytest.mark.parametrize(
    "fields, reason",
    [
        ({"idea_id": "elsewhere"}, "the idea of the comment is not known: elsewhere"),
        ({"idea_id": None}, "no idea_id"),
        ({"parent_id": "c9"}, "it answers a comment that is on another idea: c9"),
        ({"parent_id": ["x"]}, "parent_id is not an identifier"),
        ({"body": " \u200b"}, "no body"),
        ({"body": None}, "no body"),
        ({"created_at": "x"}, "created_at is not a date: x"),
        ({"votes": "many"}, "votes is not a number"),
        ({"votes": 1.5}, "votes is not a number"),
        ({"enabled": 2}, "enabled is not true or false"),
        ({"id": "c1"}, "this id is already in this file: c1"),
    ],
)
@pytest.mark.parametrize("is_dry", [False, True])
def test_a_row_that_can_not_be_taken_is_refused_with_its_reason_and_the_rest_goes_on(
    importer: Importer, fields: dict[str, Any], reason: str, is_dry: bool
) -> None:
    rows = [comment(1), comment(2, created_at="2015-10-19") | fields, comment(3), comment(9, 2)]
    report = importer.bring([idea(1), idea(2)], rows, dry_run=is_dry)["comments"]
    assert importer.refusals["comments"] == [(2, reason)]
    assert (report.added_count, report.refused_count) == (3, 1)


def test_a_dry_run_says_what_would_be_and_writes_nothing(importer: Importer) -> None:
    rows = [comment(1), comment(2, parent_id="c1"), comment(3, idea_id="x")]
    report = importer.bring([idea()], rows, dry_run=True)["comments"]
    assert (report.added_count, report.refused_count, count_comments()) == (2, 1, 0)

    importer.bring([idea()], rows[:1])
    report = importer.bring([idea()], rows, dry_run=True)["comments"]
    assert (report.added_count, report.present_count, report.refused_count, count_comments()) == (1, 1, 1, 1)


def test_imported_twice_they_add_nothing(importer: Importer) -> None:
    rows = [comment(1), comment(2, parent_id="c1")]
    importer.bring([idea()], rows)
    report = importer.bring([idea()], [*rows, comment(3, parent_id="c2")])["comments"]
    assert (report.added_count, report.present_count, count_comments()) == (1, 2, 3)
    assert find_comment("c3").depth == 2
    assert recount.list_differences() == []


def test_an_idea_that_two_sources_of_the_file_have_is_told(importer: Importer) -> None:
    importer.bring([idea(), idea(source="b")], [comment()])
    assert importer.refusals["comments"] == [(1, "the idea of the comment is in several sources: i1")]


def test_many_rows_go_in_batches_and_each_thread_is_counted(importer: Importer) -> None:
    importer.bring([idea(n) for n in range(250)], [comment(n, n % 250) for n in range(600)])
    assert (count_comments(), importer.reports["ideas"].added_count) == (600, 250)
    assert db.session.scalar(select(func.sum(Thread.comments_count))) == 600
    assert recount.list_differences() == []


def test_the_number_of_reads_grows_with_batches_not_with_rows(importer: Importer, count_queries: Any) -> None:
    importer.bring([idea()], [comment(n) for n in range(2)])
    with count_queries() as few:
        importer.bring([idea()], [comment(n) for n in range(2, 4)])
    with count_queries() as many:
        importer.bring([idea()], [comment(n) for n in range(4, 84)])
    reads = [[one for one in statements if one.startswith("SELECT")] for statements in (few, many)]
    assert len(reads[0]) == len(reads[1])


def test_the_order_of_a_file_is_held_in_few_bytes(importer: Importer) -> None:
    order = comment_rows.Order()
    assert (len(order), list(order)) == (0, [])


def test_an_answer_whose_parent_is_missing_hangs_from_the_nearest_comment_above_and_says_so(
    importer: Importer, visitor: Browser
) -> None:
    """One above is refused, one was removed in the source: what stands over each is all that is left of them."""
    rows = [
        comment(1),
        comment(2, parent_id="c1", body=""),
        comment(3, parent_id="c2"),
        comment(4, parent_id="removed"),
        comment(5, parent_id="c4"),
    ]
    for is_dry in (True, False):
        report = importer.bring([idea()], rows, dry_run=is_dry)["comments"]
        assert (report.added_count, report.orphan_count, report.refused_count) == (4, 2, 1)

    root, third, fourth, fifth = (find_comment(f"c{n}") for n in (1, 3, 4, 5))
    assert (third.parent_id, third.source_parent_id) == (root.id, "c2")
    assert (fourth.parent_id, fourth.source_parent_id) == (None, "removed")
    assert (fifth.parent_id, fifth.source_parent_id) == (fourth.id, None)
    row = db.session.scalars(select(Idea)).one()
    page = visitor.get(f"/ideas/{row.id}-{row.slug}").text
    assert page.count("En réponse à un commentaire retiré de la source") == 2


def test_a_comment_that_can_not_be_stored_is_refused_alone(importer: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    build = comment_targets._comment

    def refuse(placement: PlacedComment, *others: Any) -> Comment:
        if placement.row.id == "c2":
            raise IntegrityError("insert", {}, ValueError())
        return build(placement, *others)

    monkeypatch.setattr(comment_targets, "_comment", refuse)
    report = importer.bring([idea()], [comment(1), comment(2), comment(3, parent_id="c2")])["comments"]
    assert (importer.refusals["comments"], report.added_count) == ([(2, "the database can’t take it")], 2)
    assert find_comment("c3").source_parent_id == "c2"
