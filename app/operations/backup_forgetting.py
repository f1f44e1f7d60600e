"""What is removed of the copies of the database: those that served their time, unless it is the clock that says so."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.core import clock
from app.operations import backup, backup_notes
from app.operations.backup_notes import Backup

Settings = Mapping[str, Any]
# More go at once only after weeks without a worker, or by a clock that is ahead: nobody wants all of them gone then.
MOST = 3
TOO_MANY = (
    "{count} copies of the database would go at once, as those of before {before:%Y-%m-%d}, and none is removed: is "
    "today {now:%Y-%m-%d}? If so, remove them yourself, {oldest} first"
)
# What an upgrade calls the copy that it makes first, for the version that it comes to; and while it is made.
BEFORE_UPGRADE = re.compile(r"\.?before-\d{4}\.\d{1,2}\.\d+\.(db|dump)(\.part)?")
# What SQLite has beside a database.
BESIDE = re.compile(r"-(wal|shm|journal)$")


def forget(settings: Settings, backups: Sequence[Backup]) -> None:
    """Remove what served its time, but for what can't be; nothing where that is too much. Raise OSError."""
    troubles: list[OSError] = []
    served = list_served(settings, backups)
    for file in () if _count(served) > MOST else sorted(served):
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            troubles.append(error)
    if troubles:
        raise troubles[0]


def describe_excess(settings: Settings, backups: Sequence[Backup]) -> str:
    """Say that too much would be removed, and what to do; nothing where it is not. Raise OSError."""
    served, now = list_served(settings, backups), clock.now()
    if _count(served) <= MOST:
        return ""
    oldest = min(served, key=lambda file: file.stat().st_mtime)
    return TOO_MANY.format(count=_count(served), before=now - backup_notes.LONGEST, now=now, oldest=oldest)


def _count(files: Iterable[Path]) -> int:
    return len({BESIDE.sub("", str(file)) for file in files})


def list_served(settings: Settings, backups: Sequence[Backup]) -> set[Path]:
    """Return what served its time, that of which nothing was noted too, and no other file. Raise OSError."""
    now, folder = clock.now(), settings["BACKUP_DIR"]
    served = {file for file, moment in _list_left(settings) if moment < now - backup_notes.LONGEST}
    if folder and folder.is_dir():
        kept = backup_notes.list_kept(backups, now)
        served |= {folder / one.file for one in backups if one not in kept}
        served |= {*backup_notes.list_old(folder, now)} - {folder / one.file for one in kept}
    return served


def describe_left(settings: Settings) -> str:
    """Say how many databases one could go back to are there, and until when; nothing for none. Raise OSError."""
    left = dict(_list_left(settings))
    if not left:
        return ""
    until = (max(left.values()) + backup_notes.LONGEST).astimezone(clock.ZONE)
    return f"former databases that upgrades and restorations left: {_count(left)}, until {until:%Y-%m-%d} at most"


def _list_left(settings: Settings) -> Iterator[tuple[Path, datetime]]:
    """Yield what one could go back to, and since when: what restorations replaced, what upgrades copied first."""
    yield from backup.list_former(settings["DATA_DIR"])
    for folder in {settings["DATA_DIR"] / "backups", settings["BACKUP_DIR"] or settings["DATA_DIR"]}:
        for file in folder.iterdir() if folder.is_dir() else ():
            if BEFORE_UPGRADE.fullmatch(file.name):
                yield file, datetime.fromtimestamp(file.stat().st_mtime, UTC)
