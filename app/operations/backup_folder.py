"""What DATA_DIR knows of the folder of backups: a disk that is not mounted leaves an empty folder, or an older one."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from app.core import clock
from app.operations import backup_notes

FILE = "backup-folder.json"
LOST = (
    "{folder} is not the folder of the last backup, {last}: is its disk mounted? No backup is made meanwhile. If that "
    "one is gone for good, remove {file}: the next is then made in {folder}"
)


@dataclass(frozen=True)
class KnownFolder:
    """A folder, since when the worker makes backups there, the last one, and what kept it from looking there."""

    path: str
    since: str
    last: str = ""
    trouble: str = ""

    def is_newer_than(self, moment: datetime) -> bool:
        return datetime.fromisoformat(self.since) > moment


def read(data_dir: Path, folder: Path) -> KnownFolder:
    """Return what is known of a folder; one that nothing is known of begins now."""
    new = KnownFolder(str(folder), clock.now().isoformat())
    try:
        known = KnownFolder(**json.loads((data_dir / FILE).read_text()))
        return known if known.path == new.path and datetime.fromisoformat(known.since) else new
    except (OSError, ValueError, TypeError):
        return new


def note(data_dir: Path, folder: Path, *, last: str | None = None, trouble: str = "") -> None:
    """Note the last backup of a folder, or what kept the worker from it, unless DATA_DIR takes no writes."""
    known = read(data_dir, folder)
    new = replace(known, last=known.last if last is None else last, trouble=trouble)
    with suppress(OSError):
        backup_notes.write_whole(data_dir / FILE, json.dumps(asdict(new), ensure_ascii=False))


def describe_loss(data_dir: Path, folder: Path) -> str:
    """Say what to do where a folder is not the one in which the last backup was made; nothing where it is."""
    known = read(data_dir, folder)
    if not known.last or _knows(folder, known.last):
        return ""
    return LOST.format(folder=folder, last=known.last, file=data_dir / FILE)


def _knows(folder: Path, last: str) -> bool:
    """Tell whether the notes of a folder name a backup, or are damaged, which another disk's are not."""
    if not (folder / backup_notes.FILE).is_file():
        return False
    notes = backup_notes.read(folder)
    return not notes.backups or last in [one.file for one in notes.backups]
