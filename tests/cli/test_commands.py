"""The commands that an operator types, on the application of the tests."""

import json
from pathlib import Path
from typing import Any
from unittest import mock

import click
import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import delete, select, text, update

from app import command
from app.accounts.models.people import User
from app.command import reflexe
from app.core.db import db
from app.core.permits import Permission
from app.core.unit import unit
from app.ideas.models import Idea
from app.operations import daily_backups
from app.search.index.models import IndexEntry
from tests.exchange.conftest import comment, idea
from tests.support.terminal import run

NAMES = [
    "run",
    "worker",
    "migrate",
    "check",
    "recount",
    "reindex",
    "seed",
    "user",
    "import",
    "backup",
    "restore",
    "permissions",
    "routes",
    "mail",
]


NOWHERE = click.Context(reflexe)


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for name in group.list_commands(NOWHERE):
        one = group.get_command(NOWHERE, name)
        found += [(*path, name), *(commands(one, (*path, name)) if isinstance(one, click.Group) else [])]
    return found


@pytest.mark.parametrize("path", [(), *commands(reflexe)])
def test_every_command_has_its_help(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(reflexe, [*path, "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.output and len(result.output.splitlines()) > 4


def test_the_names_that_operators_scripts_rely_on_are_there() -> None:
    assert set(NAMES) <= set(reflexe.list_commands(NOWHERE))
    assert {("seed", name) for name in ("reference", "demo", "bench")} <= set(commands(reflexe))


def test_a_wrong_usage_is_exit_code_2(app: Flask) -> None:
    run(app, "nothing", code=2)
    run(app, "recount", "--unknown", code=2)
    run(app, "import", "ideas", "no-such-file", code=2)
    run(app, "seed", "bench", "--ideas", "-1", code=2)


def test_a_setting_that_is_missing_is_one_line_and_exit_code_1(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    factory = mock.Mock(side_effect=command.ConfigurationError("SECRET_KEY: set one"))
    monkeypatch.setattr(command, "create_app", factory)
    result = CliRunner().invoke(reflexe, ["check"], obj=command.make)
    assert (result.exit_code, result.stderr) == (1, "Error: SECRET_KEY: set one\n")


def test_the_entry_gives_the_way_to_make_the_application() -> None:
    with mock.patch.object(command, "reflexe") as group:
        command.main()
    group.assert_called_once_with(obj=command.make, prog_name="reflexe")


def test_a_database_of_another_version_is_refused_in_words(app: Flask) -> None:
    for revision, advice in (("0001", "run `reflexe migrate` first"), ("9999", "a newer version made")):
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
        assert advice in run(app, "recount", code=1).stderr
        found = run(app, "check", code=1).stdout
        assert "wrong   version" in found and advice in found


def test_migrate_says_where_the_database_is(app: Flask) -> None:
    assert "Already at revision" in run(app, "migrate").stdout
    answer = json.loads(run(app, "migrate", "--json").stdout)
    assert answer["before"] == answer["after"] != ""


def test_check_prints_a_line_for_each_thing_it_looked_at(app: Flask) -> None:
    lines = run(app, "check").stdout.splitlines()
    assert all(line.startswith("ok") for line in lines)
    assert {one["subject"] for one in json.loads(run(app, "check", "--json").stdout)} >= {"database", "privacy officer"}


def test_a_script_reads_what_check_found_and_its_exit_code(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "BACKUP_DIR", tmp_path / "backups")
    found = json.loads(run(app, "check", "--json").stdout)
    assert {tuple(one) for one in found} == {("subject", "grade", "text")} and len(found) == len(
        {one["subject"] for one in found}
    )
    assert [one["grade"] for one in found if one["subject"] in ("backups", "restore tried")] == ["look", "look"]
    (tmp_path / "backups").write_text("no folder")
    daily_backups.run(app.config)
    assert finding(app, "backups", code=1)["grade"] == "wrong"


def test_reindex_puts_the_index_right(app: Flask, make: Any) -> None:
    row = make.idea(title="Un sentier")
    assert "The index was right." in run(app, "reindex").stdout
    with unit():
        db.session.execute(delete(IndexEntry).where(IndexEntry.kind == "idea"))
        db.session.execute(
            update(IndexEntry).where(IndexEntry.kind == "community").values(text=" autre # # k_community ")
        )
    found = finding(app, "search", code=1)
    assert (
        found["grade"] == "wrong"
        and f"idea {row.id}" in found["text"]
        and "and 3 more: run `reflexe reindex`" in found["text"]
    )
    assert json.loads(run(app, "reindex", "--json").stdout) == {"put_right": 6}
    assert finding(app, "search")["grade"] == "ok"


def finding(app: Flask, subject: str, code: int = 0) -> Any:
    return next(one for one in json.loads(run(app, "check", "--json", code=code).stdout) if one["subject"] == subject)


def test_recount_fails_while_a_counter_is_wrong(app: Flask, make: Any) -> None:
    row = make.idea()
    assert "0 differences." in run(app, "recount").stderr
    with unit():
        db.session.execute(update(Idea).where(Idea.id == row.id).values(votes_count=7))

    assert f"ideas.votes_count of {row.id}: 7, counted 0" in run(app, "recount", code=1).stdout
    answer = json.loads(run(app, "recount", "--json", code=1).stdout)
    assert answer == [{"counter": "ideas.votes_count", "id": row.id, "kept": 7, "counted": 0}]
    assert "1 differences, put right." in run(app, "recount", "--repair").stderr
    run(app, "recount")


def test_the_permission_book_is_printed_whole_sorted_and_aligned(app: Flask) -> None:
    lines = run(app, "permissions").stdout.splitlines()
    names = [line.split()[0] for line in lines]
    assert names == sorted(Permission.book)
    width = len(max(names, key=len)) + 2
    assert all(line[width - 1] == " " != line[width] for line in lines)
    assert "is_author & may_take_part_there" in run(app, "permissions").stdout
    assert json.loads(run(app, "permissions", "--json").stdout).keys() == Permission.book.keys()


def test_routes_are_printed_with_their_permission(app: Flask) -> None:
    rows = json.loads(run(app, "routes", "--json").stdout)
    assert {"rule": "/", "method": "GET", "permission": "site:visit", "account": False} in rows
    assert len(run(app, "routes").stdout.splitlines()) == len(rows)


def test_reference_is_sown_once(app: Flask) -> None:
    assert json.loads(run(app, "seed", "reference", "--json").stdout) == {
        "acronyms": 0,
        "communities": 0,
        "issues": 0,
        "shapes": 0,
        "territories": 0,
    }
    assert "all there already" in run(app, "seed", "reference").stderr


def test_bulk_is_sown(app: Flask) -> None:
    bulk = ["seed", "bench", "--ideas", 3, "--comments", 5, "--votes", 7]
    assert json.loads(run(app, *bulk, "--json").stdout)["votes"] == 7
    assert "all there already" in run(app, *bulk).stderr
    run(app, "recount")


def test_neither_enters_a_production_database(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "REFLEXE_ENV", "production")
    for what in ("demo", "bench"):
        assert "production" in run(app, "seed", what, code=1).stderr
    assert db.session.scalars(select(User)).all() == []


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two files, each with a row that can't be taken."""
    rows = {"ideas": [idea(1), idea(2, title="")], "comments": [comment(1), comment(2, idea=9)]}
    for name, some in rows.items():
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in some))
    return [tmp_path / name for name in rows]


def test_an_import_reports_the_rows_it_refused_by_line_and_fails(app: Flask, files: list[Path]) -> None:
    arguments = ["import", "ideas", files[0], "--comments", files[1], "--community", "transport-collectif"]
    assert "1 would be added" in run(app, *arguments, "--dry-run", code=1).stdout
    result = run(app, *arguments, code=1)
    assert f"{files[0]}:2: no title" in result.stderr
    assert f"{files[1]}:2: the idea of the comment is not known (i9)" in result.stderr
    assert result.stdout == "ideas: 1 added, 0 here already, 1 refused\ncomments: 1 added, 0 here already, 1 refused\n"
    found = json.loads(run(app, *arguments, "--json", code=1).stdout)["ideas"]
    assert (found["added"], found["known"], found["refused"]) == (0, 1, 1)
    assert found["reasons"] == [{"message": "no title", "count": 1, "lines": [2]}]


def test_an_import_where_all_was_taken_succeeds(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "f").write_text(json.dumps(idea()) + "\n")
    run(app, "import", "ideas", tmp_path / "f")


def test_an_import_into_a_community_that_is_not_there_or_is_private_is_wrong_usage(
    app: Flask, make: Any, files: list[Path]
) -> None:
    assert "transport-collectif" in run(app, "import", "ideas", files[0], "--community", "x", code=2).stderr
    make.community(slug="cercle", is_private=True)
    assert "cercle is private" in run(app, "import", "ideas", files[0], "--community", "cercle", code=2).stderr


@pytest.mark.one_engine
def test_a_backup_is_written_and_restored(app: Flask, tmp_path: Path, engine: str) -> None:
    assert "verified" in run(app, "backup", tmp_path / "copy").stderr
    assert "Restored" in run(app, "restore", tmp_path / "copy").stderr
    (tmp_path / "other").write_text("other")
    assert "not a sound copy" in run(app, "restore", tmp_path / "other", code=1).stderr
