"""The public journal is one chain, and whoever changes it is found out."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app import HOUSE
from app.core.actor import Actor
from app.core.db import db
from app.core.unit import command, unit
from app.ideas import service as ideas
from app.journal import queries
from app.journal import service as journal
from app.journal.models import Entry, compute_digest, compute_hash
from app.moderation.measures import queries as measure_queries
from app.moderation.measures.service import contents as measures
from app.operations import check
from app.web.journal.lines import write_lines
from tests.support.tables import on_same_rows

SCRIPT = HOUSE / "docs" / "verify_journal.py"
COLUMNS = {
    "at": "2001-01-01 00:00:00.000000",
    "kind": "praise",
    "community_id": None,
    "is_private": True,
    "idea_id": None,
    "reason": "Un autre motif.",
    "facts": '{"on":"user"}',
    "nonce": "0" * 32,
    "digest": "0" * 64,
    "previous": "1" * 64,
    "hash": "2" * 64,
}


@pytest.fixture
def chain(make: Any) -> list[int]:
    """Seven lines, the fourth of a private community."""
    idea, room = make.idea(), make.community(is_private=True)
    with unit():
        for n in range(7):
            journal.record(
                "hide",
                reason=f"Motif {n}, à l'été.",
                community_id=room.id if n == 3 else idea.community_id,
                is_private=n == 3,
                idea_id=idea.id,
                on="idea",
                n=n,
            )
    return [1, 2, 3, 4, 5, 6, 7]


def change(statement: str, **values: Any) -> None:
    with unit():
        db.session.execute(text(statement), values)


def faults() -> list[str]:
    db.session.rollback()
    return list(measure_queries.list_journal_faults())


def test_what_was_written_is_sound(chain: list[int]) -> None:
    assert faults() == []
    rows = db.session.query(Entry).order_by(Entry.id).all()
    assert [row.id for row in rows] == chain and rows[0].previous == queries.FIRST
    assert [row.previous for row in rows[1:]] == [row.hash for row in rows[:-1]]
    assert queries.get_last_line() == (7, rows[-1].hash)


@pytest.mark.parametrize("line", [1, 3, 4, 7])
def test_a_changed_field_of_any_line_is_found(chain: list[int], line: int, engine: str) -> None:
    """The fourth line is that of a private community; no line follows the last."""
    for column in on_same_rows(COLUMNS):
        value = not (line == 4) if column == "is_private" else COLUMNS[column]
        change(
            f"UPDATE journal SET {column} = CAST(:value AS {_type(column, engine)}) WHERE id = :line",
            value=value,
            line=line,
        )
        assert any(f"line {line} " in fault for fault in faults()), column


def _type(column: str, engine: str) -> str:
    kinds = {
        "at": "TIMESTAMP",
        "community_id": "INTEGER",
        "idea_id": "INTEGER",
        "is_private": "BOOLEAN",
        "facts": "JSON",
    }
    return (
        kinds.get(column, "TEXT") if engine == "postgresql" else "TEXT" if column not in ("is_private",) else "INTEGER"
    )


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE journal SET id = 8 WHERE id = 7", "there is no line 7"),
        ("UPDATE journal SET id = 0 WHERE id = 1", "there is no line 1"),
        ("DELETE FROM journal WHERE id = 4", "there is no line 4"),
        ("DELETE FROM journal WHERE id = 1", "there is no line 1"),
        ("DELETE FROM journal WHERE id IN (1, 2, 3)", "there is no line 1"),
        (
            "UPDATE journal SET id = CASE id WHEN 3 THEN -3 ELSE -5 END WHERE id IN (3, 5)",
            "line 1 does not follow the line before it",
        ),
    ],
)
def test_a_line_that_went_or_moved_is_found(chain: list[int], statement: str, found: str) -> None:
    change(statement)
    assert found in faults()


def test_two_lines_exchanged_are_found(chain: list[int]) -> None:
    for one, other in ((3, 100), (5, 3), (100, 5)):
        change("UPDATE journal SET id = :other WHERE id = :one", one=one, other=other)
    assert {"line 3 was changed", "line 5 was changed"} <= set(faults())


def test_a_line_slipped_in_is_found(chain: list[int]) -> None:
    for line in (7, 6, 5):
        change("UPDATE journal SET id = id + 1 WHERE id = :line", line=line)
    make_it_look_right = db.session.get_one(Entry, 4)
    columns = {
        "id": 5,
        "at": make_it_look_right.at,
        "kind": "hide",
        "reason": "Glissée",
        "facts": {},
        "nonce": "x",
        "is_private": False,
        "previous": make_it_look_right.hash,
        "digest": "",
        "hash": "",
    }
    extra_line = Entry(**columns)
    extra_line.digest = compute_digest(extra_line)
    extra_line.hash = compute_hash(extra_line.previous, extra_line.digest)
    with unit():
        db.session.add(extra_line)
    assert "line 6 does not follow the line before it" in faults()


@pytest.mark.one_engine
@pytest.mark.parametrize("column", ["at", "facts"])
def test_what_can_not_even_be_read_is_told(chain: list[int], column: str) -> None:
    change(f"UPDATE journal SET {column} = 'n''importe quoi' WHERE id = 4")
    assert "one of the lines after 0 can't be read" in faults()


def test_check_follows_the_chain_and_gives_what_to_note_elsewhere(app: Flask, chain: list[int]) -> None:
    def finding() -> check.Finding:
        db.session.rollback()
        return next(one for one in check.examine(app.config, app.extensions["huey"]) if one.subject == "journal")

    assert finding().grade == "ok" and "7 lines" in finding().text and queries.get_last_line()[1] in finding().text
    change("UPDATE journal SET reason = 'Autre' WHERE id = 7")
    assert finding() == check.Finding("journal", "wrong", "line 7 was changed")


def test_measures_that_no_line_tells_of_show_that_the_end_was_cut(make: Any) -> None:
    boss = make.actor(role="coordinator")
    for _n in range(3):
        measures.hide(boss, make.idea(), reason="Hors du sujet.")
    assert faults() == []
    change("DELETE FROM journal WHERE id > 1")
    assert faults() == ["1 measure(s) of the kind hide are told by no line"]


def test_each_step_of_an_idea_is_written_with_its_reason(make: Any) -> None:
    idea = make.idea()
    ideas.move(make.actor(facilitates=["securite-alimentaire"]), idea, "under_review", reason="Nous regardons cela.")
    line = db.session.query(Entry).one()
    assert (line.kind, line.facts, line.reason, line.idea_id) == (
        "status",
        {"status": "under_review"},
        "Nous regardons cela.",
        idea.id,
    )


def test_twenty_who_write_at_once_make_one_chain(app: Flask) -> None:
    @command
    def write(n: int) -> None:
        journal.record("lock", reason=f"Motif {n}", n=n)

    def one(n: int) -> None:
        with app.app_context():
            write(n)
            db.session.remove()

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(one, range(40)))
    assert faults() == [] and queries.get_last_line()[0] == 40
    assert {row.facts["n"] for row in db.session.query(Entry)} == set(range(40))


class TestTheProgram:
    """docs/verify_journal.py, which anybody runs on their own machine."""

    @pytest.fixture
    def file(self, app: Flask, chain: list[int], tmp_path: Path) -> Path:
        file = tmp_path / "journal.jsonl"
        file.write_text("".join(write_lines(app, Actor(None))), encoding="utf-8")
        return file

    def run(self, file: Path, *hashes: str) -> tuple[int, str]:
        result = subprocess.run(
            [sys.executable, "-I", "-S", str(SCRIPT), str(file), *hashes], capture_output=True, text=True, check=False
        )
        assert result.stderr == ""
        return result.returncode, result.stdout.strip()

    def test_it_is_short_and_needs_nothing(self) -> None:
        source = SCRIPT.read_text(encoding="utf-8")
        assert source.count("\n") <= 40
        assert [line for line in source.splitlines() if line.startswith(("import", "from"))] == [
            "import hashlib",
            "import json",
            "import sys",
        ]

    def test_it_says_that_all_is_well(self, file: Path) -> None:
        last = queries.get_last_line()[1]
        assert self.run(file) == (0, f"7 lines, as they were written; the last is {last}")
        assert self.run(file, last)[0] == 0

    def test_it_finds_an_end_that_was_cut_by_the_hash_that_was_noted(self, file: Path) -> None:
        last = queries.get_last_line()[1]
        file.write_text("".join(file.read_text(encoding="utf-8").splitlines(keepends=True)[:5]), encoding="utf-8")
        assert self.run(file)[0] == 0
        assert self.run(file, last) == (1, f"{last} was in the journal and is there no more")

    @pytest.mark.one_engine
    def test_it_finds_what_was_changed(self, file: Path) -> None:
        names = (
            "n",
            "at",
            "kind",
            "community",
            "private",
            "idea",
            "reason",
            "facts",
            "nonce",
            "digest",
            "previous",
            "hash",
        )
        lines = file.read_text(encoding="utf-8").splitlines()
        for number, name in product((0, 6), names):
            rows = [json.loads(line) for line in lines]
            rows[number][name] = (
                99 if name in ("n", "community", "idea") else not rows[number][name] if name == "private" else "autre"
            )
            file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
            assert self.run(file)[0] == 1, (number, name)

    def test_it_finds_a_line_that_went(self, file: Path) -> None:
        rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join(rows[:2] + rows[3:]), encoding="utf-8")
        code, message = self.run(file)
        assert code == 1 and "line 3 does not follow" in message
