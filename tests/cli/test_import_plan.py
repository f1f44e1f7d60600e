"""`reflexe import plan`: a dry run says what would come, the real one publishes it, and a second one changes nothing."""

import json
from pathlib import Path

import pytest
from flask import Flask

from app.cli import plan_file
from app.exchange.plan_file import table_process, tables
from app.plan.models.structure import Plan
from app.plan.models.versions import PlanVersion
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.rows import count, last
from tests.support.sheets import HEAD, PLACE, csv_of, nested, shared_texts, xlsx_of
from tests.support.terminal import run

BEGIN = ("--begin", "Plan 2026-2029", "--starts", "2026-04-01", "--ends", "2029-03-31")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.csv"
    path.write_bytes(
        csv_of(
            [*HEAD, "Jalon", "Franchi le", "Preuve", "Notes"],
            [*PLACE, "Une tournée", "Le camion", "2026-05-01", "Il roule"],
        )
    )
    return path


def test_a_plan_begins_from_a_file_and_the_same_file_changes_nothing(app: Flask, make: Make, file: Path) -> None:
    make.user(role="coordinator")
    dry = run(app, "import", "plan", file, *BEGIN, "--dry-run")
    assert (
        "added action 1.1.1 Une tournée\n" in dry.stdout
        and "reached milestone 1.1.1 Le camion 2026-05-01" in dry.stdout
    )
    assert (
        dry.stdout.endswith("plan: 3 added, 1 reached, in the draft (dry run)\n")
        and "“Notes” is not read" in dry.stderr
        and count(Plan) == 0
    )
    written = run(app, "import", "plan", file, *BEGIN)
    assert written.stdout.endswith("plan: 3 added, 1 reached, in the draft\n") and count(PlanVersion) == 0
    assert run(app, "import", "plan", file, "--plan", last(Plan).id).stdout == "plan: nothing to change\n"
    assert (
        "A draft of this plan is under way"
        in run(app, "import", "plan", file, "--plan", last(Plan).id, "--publish", "--dry-run", code=1).stderr
    )
    assert run(app, "import", "plan", file, *BEGIN, "--publish").stdout.endswith("plan: 3 added, 1 reached\n")
    assert last(PlanVersion).reason == "Plan importé du fichier « plan.csv »."
    assert run(app, "import", "plan", file, "--plan", last(Plan).id).stdout == "plan: nothing to change\n"
    assert json.loads(run(app, "import", "plan", file, "--json").stdout) == {
        "differences": [],
        "progress": [],
        "unread_columns": ["Notes"],
        "refused": [],
        "guessed": [],
        "unplaced": [],
    }
    assert count(PlanVersion) == 1


def test_what_is_refused_is_one_line_each_and_only_the_draft_has_the_rest(
    app: Flask, make: Make, tmp_path: Path
) -> None:
    plans, path = MakePlan(make), tmp_path / "plan.xlsx"
    plans.plan(action_of("Une tournée"))
    path.write_bytes(
        xlsx_of(
            [*HEAD, "Budget"],
            [*PLACE, "Une tournée", "beaucoup"],
            [None, None, None, None],
            ["Se loger", None, "Un toit", 5],
        )
    )
    result = run(app, "import", "plan", path, "--publish", "--reason", "Adopté", code=1)
    assert f"{path}:2: Budget: beaucoup: This is not a number. Write 12.5 or 48 000.\n" in result.stderr
    assert f"{path}:4: Objectif: Which objective is this about?" in result.stderr
    assert result.stdout.endswith("Nothing is imported: 2 refused.\n") and count(PlanVersion) == 1
    assert "lines 4 have no place: nothing is removed" in result.stderr
    assert json.loads(run(app, "import", "plan", path, "--json", "--dry-run", code=1).stdout)["refused"][0]["row"] == 2
    proofless = csv_of([*HEAD, "Budget", "Jalon", "Franchi le"], [*PLACE, "Une tournée", "x", "La liste", "2026-05-01"])
    part = path.with_suffix(".csv")
    part.write_bytes(proofless)
    told = run(app, "import", "plan", part, "--partial", "--proof", "Suivi", code=1)
    assert told.stdout.endswith("plan: 1 changed, 1 reached, 1 refused, in the draft\n") and count(PlanVersion) == 1
    assert "to be answered (proof): lines 2" in told.stderr
    assert "goes with --publish" in run(app, "import", "plan", part, "--reason", "Non", code=2).stderr
    path.write_bytes(shared_texts(5_000, 1_000))
    for option in ("--json", "--dry-run"):
        assert "This file is too large" in run(app, "import", "plan", path, option, code=1).stderr
    path.write_bytes(b"PK")
    assert "can’t be read as a workbook" in run(app, "import", "plan", path, code=1).stderr


def test_who_publishes_and_which_plan_are_to_be_known(app: Flask, make: Make, file: Path) -> None:
    assert "name the account of a coordinator" in run(app, "import", "plan", file, code=2).stderr
    first = make.user(role="coordinator")
    assert "there is no such plan" in run(app, "import", "plan", file, code=2).stderr
    assert "there is no such plan" in run(app, "import", "plan", file, "--plan", "9", code=2).stderr
    assert "--begin goes with" in run(app, "import", "plan", file, "--begin", "x", code=2).stderr
    make.user(role="coordinator")
    assert "name the account" in run(app, "import", "plan", file, *BEGIN, code=2).stderr
    assert "name the account" in run(app, "import", "plan", file, *BEGIN, "--by", make.user().email, code=2).stderr
    run(app, "import", "plan", file, *BEGIN, "--by", first.email, "--publish")
    assert last(PlanVersion).by_id == first.id


def test_a_file_that_takes_too_much_to_be_read_is_one_line(
    app: Flask, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.user(role="coordinator")
    monkeypatch.setattr(table_process, "MEMORY", 120_000_000)
    path = tmp_path / "plan.xlsx"
    path.write_bytes(nested(2_000_000))
    for option in ("--dry-run", "--json"):
        assert (
            "Error: This file takes too much memory or time to read."
            in run(app, "import", "plan", path, *BEGIN, option, code=1).stderr
        )
    path.write_bytes(b" " * 5_000_000)
    assert "This file is too large" in run(app, "import", "plan", path, *BEGIN, code=1).stderr
    assert len(plan_file._bytes(path)) == tables.MOST_BYTES + 1


def test_words_of_the_shell_that_are_no_text_are_taken_without_what_is_none(
    app: Flask, make: Make, tmp_path: Path
) -> None:
    """A name that is not UTF-8 comes in with halves of characters."""
    make.user(role="coordinator")
    path = tmp_path / "plan\udcff.csv"
    path.write_bytes(csv_of(HEAD, [*PLACE, "Une tournée"]))
    run(app, "import", "plan", path, "--begin", "Plan\udcff", *BEGIN[2:], "--publish")
    assert (last(Plan).title, last(PlanVersion).reason) == ("Plan", "Plan importé du fichier « plan.csv ».")
