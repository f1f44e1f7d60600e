"""The backups that the worker makes by itself: one a day, read back, restored for trial each week, sent elsewhere."""

import logging
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from app.core import clock, dialect, file_lock, maintenance, schema_guard
from app.core.db import db
from app.core.errors import DomainError
from app.operations import (
    backup,
    backup_folder,
    backup_forgetting,
    backup_notes,
    backup_programs,
    backup_trial,
    closed_accounts,
    outages,
)
from app.operations.backup_notes import Backup, Notes
from app.operations.contents import Contents

Settings = Mapping[str, Any]
# What a worker holds while it is at the backups of a folder, and where a copy is until it is whole.
TURN, MAKING = ".turn", ".making-"
# In the region, by when people sleep: the worker looks each hour.
HOUR = 2
TRIAL_EVERY = timedelta(days=6, hours=12)
logger = logging.getLogger(__name__)


def run(settings: Settings) -> None:
    """Do what is due: the copy of today, its trial, what has not left yet, and the list of closed accounts.

    What served its time is removed, also where no copy is made: what upgrades and restorations left.

    A worker that is still at it, since what it sends takes long, is left to it. Nothing is made in a folder that is not
    the one of the last backup. The site may be closed meanwhile, but not while the database or the folder is read.
    """
    folder: Path | None = settings["BACKUP_DIR"]
    data_dir = settings["DATA_DIR"]
    if folder is None:
        with maintenance.at_work(data_dir):
            backup_forgetting.forget(settings, ())
        return
    try:
        if backup_folder.describe_loss(data_dir, folder):
            return
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _take_turn(folder) as is_ours:
            if is_ours:
                _run(folder, settings)
    except OSError as error:
        trouble = f"{folder}: {outages.explain_reason(error)}"
        logger.warning("no backup can be made, noted or sent: %s", trouble)
        backup_folder.note(data_dir, folder, trouble=trouble)


@contextmanager
def _take_turn(folder: Path) -> Iterator[bool]:
    """Tell whether the backups of a folder are ours until the end; whoever dies leaves its turn."""
    # Nothing is written: where others may write in the folder, it may be a link of theirs.
    with (folder / TURN).open("a") as turn:
        yield file_lock.take(turn.fileno())


def _run(folder: Path, settings: Settings) -> None:
    data_dir = settings["DATA_DIR"]
    _sweep(folder)
    notes = backup_notes.read(folder)
    notes = replace(notes, backups=tuple(backup_notes.list_present(folder, notes.backups)))
    if is_due(notes):
        notes = _attempt(notes, "make", lambda: _make(folder, notes, settings))
    notes = _attempt(notes, "forget", lambda: _forget(folder, notes, settings))
    notes = _attempt(notes, "list", lambda: _list_closed(folder, notes, data_dir))
    # What is sent may take hours: what was made is noted first, and no reading of the database stays open.
    backup_notes.write(folder, notes)
    backup_folder.note(data_dir, folder, last=notes.backups[0].file if notes.backups else "")
    db.session.rollback()
    if settings["BACKUP_SEND"]:
        notes = _attempt(notes, "send", lambda: _send_what_stays(folder, notes, settings["BACKUP_SEND"]))
        backup_notes.write(folder, notes)


def is_due(notes: Notes) -> bool:
    """Tell whether the copy of today is to be made, or made again since it failed; or since a clock was ahead."""
    now = clock.now().astimezone(clock.ZONE)
    return now.hour >= HOUR and (
        not notes.backups or notes.backups[0].made_at.astimezone(clock.ZONE).date() != now.date()
    )


def _attempt(notes: Notes, step: str, act: Callable[[], Notes]) -> Notes:
    """Return the notes after a step, or with why it failed: the next one is tried all the same."""
    try:
        return act().note_failure(step, "")
    except (maintenance.Closed, schema_guard.OtherSchema):
        # Somebody closed the site meanwhile: it is for the worker of afterwards.
        return notes
    except backup_programs.Failure as error:
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
        with maintenance.at_work(settings["DATA_DIR"]):
            contents = backup.backup(file)
        notes = _try(notes, file, contents, now)
        how = settings["BACKUP_ENCRYPT"]
        return _attempt(notes, "encrypt", lambda: _take_in(folder, notes, _encrypt(file, how), now, contents))


def _try(notes: Notes, file: Path, contents: Contents, now: datetime) -> Notes:
    """Restore a copy for trial, once a week, and until it comes back whole."""
    if notes.tried_at and backup_notes.is_recent(notes.tried_at, TRIAL_EVERY):
        return notes
    return _attempt(notes, "try", lambda: replace(notes, tried_on=backup_trial.try_out(file, contents), tried_at=now))


def _encrypt(file: Path, how: str) -> Path:
    return backup_programs.encrypt(file, how) if how else file


def _take_in(folder: Path, notes: Notes, file: Path, now: datetime, contents: Contents) -> Notes:
    """Give a copy that is as asked its name in the folder."""
    made = folder / file.name
    os.replace(file, made)
    return notes.add(Backup(made.name, now, made.stat().st_size, str(contents)))


def _forget(folder: Path, notes: Notes, settings: Settings) -> Notes:
    """Remove the copies that served their time; none goes while a restoration may be reading it."""
    with maintenance.at_work(settings["DATA_DIR"]):
        backup_forgetting.forget(settings, notes.backups)
    return replace(notes, backups=tuple(backup_notes.list_present(folder, notes.backups)))


def _sweep(folder: Path) -> None:
    """Remove what a backup that was killed left behind."""
    for place in folder.glob(f"{MAKING}*"):
        shutil.rmtree(place, ignore_errors=True)


def _list_closed(folder: Path, notes: Notes, data_dir: Path) -> Notes:
    """Write which accounts were closed since any copy that may be restored, those that are elsewhere among them."""
    moments = [clock.now() - backup_notes.LONGEST, *(one.made_at for one in notes.backups)]
    with maintenance.at_work(data_dir):
        closed_accounts.write(folder, since=min(moments))
    return notes


def _send_what_stays(folder: Path, notes: Notes, command: str) -> Notes:
    """Send the list of closed accounts, then the newest copy, unless they left. Raise Failure."""
    if not notes.backups:
        return notes
    if closed_accounts.is_to_send(folder):
        backup_programs.send(folder / closed_accounts.FILE, command)
        closed_accounts.note_sent(folder)
    newest = notes.backups[0]
    if newest.left_at is None:
        backup_programs.send(folder / newest.file, command)
        notes = notes.note_left(newest, clock.now())
    return notes
