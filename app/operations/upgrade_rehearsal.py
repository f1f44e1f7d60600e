"""The migrations done on a copy while the site runs: what stops them is found before anybody is disturbed."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.core import dialect
from app.core.db import db
from app.core.errors import Conflict
from app.operations import backup_postgresql as postgresql
from app.operations import backup_sqlite as sqlite
from app.operations import backup_trial, releases, upgrade_notes
from app.operations import upgrade_examination as examination

Tell = Callable[[str], object]
# The folder and the database that a rehearsal makes; what has that name is of one that was killed, and goes.
FOLDER, DATABASE = ".upgrade-trial", "_upgrade_trial"
# What a program says where the disk is full.
FULL = ("no space left", "disk is full", "could not extend file")
COMMAND = (sys.executable, "-m", "app.command", "upgrade", "--rehearsal")
# The line of a program that says why it failed: ours, or the last of what Python prints.
REASON = re.compile(r"^(?:\S+ CRITICAL )?(?:Error|[\w.]+(?:Error|Exception)): (.*)$", re.MULTILINE)
FAILED = (
    "%(text)s\nThe migrations fail on a copy of the database: %(why)s. Nothing was changed, and the site goes on with "
    "the version that it has. Tell whoever makes the program, with the lines above."
)


class NoRehearsal(Exception):
    """None can be done here; the message says why."""


def rehearse(file: Path, tell: Tell) -> dict[str, float]:
    """Do the migrations on a copy of this backup; return after how many seconds each line was said.

    Raise Conflict where they fail, NoRehearsal where there is no room or no right to try.
    """
    with _make_copy(file) as place:
        environment = os.environ | {"REDIS_URL": "", "BACKUP_DIR": "none"} | place
        return _run({name: value for name, value in environment.items() if name not in FILES}, tell)


# Settings that are given here by their value.
FILES = ("DATABASE_URL_FILE", "REDIS_URL_FILE")


@contextmanager
def _make_copy(file: Path) -> Iterator[dict[str, str]]:
    """Yield the settings that lead to a copy, which is gone at the end."""
    folder = file.parent / FOLDER
    sweep(file.parent)
    if examination.get_free(file.parent) < 2 * file.stat().st_size + examination.SPARE and dialect.database_file():
        raise NoRehearsal("the disk has no room for a copy")
    folder.mkdir(mode=0o700)
    try:
        if dialect.database_file():
            sqlite.copy(file, folder / "reflexe.db")
            yield {"DATA_DIR": str(folder), "DATABASE_URL": ""}
        else:
            yield {"DATA_DIR": str(folder), "DATABASE_URL": _fill_database(file)}
    finally:
        sweep(file.parent)


def sweep(folder: Path) -> None:
    """Remove what a rehearsal made, one that was killed too."""
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    if not dialect.database_file():
        backup_trial.drop_database(_name())


def sweep_what_was_left(data_dir: Path) -> None:
    """Remove the copy of a trial that was killed, unless an upgrade is at work. Raise OSError, DBAPIError."""
    with suppress(Conflict):
        notes = upgrade_notes.read(data_dir)
        if notes and notes.step == upgrade_notes.TRIAL:
            with upgrade_notes.take_turn(data_dir):
                sweep(Path(notes.backup).parent)


def _name() -> str:
    return f"{postgresql.name()}{DATABASE}"


def _fill_database(file: Path) -> str:
    if not backup_trial.make_database(_name()):
        raise NoRehearsal(backup_trial.MAY_NOT)
    try:
        backup_trial.fill_database(_name(), file)
    except Conflict as refusal:
        _refuse_a_full_disk(refusal.message % refusal.values)
        raise
    return dialect.server_address(db.engine.url.set(database=_name()))


def _refuse_a_full_disk(text: str) -> None:
    if any(words in text.lower() for words in FULL):
        raise NoRehearsal("the disk has no room for a copy")


def _run(environment: dict[str, str], tell: Tell) -> dict[str, float]:
    """Run the migrations in a program of their own, as they will be run. Raise Conflict, NoRehearsal."""
    begin, times = 0.0, dict[str, float]()
    process = subprocess.Popen(
        COMMAND,
        cwd=releases.get_house(),
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    try:
        for line in map(str.strip, process.stdout):
            # Loading the program, which is loaded already when it is done for good, is not counted.
            begin = begin or time.monotonic()
            times[line] = time.monotonic() - begin
            if "CRITICAL" not in line:
                tell(f"On the copy: {line}")
        if process.wait():
            text = "\n".join(times)
            _refuse_a_full_disk(text)
            raise Conflict(FAILED, text=text, why=(REASON.findall(text) or ["no word"])[-1].rstrip("."))
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    return times
