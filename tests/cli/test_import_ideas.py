"""What `import ideas` asks, and what it says of a file from elsewhere."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.ideas.models import Idea
from tests.support.rows import count
from tests.support.terminal import run

ROWS = [
    "N°;Titre;Créé le;Private;Couleur",
    "1;Un pont;03/04/2020;;rouge",
    "2;Un banc;05/06/2020;oui;",
    "3;Un lac;hier;;bleu",
    "4;Un parc;demain;;",
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "idees.csv"
    path.write_text("\n".join(ROWS), encoding="cp1252")
    return path


def test_days_that_can_be_read_two_ways_are_asked_about_before_anything_comes_in(app: Flask, file: Path) -> None:
    for more in ([], ["--dry-run"]):
        said = run(app, "import", "ideas", file, "--source", "colloque", *more, code=2).stderr
        assert "2 dates such as 03/04/2020" in said and "--dates mdy" in said
    assert count(Idea) == 0


def test_a_file_is_told_in_a_few_lines_that_a_script_has_too(app: Flask, file: Path) -> None:
    arguments = ["import", "ideas", file, "--source", "colloque", "--dates", "dmy"]
    dry, result = (run(app, *arguments, *more, code=1) for more in (["--dry-run"], []))
    lines = [
        f"{file}:4,5: 2 lines: created_at is not a date (hier, demain)",
        f"{file}: 1 line says private: left out; --include private brings it",
        f"{file}: not read: Couleur (2)",
    ]
    for said in (dry, result):
        assert [line for line in said.stderr.splitlines() if line.startswith(str(file))] == lines
    assert result.stdout == "ideas: 1 added, 0 here already, 2 refused, 1 left out\n"

    found: dict[str, Any] = json.loads(run(app, *arguments, "--include", "private", "--json", code=1).stdout)["ideas"]
    assert (found["added"], found["known"], found["left_out"]) == (1, 1, {})
    assert found["unread"] == {"Couleur": 2} and found["columns"]["N°"] == "id"


def test_a_column_is_what_the_operator_says(app: Flask, file: Path) -> None:
    arguments = ["import", "ideas", file, "--source", "colloque", "--dates", "dmy"]
    found = json.loads(run(app, *arguments, "--column", "body=Couleur", "--json", code=1).stdout)["ideas"]
    assert found["columns"]["Couleur"] == "body" and found["unread"] == {}
    assert "is none of" in run(app, *arguments, "--column", "colour=Couleur", code=2).stderr


def test_comments_on_several_kinds_of_things_are_asked_about(app: Flask, file: Path, tmp_path: Path) -> None:
    comments = tmp_path / "comments.csv"
    comments.write_text(
        "id,commentable_id,commentable_type,body,created_at\n1,1,Proposal,Oui,2020-01-01\n2,1,Debate,Non,2020-01-01\n"
    )
    arguments = ["import", "ideas", file, "--source", "colloque", "--dates", "dmy", "--comments", comments]
    assert "Proposal (1), Debate (1)" in run(app, *arguments, code=2).stderr
    assert "comments: 1 added" in run(app, *arguments, "--comments-on", "Proposal", code=1).stdout
