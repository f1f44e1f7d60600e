"""What `check` says of the backups that the worker makes: their age, their size, whether they left, and their trial."""

from collections.abc import Mapping
from datetime import datetime, timedelta
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
        excess, left = backup_forgetting.describe_excess(settings, present), backup_forgetting.describe_left(settings)
    except PermissionError:
        return [_lose(f"this user may not read {folder}: run it as the one who runs the worker")]
    except OSError as error:
        return [_lose(f"{folder} can't be read ({outages.explain_reason(error)})")]
    if loss:
        return [_lose(loss)]
    troubles = _find_troubles(folder, notes, settings, excess)
    describe_copies = _describe_present if present else _describe_lack
    grade, text = describe_copies(present, notes, settings, troubles)
    line = "backups", grade, _join(text, *troubles.values(), left), tuple(troubles) or ("late",)
    return [line, ("restore tried", *_describe_trial(notes), ())]


def _join(*texts: str) -> str:
    return "; ".join(filter(None, texts))


def _lose(text: str) -> Line:
    return "backups", "wrong", text, ("folder",)


def _describe_none(settings: Settings) -> list[Line]:
    """Say that the worker makes none, which is to be seen in production alone."""
    if excess := backup_forgetting.describe_excess(settings, ()):
        return [("backups", "wrong", excess, ())]
    is_production = settings["REFLEXE_ENV"] == "production"
    text = _join("the worker makes none: BACKUP_DIR is none", backup_forgetting.describe_left(settings))
    return [("backups", "look", text, ())] if is_production else []


def _find_troubles(folder: Path, notes: Notes, settings: Settings, excess: str) -> dict[str, str]:
    """Return what fails, each with why."""
    found = {"folder": backup_folder.read(settings["DATA_DIR"], folder).trouble, "excess": excess}
    found |= {step: notes.failures.get(step, "") for step in STEPS}
    return {cause: why for cause, why in found.items() if why}


def _describe_lack(_present: list[Backup], _notes: Notes, settings: Settings, troubles: dict[str, str]) -> Grade:
    folder = settings["BACKUP_DIR"]
    known = backup_folder.read(settings["DATA_DIR"], folder)
    if not troubles and not known.last and known.is_newer_than(clock.now() - LATE):
        return "look", FIRST
    return "wrong", f"none in {folder}" if troubles else f"none in {folder}: is the worker running?"


def _describe_present(present: list[Backup], notes: Notes, settings: Settings, troubles: dict[str, str]) -> Grade:
    newest, is_sent = present[0], bool(settings["BACKUP_SEND"])
    text = f"{len(present)}, the last of {_say(newest.made_at)}, {newest.size / 2**20:.1f} MB, verified"
    text += f"; {_describe_leaving(notes)}" if is_sent else "; none is sent elsewhere: set BACKUP_SEND"
    if not backup_notes.is_recent(newest.made_at, LATE) or troubles.keys() - {SEND} or _stays(present, notes):
        return "wrong", text
    return ("look" if troubles or not is_sent else "ok"), text


def _describe_leaving(notes: Notes) -> str:
    left = notes.find_last_left()
    return f"last sent {_say(left)}" if left else "none was sent yet"


def _say(moment: datetime) -> str:
    """Say a moment by the hour of the region, which names of copies have too."""
    return f"{moment.astimezone(clock.ZONE):%Y-%m-%d %H:%M %Z}"


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
    return ("wrong" if is_old else "ok"), f"{notes.tried_at.astimezone(clock.ZONE):%Y-%m-%d}, {notes.tried_on}"
