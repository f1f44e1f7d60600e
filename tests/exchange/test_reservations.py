"""Rows that say of themselves that they are not public, and what the report says of all rows."""

from typing import Any

import pytest
from sqlalchemy import select

from app.core.db import db
from app.ideas.models import Idea
from tests.exchange.conftest import Importer, idea


def list_ids() -> set[str | None]:
    db.session.rollback()
    return set(db.session.scalars(select(Idea.source_id)))


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"private": True}, "private"),
        ({"is_private": "oui"}, "private"),
        ({"isPrivate": 1}, "private"),
        ({"visibility": "members"}, "private"),
        ({"visibility": {"level": "internal"}}, "private"),
        ({"state": "Draft"}, "draft"),
        ({"statut": "Brouillon"}, "draft"),
        ({"status": "rejected"}, "rejected"),
        ({"étape": "Rejetée"}, "rejected"),
        ({"state": "withdrawn"}, "withdrawn"),
        ({"deleted_at": "2020-01-01"}, "withdrawn"),
        ({"hidden": "yes"}, "hidden"),
        ({"published_at": ""}, "unpublished"),
        ({"published": False}, "unpublished"),
        ({"public": "non"}, "unpublished"),
        ({"status": "not published"}, "unpublished"),
    ],
)
def test_a_row_that_says_it_is_not_public_is_left_out_until_somebody_answers(
    importer: Importer, said: dict[str, Any], word: str
) -> None:
    rows = [idea(1), idea(2) | said]
    for is_dry in (True, False):
        report = importer.bring(rows, dry_run=is_dry)["ideas"]
        assert (report.added_count, report.left_out, report.refused_count) == (1, {word: 1}, 0)
    assert list_ids() == {"i1"}
    importer.bring_files(importer.file("ideas", rows), include=(word,))
    assert list_ids() == {"i1", "i2"}


@pytest.mark.parametrize(
    "said",
    [
        {"private": False},
        {"is_private": "0"},
        {"visibility": "public"},
        {"state": "accepted"},
        {"hidden": None},
        {"published": {"arguments": 2}},
        {"published_at": "2020-01-01"},
        {"status": "En cours"},
        {"draft": "no"},
    ],
)
def test_a_row_that_says_it_is_public_comes_in(importer: Importer, said: dict[str, Any]) -> None:
    assert importer.bring([idea(1) | said])["ideas"].added_count == 1


def test_equal_reasons_are_one_with_a_count_and_the_first_lines(importer: Importer) -> None:
    report = importer.bring([idea(n, created_at=f"hier {n}") for n in range(1, 40)])["ideas"]
    (reason,) = report.list_reasons()
    assert (reason.count, reason.lines, reason.details[:2]) == (39, [1, 2, 3, 4, 5], ["hier 1", "hier 2"])
