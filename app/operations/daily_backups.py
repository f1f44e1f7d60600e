"""The backups that the worker makes by itself: one a day, read back, restored for trial each week, sent elsewhere."""

import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from app.core import clock, dialect
from app.core.db import db
from app.core.errors import DomainError
from app.operations import backup, backup_notes, backup_trial, closed_accounts, outages
from app.operations.backup_notes import Backup, Notes

Settings = Mapping[str, Any]
fcntl: Any = import_module("fcntl") if os.name == "posix" else None
# What an address says of a password; what a program says is kept, shown and sent.
SECRET = re.compile(r"(?<=://)[^/\s@:]*:[^/\s@]*@")
# What a worker holds while it is at the backups of a folder, and where a copy is until it is whole.
TURN, MAKING = ".turn", ".making-"
OF_UPGRADES = re.compile(r"before-\d+\.\d+\.\d+\.(db|dump)")
# In the region, by when people sleep: the worker looks each hour.
HOUR = 2
TRIAL_EVERY = timedelta(days=6, hours=12)
PATIENCE = timedelta(hours=2)
# How a copy is made unreadable to whoever lacks the key, by the program that does it: recipient, target, file.
PROGRAMS = {
    "age": ("age", "--encrypt", "--recipient", "{recipient}", "--output", "{target}", "{file}"),
    "gpg": (
        *("gpg", "--batch", "--yes", "--trust-model", "always", "--recipient", "{recipient}"),
        *("--output", "{target}", "--encrypt", "{file}"),
    ),
}


class Failure(Exception):
    """A step failed; the message says why, in one line."""


def run(settings: Settings) -> None:
    """Do what is due: the copy of today, its trial, what has not left yet, and the list of closed accounts.

    A worker that is still at it, since what it sends takes long, is left to it.
    """
    folder: Path | None = settings["BACKUP_DIR"]
    if folder is None:
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _take_turn(folder) as is_ours:
        if is_ours:
            _run(folder, settings)


@contextmanager
def _take_turn(folder: Path) -> Iterator[bool]:
    """Tell whether the backups of a folder are ours until the end; whoever dies leaves its turn."""
    with (folder / TURN).open("w") as turn:
        try:
            if fcntl:
                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _run(folder: Path, settings: Settings) -> None:
    _sweep(folder)
    notes = backup_notes.read(folder)
    notes = replace(notes, backups=tuple(backup_notes.list_present(folder, notes.backups)))
    if is_due(notes):
        notes = _attempt(notes, "make", lambda: _make(folder, notes, settings))
    notes = _forget_old(folder, notes)
    notes = _attempt(notes, "list", lambda: _list_closed(folder, notes))
    # What is sent may take hours: what was made is noted first, and no reading of the database stays open.
    backup_notes.write(folder, notes)
    db.session.rollback()
    if settings["BACKUP_SEND"]:
        notes = _attempt(notes, "send", lambda: _send_what_stays(folder, notes, settings["BACKUP_SEND"]))
        backup_notes.write(folder, notes)


def is_due(notes: Notes) -> bool:
    """Tell whether the copy of today is to be made, or made again since it failed."""
    now = clock.now().astimezone(clock.ZONE)
    return now.hour >= HOUR and (not notes.backups or _day(notes.backups[0].made_at) < now.date())


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.ZONE).date()


def _attempt(notes: Notes, step: str, act: Callable[[], Notes]) -> Notes:
    """Return the notes after a step, or with why it failed: the next one is tried all the same."""
    try:
        return act().note_failure(step, "")
    except Failure as error:
        return notes.note_failure(step, str(error))
    except DomainError as refusal:
        return notes.note_failure(step, refusal.message % refusal.values)
    except (OSError, sqlite3.Error) as error:
        return notes.note_failure(step, outages.explain_reason(error))
    except DBAPIError as error:
        return notes.note_failure(step, outages.first_line(error.orig))


def _make(folder: Path, notes: Notes, settings: Settings) -> Notes:
    """Make a copy, try it when that is due, and encrypt it if asked; none is in the folder before all that is done."""
    now = clock.now()
    suffix = "db" if dialect.database_file() else "dump"
    with tempfile.TemporaryDirectory(dir=folder, prefix=MAKING) as place:
        file = Path(place) / f"reflexe-{now.astimezone(clock.ZONE):%Y-%m-%dT%H%M}.{suffix}"
        contents = backup.backup(file)
        if notes.tried_at is None or notes.tried_at < now - TRIAL_EVERY:
            notes = _attempt(
                notes, "try", lambda: replace(notes, tried_on=backup_trial.try_out(file, contents), tried_at=now)
            )
        made = _encrypt(file, settings["BACKUP_ENCRYPT"]) if settings["BACKUP_ENCRYPT"] else file
        os.replace(made, folder / made.name)
    return notes.add(Backup(made.name, now, (folder / made.name).stat().st_size, str(contents)))


def _forget_old(folder: Path, notes: Notes) -> Notes:
    """Remove the copies that served their time, and no other file."""
    kept = backup_notes.list_kept(notes.backups, clock.now())
    for one in notes.backups:
        if one not in kept:
            (folder / one.file).unlink(missing_ok=True)
    return replace(notes, backups=tuple(kept))


def _sweep(folder: Path) -> None:
    """Remove what a backup that was killed left behind, and what upgrades copied long ago."""
    for place in folder.glob(f"{MAKING}*"):
        shutil.rmtree(place, ignore_errors=True)
    for file in folder.glob("before-*"):
        age = timedelta(seconds=clock.now().timestamp() - file.stat().st_mtime)
        if OF_UPGRADES.fullmatch(file.name) and age > backup_notes.LONGEST:
            file.unlink()


def _encrypt(file: Path, how: str) -> Path:
    """Encrypt a copy beside itself; `how` is `age:RECIPIENT` or `gpg:RECIPIENT`. Raise Failure."""
    program, _colon, recipient = how.partition(":")
    target = file.with_name(f"{file.name}.{program}")
    values = {"recipient": recipient, "target": str(target), "file": str(file)}
    _call([part.format(**values) for part in PROGRAMS[program]])
    target.chmod(0o600)
    return target


def _list_closed(folder: Path, notes: Notes) -> Notes:
    """Write which accounts were closed since any copy that may be restored, those that are elsewhere among them."""
    moments = [clock.now() - backup_notes.LONGEST, *(one.made_at for one in notes.backups)]
    closed_accounts.write(folder, since=min(moments))
    return notes


def _send_what_stays(folder: Path, notes: Notes, command: str) -> Notes:
    """Send the list of closed accounts, then the newest copy, unless they left. Raise Failure."""
    if not notes.backups:
        return notes
    if closed_accounts.is_to_send(folder):
        _send(folder / closed_accounts.FILE, command)
        closed_accounts.note_sent(folder)
    newest = notes.backups[0]
    if newest.left_at is None:
        _send(folder / newest.file, command)
        notes = notes.note_left(newest, clock.now())
    return notes


def _send(file: Path, command: str) -> None:
    _call([part.replace("{file}", str(file)).replace("{name}", file.name) for part in shlex.split(command)])


def _call(command: list[str]) -> None:
    """Run a program to its end. Raise Failure with the last line of what it said."""
    try:
        result = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=PATIENCE.total_seconds(),
            check=False,
        )
    except OSError as error:
        raise Failure(f"{command[0]} can't be run ({outages.explain_reason(error)})") from error
    except subprocess.TimeoutExpired as error:
        raise Failure(f"{command[0]} took more than two hours") from error
    if result.returncode:
        lines = [line.strip() for line in (result.stderr or result.stdout).splitlines() if line.strip()]
        said = SECRET.sub("…@", lines[-1]) if lines else "no word"
        raise Failure(f"{command[0]} ended with {result.returncode}: {said}")


def describe(settings: Settings) -> list[tuple[str, str, str]]:
    """Return what `check` says: subject, grade, text; nothing outside production where no backup is asked for."""
    folder: Path | None = settings["BACKUP_DIR"]
    if folder is None:
        is_production = settings["REFLEXE_ENV"] == "production"
        return [("backups", "look", "the worker makes none: BACKUP_DIR is none")] if is_production else []
    notes = backup_notes.read(folder)
    return [("backups", *_describe_backups(folder, notes, settings)), ("restore tried", *_describe_trial(notes))]


LATE = timedelta(hours=30)
NOT_SENT_FOR = timedelta(days=2)


def _describe_backups(folder: Path, notes: Notes, settings: Settings) -> tuple[str, str]:
    present = list(backup_notes.list_present(folder, notes.backups))
    failures = "; ".join(notes.failures[step] for step in ("make", "list", "send") if step in notes.failures)
    if not present:
        return "wrong", f"none in {folder}: {failures or 'is the worker running?'}"
    newest, now = present[0], clock.now()
    text = f"{len(present)}, the last of {newest.made_at:%Y-%m-%d %H:%M} UTC, {newest.size / 2**20:.1f} MB, verified"
    left = notes.find_last_left()
    if not settings["BACKUP_SEND"]:
        text += "; none is sent elsewhere: set BACKUP_SEND"
    else:
        text += f"; last sent {left:%Y-%m-%d %H:%M} UTC" if left else "; none was sent yet"
    is_late = newest.made_at < now - LATE
    is_kept = bool(settings["BACKUP_SEND"]) and (left or present[-1].made_at) < now - NOT_SENT_FOR
    text += f"; {failures}" if failures else ""
    if is_late or is_kept or not notes.failures.keys().isdisjoint(("make", "list")):
        return "wrong", text
    return ("look" if failures or not settings["BACKUP_SEND"] else "ok"), text


def _describe_trial(notes: Notes) -> tuple[str, str]:
    if "try" in notes.failures:
        return "wrong", notes.failures["try"]
    if notes.tried_at is None:
        return "look", "not yet: the next backup is"
    is_old = notes.tried_at < clock.now() - 2 * TRIAL_EVERY
    return ("wrong" if is_old else "ok"), f"{notes.tried_at:%Y-%m-%d}, {notes.tried_on}"
