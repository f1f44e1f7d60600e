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
# A grade and a text; and a line of `check`, which has a subject too, and names what fails.
Grade = tuple[str, str]
Line = tuple[str, str, str, tuple[str, ...]]
LATE, NOT_SENT_FOR = timedelta(hours=30), timedelta(days=2)
# What may fail; a copy that does not leave is there all the same, and closes whom it should, and goes in time.
STEPS, SEND = ("make", "encrypt", "list", "forget", "send"), "send"
FIRST = "none yet: the worker makes the first within the hour, from two in the morning in the region on"


def describe(settings: Settings) -> list[Line]:
    """Return what `check` says: subject, grade, text, causes; nothing outside production where none is asked for."""
    folder: Path | None = settings["BACKUP_DIR"]
    try:
        if folder is None:
            return _describe_none(settings)
        loss = backup_folder.describe_loss(settings["DATA_DIR"], folder)
        notes = backup_notes.read(folder)
        present = list(backup_notes.list_present(folder, notes.backups))
        excess = backup_forgetting.describe_excess(settings, present)
    except PermissionError:
        return [_lose(f"this user may not read {folder}: run it as the one who runs the worker")]
    except OSError as error:
        return [_lose(f"{folder} can't be read ({outages.explain_reason(error)})")]
    if loss:
        return [_lose(loss)]
    troubles = _find_troubles(folder, notes, settings, excess)
    line = (
        _describe_present(present, notes, settings, troubles) if present else _describe_lack(folder, settings, troubles)
    )
    return [("backups", *line, tuple(troubles) or ("late",)), ("restore tried", *_describe_trial(notes), ())]


def _lose(text: str) -> Line:
    return "backups", "wrong", text, ("folder",)


def _describe_none(settings: Settings) -> list[Line]:
    """Say that the worker makes none, which is to be seen in production alone."""
    if excess := backup_forgetting.describe_excess(settings, ()):
        return [("backups", "wrong", excess, ())]
    is_production = settings["REFLEXE_ENV"] == "production"
    return [("backups", "look", "the worker makes none: BACKUP_DIR is none", ())] if is_production else []


def _find_troubles(folder: Path, notes: Notes, settings: Settings, excess: str) -> dict[str, str]:
    """Return what fails, each with why."""
    found = {"folder": backup_folder.read(settings["DATA_DIR"], folder).trouble, "excess": excess}
    found |= {step: notes.failures.get(step, "") for step in STEPS}
    return {cause: why for cause, why in found.items() if why}


def _describe_lack(folder: Path, settings: Settings, troubles: dict[str, str]) -> Grade:
    known = backup_folder.read(settings["DATA_DIR"], folder)
    if not troubles and not known.last and known.is_newer_than(clock.now() - LATE):
        return "look", FIRST
    return "wrong", f"none in {folder}: {'; '.join(troubles.values()) or 'is the worker running?'}"


def _describe_present(present: list[Backup], notes: Notes, settings: Settings, troubles: dict[str, str]) -> Grade:
    newest, is_sent = present[0], bool(settings["BACKUP_SEND"])
    text = f"{len(present)}, the last of {newest.made_at:%Y-%m-%d %H:%M} UTC, {newest.size / 2**20:.1f} MB, verified"
    text += f"; {_describe_leaving(notes)}" if is_sent else "; none is sent elsewhere: set BACKUP_SEND"
    text = "; ".join([text, *troubles.values()])
    if not backup_notes.is_recent(newest.made_at, LATE) or troubles.keys() - {SEND} or _stays(present, notes):
        return "wrong", text
    return ("look" if troubles or not is_sent else "ok"), text


def _describe_leaving(notes: Notes) -> str:
    left = notes.find_last_left()
    return f"last sent {left:%Y-%m-%d %H:%M} UTC" if left else "none was sent yet"


def _stays(present: list[Backup], notes: Notes) -> bool:
    """Tell whether sending fails, and none left for two days."""
    since = notes.find_last_left() or present[-1].made_at
    return SEND in notes.failures and not backup_notes.is_recent(since, NOT_SENT_FOR)


def _describe_trial(notes: Notes) -> Grade:
    if "try" in notes.failures:
        return "wrong", notes.failures["try"]
    if notes.tried_at is None:
        return "look", "not yet: the next backup is"
    is_old = not backup_notes.is_recent(notes.tried_at, 2 * TRIAL_EVERY)
    return ("wrong" if is_old else "ok"), f"{notes.tried_at:%Y-%m-%d}, {notes.tried_on}"
