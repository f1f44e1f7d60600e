"""What `check` says of the backups that the worker makes: their age, their size, whether they left, and their trial."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.core import clock
from app.operations import backup_folder, backup_forgetting, backup_notes, outages
from app.operations.backup_notes import Backup, Notes
from app.operations.daily_backups import TRIAL_EVERY

Settings = Mapping[str, Any]
Line = tuple[str, str]
LATE, NOT_SENT_FOR = timedelta(hours=30), timedelta(days=2)
# Without these there is no copy of today, the one that is there opens accounts that were closed, or it stays too long.
NEEDED = ("make", "encrypt", "list", "forget")
FIRST = "none yet: the worker makes the first within the hour, from two in the morning in the region on"


def describe(settings: Settings) -> list[tuple[str, str, str]]:
    """Return what `check` says: subject, grade, text; nothing outside production where no backup is asked for."""
    folder: Path | None = settings["BACKUP_DIR"]
    try:
        if folder is None:
            return _describe_none(settings)
        loss = backup_folder.describe_loss(settings["DATA_DIR"], folder)
        notes = backup_notes.read(folder)
        present = list(backup_notes.list_present(folder, notes.backups))
        excess = backup_forgetting.describe_excess(settings, present)
    except PermissionError:
        return [("backups", "wrong", f"this user may not read {folder}: run it as the one who runs the worker")]
    except OSError as error:
        return [("backups", "wrong", f"{folder} can't be read ({outages.explain_reason(error)})")]
    if loss:
        return [("backups", "wrong", loss)]
    trial = _describe_trial(notes)
    return [("backups", *_describe_backups(folder, present, notes, settings, excess)), ("restore tried", *trial)]


def _describe_none(settings: Settings) -> list[tuple[str, str, str]]:
    """Say that the worker makes none, which is to be seen in production alone."""
    if excess := backup_forgetting.describe_excess(settings, ()):
        return [("backups", "wrong", excess)]
    is_production = settings["REFLEXE_ENV"] == "production"
    return [("backups", "look", "the worker makes none: BACKUP_DIR is none")] if is_production else []


def _describe_backups(folder: Path, present: list[Backup], notes: Notes, settings: Settings, excess: str) -> Line:
    known = backup_folder.read(settings["DATA_DIR"], folder)
    failures = [notes.failures[step] for step in (*NEEDED, "send") if step in notes.failures]
    stops = [text for text in (known.trouble, excess) if text]
    troubles = "; ".join(stops + failures)
    if present:
        return _describe_present(present, notes, settings, troubles, is_stopped=bool(stops))
    if not troubles and not known.last and known.is_newer_than(clock.now() - LATE):
        return "look", FIRST
    return "wrong", f"none in {folder}: {troubles or 'is the worker running?'}"


def _describe_present(
    present: list[Backup], notes: Notes, settings: Settings, troubles: str, *, is_stopped: bool
) -> Line:
    newest, is_sent = present[0], bool(settings["BACKUP_SEND"])
    text = f"{len(present)}, the last of {newest.made_at:%Y-%m-%d %H:%M} UTC, {newest.size / 2**20:.1f} MB, verified"
    text += f"; {_describe_leaving(notes)}" if is_sent else "; none is sent elsewhere: set BACKUP_SEND"
    text += f"; {troubles}" if troubles else ""
    is_late = not backup_notes.is_recent(newest.made_at, LATE)
    if is_late or is_stopped or _stays(present, notes) or not notes.failures.keys().isdisjoint(NEEDED):
        return "wrong", text
    return ("look" if troubles or not is_sent else "ok"), text


def _describe_leaving(notes: Notes) -> str:
    left = notes.find_last_left()
    return f"last sent {left:%Y-%m-%d %H:%M} UTC" if left else "none was sent yet"


def _stays(present: list[Backup], notes: Notes) -> bool:
    """Tell whether sending fails, and none left for two days."""
    since = notes.find_last_left() or present[-1].made_at
    return "send" in notes.failures and not backup_notes.is_recent(since, NOT_SENT_FOR)


def _describe_trial(notes: Notes) -> Line:
    if "try" in notes.failures:
        return "wrong", notes.failures["try"]
    if notes.tried_at is None:
        return "look", "not yet: the next backup is"
    is_old = not backup_notes.is_recent(notes.tried_at, 2 * TRIAL_EVERY)
    return ("wrong" if is_old else "ok"), f"{notes.tried_at:%Y-%m-%d}, {notes.tried_on}"
