"""Several versions of PostgreSQL's client programs on one machine: the one that suits the server does the work."""

import os
from collections.abc import Callable
from contextlib import nullcontext
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask

from app.core.errors import Conflict, Invalid
from app.operations import backup, backup_postgresql, postgresql_programs
from app.operations.postgresql_programs import TOOLS
from tests.operations.test_backup import names, rename, restore
from tests.support import postgresql

# Programs that say they are of a version, and do nothing but refuse; or what those of the tests do.
SCRIPT = """#!/bin/sh
if [ "$1" = --version ]; then echo "{says}"; exit 0; fi
"""
REFUSE = """echo "${{0##*/}}: error: {refuses}" >&2
exit 1
"""
WORK = f"""exec "{postgresql.PROGRAMS}/${{0##*/}}" "$@"
"""
Install = Callable[..., Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put programs of a version in a folder of this machine, where nothing else is; the first is the first on the PATH."""
    monkeypatch.setattr(postgresql_programs, "PLACES", ())
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))

    def install_version(
        version: str,
        folder: Path | None = None,
        *,
        refuses: str = "server version mismatch",
        refusing: tuple[str, ...] = TOOLS,
    ) -> Path:
        folder = folder or tmp_path / f"programs of {version or 'nobody'}"
        folder.mkdir(parents=True)
        for tool in TOOLS:
            says = (
                f"{tool} (PostgreSQL) {version} (Debian {version}-1)" if version else "Error: no version is installed"
            )
            act = REFUSE.format(refuses=refuses) if tool in refusing else WORK
            (folder / tool).write_text(SCRIPT.format(says=says) + act)
            (folder / tool).chmod(0o755)
        monkeypatch.setenv("PATH", f"{os.environ['PATH']}{os.pathsep}{folder}")
        return folder

    return install_version


def suitable(version: int) -> list[int]:
    return [programs.version for programs in postgresql_programs._suitable(version)]


def test_the_version_of_the_server_comes_first_then_the_next_newer_ones(install: Install) -> None:
    for version in ("15.20", "18.1", "9.6.24", "17.2"):
        install(version)
    found = {version: suitable(version) for version in (9, 14, 15, 16, 17, 18)}
    assert found == {9: [9, 15, 17, 18], 14: [15, 17, 18], 15: [15, 17, 18], 16: [17, 18], 17: [17, 18], 18: [18]}


def test_an_older_client_alone_is_refused_with_both_versions_and_what_to_install(install: Install) -> None:
    install("14.9")
    folder = install("15.20")
    with pytest.raises(Conflict) as refusal:
        postgresql_programs.get_for_server(18)
    assert refusal.value.message % refusal.value.values == (
        f"The server is PostgreSQL 18, and the newest client programs found here are of version 15, in {folder}: they can't read "
        "a newer server, so install postgresql-client-18, or the like of your system. Nothing was changed."
    )


def test_programs_that_do_not_say_their_version_or_are_not_all_there_are_none(install: Install) -> None:
    """A wrapper without what it wraps, a folder with psql alone."""
    install("")
    (install("18.1") / "pg_dump").unlink()
    with pytest.raises(Conflict) as refusal:
        postgresql_programs.get_for_server(17)
    assert refusal.value.message % refusal.value.values == (
        "pg_dump is not installed here: it comes with PostgreSQL's client programs (install postgresql-client-17, or the like of "
        "your system). Nothing was changed."
    )


def test_each_version_by_itself_comes_before_what_the_path_calls(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`/usr/bin/pg_dump` of Debian runs one of those that stand side by side, and chooses it by itself."""
    install("17.2")
    side_by_side = tmp_path / "usr/lib/postgresql/17/bin"
    install("17.2", side_by_side)
    monkeypatch.setattr(postgresql_programs, "PLACES", [str(tmp_path / "usr/lib/postgresql/*/bin")[1:]])
    assert postgresql_programs.get_for_server(17).folder == side_by_side


def test_with_an_older_client_first_on_the_path_a_copy_is_made_and_put_back(
    platform: Flask, install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = names()
    install("12.1")
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}{os.pathsep}{postgresql.PROGRAMS}")
    backup.backup(tmp_path / "copy")
    rename("Changed")
    restore(tmp_path / "copy", platform)
    assert names() == before


def test_a_copy_that_the_programs_of_the_server_can_t_read_is_read_by_newer_ones(
    platform: Flask, install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer client made it, when it was the only one here."""
    before = names()
    monkeypatch.setattr(postgresql_programs, "get_server_version", lambda: 15)
    install("15.20", refuses="unsupported version (1.16) in file header", refusing=("pg_restore",))
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}{os.pathsep}{postgresql.PROGRAMS}")
    backup.backup(tmp_path / "copy")
    rename("Changed")
    restore(tmp_path / "copy", platform)
    assert names() == before


@pytest.mark.parametrize("version", ["", "12.1"])
def test_without_programs_that_suit_the_server_no_copy_is_begun(
    platform: Flask, engine: str, install: Install, tmp_path: Path, version: str
) -> None:
    install(version)
    with pytest.raises(Conflict, match="install postgresql-client-") if engine == "postgresql" else nullcontext():
        backup.backup(tmp_path / "copy")
    assert [file.name for file in tmp_path.glob("*copy*")] == ([] if engine == "postgresql" else ["copy"])


def test_a_copy_that_no_program_here_can_read_asks_for_newer_ones(
    platform: Flask, engine: str, install: Install, tmp_path: Path
) -> None:
    (tmp_path / "copy").write_bytes(b"PGDMP\x01\x99\x00")
    install("99.1", refuses="unsupported version (1.153) in file header")
    with pytest.raises(Invalid, match="newer than those found here" if engine == "postgresql" else "names one of"):
        restore(tmp_path / "copy", platform)


def test_a_server_older_than_17_is_not_told_of_a_setting_that_it_does_not_know() -> None:
    """Programs of 17 and newer set it in the head of what they write; further on the same words are somebody's."""
    script = (
        b"SET lock_timeout = 0;\nSET transaction_timeout = 0;\n" + b"--\n" * 60 + b"SET transaction_timeout, says Ana\n"
    )
    for version, count in ((15, 1), (16, 1), (17, 2), (18, 2)):
        target = BytesIO()
        backup_postgresql._copy_script(BytesIO(script), target, version)
        assert target.getvalue().count(b"transaction_timeout") == count and target.getvalue().count(b"--\n") == 60


def test_a_copy_of_the_other_engine_is_refused_in_one_sentence(platform: Flask, engine: str, tmp_path: Path) -> None:
    file, before = tmp_path / "copy", names()
    other, head = {"sqlite": ("PostgreSQL", b"PGDMP\x01\x10\x00"), "postgresql": ("SQLite", b"SQLite format 3\x00")}[
        engine
    ]
    file.write_bytes(head + b"\x00" * 4096)
    with pytest.raises(Invalid) as refusal:
        restore(file, platform)
    here = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[engine]
    assert refusal.value.message % refusal.value.values == (
        f"{file} is a copy of a {other} database, and DATABASE_URL names one of {here}: restore it where DATABASE_URL names "
        f"{other}. Nothing was changed."
    )
    assert names() == before
