"""What is known of the backups that the worker made: a file beside them, which no restoration takes back."""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.core import clock

FILE = "backups.json"
DAILY, WEEKLY, LONGEST = 7, 4, timedelta(weeks=4)
HOUR = timedelta(hours=1)
# The name of a copy, which begins with the day and the hour in the region.
NAME = re.compile(r"reflexe-(?P<moment>\d{4}-\d\d-\d\dT\d{4})\.(db|dump)(\.age|\.gpg)?")


@dataclass(frozen=True)
class Backup:
    """One copy: its file, when it was made, its size in bytes, what it holds, and when it was sent elsewhere."""

    file: str
    made_at: datetime
    size: int
    contents: str
    left_at: datetime | None = None


@dataclass(frozen=True)
class Notes:
    """The backups, newest first; when one was last restored for trial, and on what; what failed last, by step.

    `failures` maps make, try, encrypt, forget, list and send to why, and a step that went well since is not there.
    """

    backups: tuple[Backup, ...] = ()
    tried_at: datetime | None = None
    tried_on: str = ""
    failures: Mapping[str, str] = field(default_factory=dict)

    def add(self, backup: Backup) -> "Notes":
        return replace(self, backups=(backup, *self.backups))

    def note_failure(self, step: str, why: str) -> "Notes":
        """Return these notes where a step failed, or, with no reason, went well."""
        others = {name: text for name, text in self.failures.items() if name != step}
        return replace(self, failures=others | ({step: why} if why else {}))

    def note_left(self, backup: Backup, at: datetime) -> "Notes":
        moved = replace(backup, left_at=at)
        return replace(self, backups=tuple(moved if one == backup else one for one in self.backups))

    def find_last_left(self) -> datetime | None:
        return max((one.left_at for one in self.backups if one.left_at), default=None)


def list_kept(backups: Sequence[Backup], now: datetime) -> list[Backup]:
    """Return those to keep of these, newest first: the last seven, and the first of each of the last four weeks.

    None is older than four weeks but the last one, which stays where none was made since.
    """
    first_of_week = {one.made_at.isocalendar()[:2]: one for one in backups}
    kept = {*backups[:DAILY], *list(first_of_week.values())[:WEEKLY]}
    return [one for one in backups if one == backups[0] or (one in kept and one.made_at > now - LONGEST)]


def is_recent(moment: datetime, span: timedelta) -> bool:
    """Tell whether a moment is of the last so long; one that is to come, by a clock that jumped, is not."""
    return -HOUR <= clock.now() - moment <= span


def read(folder: Path) -> Notes:
    """Return what is noted there; nothing where no backup was ever made, or the notes are damaged. Raise OSError."""
    try:
        found = json.loads((folder / FILE).read_text())
        backups = tuple(Backup(**_read_moments(one)) for one in found.pop("backups"))
        return Notes(backups=backups, **_read_moments(found))
    except (FileNotFoundError, NotADirectoryError, ValueError, TypeError, KeyError, AttributeError):
        return Notes()


def _read_moments(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: datetime.fromisoformat(value) if name.endswith("_at") and value else value
        for name, value in values.items()
    }


def write(folder: Path, notes: Notes) -> None:
    """Put the notes in the place of what was there, whole. Raise OSError."""
    write_whole(folder / FILE, json.dumps(asdict(notes), default=datetime.isoformat, indent=1))


def write_whole(file: Path, text: str) -> None:
    """Write a file that takes its name only once it is on the disk, readable by its owner alone. Raise OSError."""
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    with part.open("w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(part, file)


def list_present(folder: Path, backups: tuple[Backup, ...]) -> Iterator[Backup]:
    """Yield the backups whose file is still there, with the size that it had."""
    for one in backups:
        file = folder / one.file
        if file.is_file() and file.stat().st_size == one.size:
            yield one


def list_old(folder: Path, now: datetime) -> Iterator[Path]:
    """Yield the copies that are older than any that is kept, by their names: notes may have been lost."""
    for file in folder.iterdir():
        name = NAME.fullmatch(file.name)
        if name and _read_moment(name["moment"]) < now - LONGEST:
            yield file


def _read_moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H%M").replace(tzinfo=clock.ZONE)
    except ValueError:
        return clock.now()
