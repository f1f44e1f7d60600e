"""A file made to harm, or only odd, is refused line by line: nothing of it ends the run, or takes the square of its length."""

import json
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.comments.models import Comment
from app.core.db import db
from app.exchange import lines
from app.ideas.models import Idea
from app.operations import recount
from tests.exchange.conftest import Importer, comment, idea
from tests.support import rows as stored
from tests.support.browser import Browser

HALF, HUGE = "a\ud800", 10**400
NAMES = count()


def raw(row: dict[str, Any]) -> bytes:
    """Write a row in ASCII: half of a character has no other form."""
    return json.dumps(row).encode()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"id": HALF}, "id is not an identifier"),
        ({"source": HALF}, "source is not an identifier"),
        ({"id": HUGE}, "id is not an identifier"),
        ({"id": "a\nb"}, "id is not an identifier"),
        ({"id": "\x1b[31m"}, "id is not an identifier"),
        ({"id": float("nan")}, "id is not an identifier"),
        ({"votes": {"for": HUGE}}, "votes has a value that is not a number"),
        ({"votes": {"for": -HUGE}}, "votes has a value that is not a number"),
        ({"votes": {"for": float("nan")}}, "votes has a value that is not a number"),
        ({"votes": {"for": True}}, "votes has a value that is not a number"),
        ({"votes": {str(n): n for n in range(51)}}, "votes has more than 50 values"),
        ({"votes": {"x" * 201: 1}}, "a name in votes is longer than 200 characters"),
        ({"title": "x" * 501}, "title is longer than 500 characters"),
        ({"author": "x" * 201}, "author is longer than 200 characters"),
        ({"category": "x" * 201}, "category is longer than 200 characters"),
        ({"tags": ["x" * 201]}, "a text of tags is longer than 200 characters"),
        ({"tags": ["x"] * 101}, "tags has more than 100 texts"),
        ({"body": "x" * 100_001}, "body is longer than 100000 characters"),
        ({"body": "*" * 60_000}, "body is longer than 100000 characters"),
        ({"body": "<b></b>" * 30_000}, "body is longer than 200000 characters"),
        ({"created_at": "0001-01-01"}, "created_at is before 1900: 0001-01-01"),
        ({"created_at": "\x1b]0;\ud800"}, "created_at is not a date: ]0;"),
        ({"lang": "fr-" * 99_000}, "lang is longer than 200000 characters"),
    ],
)
def test_an_idea_that_can_not_be_taken_is_refused_with_its_reason_and_the_rest_goes_on(
    importer: Importer, fields: dict[str, Any], reason: str
) -> None:
    for is_dry in (True, False):
        report = importer.bring([raw(idea(1)), raw(idea(2) | fields), raw(idea(3))], dry_run=is_dry)["ideas"]
        assert importer.refusals["ideas"] == [(2, reason)]
        assert (report.added_count, report.refused_count) == (2, 1)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"id": HALF}, "id is not an identifier"),
        ({"parent_id": HALF}, "parent_id is not an identifier"),
        ({"idea_id": HUGE}, "idea_id is not an identifier"),
        ({"votes": HUGE}, "votes is not a number"),
        ({"votes": float("inf")}, "votes is not a number"),
        ({"votes": False}, "votes is not a number"),
        ({"author": "x" * 201}, "author is longer than 200 characters"),
        ({"stance": "x" * 201}, "stance is longer than 200 characters"),
        ({"body": "*" * 15_000}, "body is longer than 20000 characters"),
        ({"created_at": "1899-12-31"}, "created_at is before 1900: 1899-12-31"),
        ({"idea_id": "i2"}, "the idea of the comment is not known: i2"),
    ],
)
def test_a_comment_that_can_not_be_taken_is_refused_too(
    importer: Importer, fields: dict[str, Any], reason: str
) -> None:
    """So is one on an idea that was refused for its body, which a dry run knows as well."""
    ideas = [idea(1), idea(2, body="x" * 100_001)]
    for is_dry in (True, False):
        report = importer.bring(ideas, [raw(comment(1)), raw(comment(2) | fields), raw(comment(3))], dry_run=is_dry)[
            "comments"
        ]
        assert importer.refusals["comments"] == [(2, reason)]
        assert (report.added_count, report.refused_count) == (2, 1)


def test_half_a_character_in_a_text_is_left_out(importer: Importer) -> None:
    importer.bring(
        [
            raw(
                idea(
                    1,
                    title=f"Une {HALF} idée",
                    body=f"<p title='{HALF}'>{HALF}</p>",
                    author=HALF,
                    tags=[HALF, "b"],
                    votes={HALF: 1},
                )
            )
        ],
        [raw(comment(1, body=HALF, stance=HALF))],
    )
    assert importer.refusals == {"ideas": [], "comments": []}
    assert (stored.last(Idea).title, stored.last(Idea).body, stored.last(Comment).body) == ("Une a idée", "a", "a")


def test_the_number_of_an_endless_character_is_a_text(importer: Importer) -> None:
    importer.bring([idea(1, body="<p>&#" + "1" * 5_000 + "; &#233;</p>")])
    assert importer.refusals["ideas"] == [] and stored.last(Idea).body.endswith("1; é")


def test_an_old_idea_that_is_taken_is_shown(importer: Importer, visitor: Browser) -> None:
    importer.bring([idea(1, created_at="1900-01-01", title="Une vieille idée " + "x" * 483)])
    row = stored.last(Idea)
    assert visitor.get(f"/ideas/{row.id}-{row.slug}").status_code == 200 and visitor.get("/ideas").status_code == 200


ODD = [
    None,
    True,
    [],
    {},
    HUGE,
    -HUGE,
    0,
    2**31,
    2**63,
    1.5,
    1e308,
    float("nan"),
    float("inf"),
    "",
    " ",
    HALF,
    "\x00",
    "i1",
    "c1",
    "a, b",
    ["a, b", "é" * 61, "…"],
    "html",
    "<!--",
    "&#x110000;",
    "9999-12-31",
    "0001-01-01T00:00:00+14:00",
    [HALF],
    [HUGE],
    [[]],
    {HALF: HUGE},
    {"a": HUGE},
    {"a": float("nan")},
    {"a": {"a": []}},
]
VALUES = st.recursive(
    st.sampled_from(ODD) | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)
IDEA = sorted(
    idea() | dict.fromkeys(["kind", "tags", "votes", "published", "category", "updated_at", "lang", "trashed"])
)
COMMENT = sorted(comment() | {"lang": "fr"})


def say_twice(importer: Importer, ideas: list[bytes], comments: list[bytes]) -> None:
    """Import rows, after a dry run that says the same of them."""
    said = []
    for is_dry in (True, False):
        reports = importer.bring(ideas, comments, dry_run=is_dry)
        said.append(
            (importer.refusals, [(one.added_count, one.present_count, one.refused_count) for one in reports.values()])
        )
    assert said[0] == said[1]
    assert recount.list_differences() == []


def test_no_odd_value_of_a_field_ends_the_run(importer: Importer) -> None:
    ideas = [raw(idea(f"{name} {n}") | {name: value}) for name in IDEA for n, value in enumerate(ODD)]
    comments = [raw(comment(f"{name} {n}") | {name: value}) for name in COMMENT for n, value in enumerate(ODD)]
    say_twice(importer, [raw(idea(1)), *ideas], comments)


def changes(names: list[str]) -> Any:
    return st.dictionaries(st.sampled_from(names), VALUES, min_size=1, max_size=3)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    ideas=st.lists(changes(IDEA) | st.binary(max_size=20), min_size=1, max_size=6),
    comments=st.lists(changes(COMMENT) | st.binary(max_size=20), min_size=1, max_size=6),
)
def test_no_line_ends_the_run(importer: Importer, ideas: list[Any], comments: list[Any]) -> None:
    name = f"ailleurs {next(NAMES)}"
    say_twice(
        importer,
        [
            raw(idea(1, source=name)),
            *(
                one.replace(b"\n", b"") if isinstance(one, bytes) else raw(idea(n, source=name) | one)
                for n, one in enumerate(ideas, 2)
            ),
        ],
        [
            one.replace(b"\n", b"") if isinstance(one, bytes) else raw(comment(n) | one)
            for n, one in enumerate(comments, 1)
        ],
    )


def test_comments_dated_before_what_they_answer_are_each_read_once(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = 300
    rows = [
        comment(
            n,
            parent_id=f"c{n - 1}" if n else None,
            created_at=f"2015-01-01T00:{(times - n) // 60:02}:{(times - n) % 60:02}Z",
        )
        for n in range(times)
    ]
    parse, read = lines._parse, []
    monkeypatch.setattr(lines, "_parse", lambda *line, **options: read.append(1) or parse(*line, **options))
    importer.bring([idea()], rows)
    assert importer.reports["comments"].added_count == times and len(read) <= 3 * times + 2


def test_comments_that_answer_one_another_in_a_ring_hang_from_one_of_them(importer: Importer) -> None:
    rows = [
        comment(1, parent_id="c3"),
        comment(2, parent_id="c1"),
        comment(3, parent_id="c2"),
        comment(4, parent_id="c4"),
    ]
    say_twice(importer, [raw(idea(1))], [raw(row) for row in rows])
    depths = {row.source_id: row.depth for row in db.session.scalars(select(Comment))}
    assert depths == {"c2": 0, "c3": 1, "c1": 2, "c4": 0}


def test_ideas_of_as_many_sources_as_rows_take_their_comments(importer: Importer) -> None:
    """One statement does not name all the sources: an engine takes no more than so many values."""
    importer.bring([idea(n, source=f"s{n}") for n in range(40)], [comment(n, n) for n in range(40)])
    assert importer.reports["comments"].added_count == 40
    db.session.rollback()
