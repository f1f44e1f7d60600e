"""What is known of the last upgrade: a file of DATA_DIR, written before each step, which no restoration takes back."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from pathlib import Path

from app.core import file_lock
from app.core.errors import Conflict
from app.operations import backup_notes

FILE, LOCK = "upgrade.json", "upgrade.lock"
# The steps of going back, and those after which nothing is left to do.
BACKWARDS = ("put_back", "move_back", "open_again")
DONE, BACK, GIVEN_UP = "done", "went back", "given up"
UNDER_WAY = "Another upgrade is at work: wait for its end. Nothing was changed."
DAMAGED = "%(file)s can't be read, which says how far an upgrade came: look at it, or remove it and run this again."


@dataclass(frozen=True)
class Notes:
    """One upgrade: the step that it is at, from which program and schema to which, and what going back needs.

    `link` is empty for a program on its own, which has no former folder. `times` are the seconds after which the
    rehearsal said each line. `rows` and `content` are of the moment of the reopening. `former` is the database that
    going back put aside.
    """

    step: str
    began_at: datetime
    to_version: str
    to_commit: str
    to_folder: str
    from_version: str
    from_folder: str
    link: str
    from_revision: str
    backup: str
    backup_seconds: float = 0
    times: Mapping[str, float] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    content: int = 0
    reopened_at: datetime | None = None
    back_at: datetime | None = None
    former: str = ""

    @property
    def is_over(self) -> bool:
        return self.step in (DONE, BACK, GIVEN_UP)

    @property
    def has_begun(self) -> bool:
        """Tell whether it closed the site and did not end: nothing else is begun before it does."""
        return not self.is_over and self.step != "rehearse"


def read(data_dir: Path) -> Notes | None:
    """Return the notes; None where there was no upgrade. Raise Conflict for a file that can't be read."""
    file, known = data_dir / FILE, {one.name for one in fields(Notes)}
    try:
        found = {name: value for name, value in json.loads(file.read_text()).items() if name in known}
        moments = {name: datetime.fromisoformat(found[name]) for name in found if name.endswith("_at") and found[name]}
        return Notes(**found | moments)
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, AttributeError) as error:
        raise Conflict(DAMAGED, file=file) from error


def write(data_dir: Path, notes: Notes) -> None:
    """Put the notes in the place of what was there, whole. Raise OSError."""
    backup_notes.write_whole(data_dir / FILE, json.dumps(asdict(notes), default=datetime.isoformat, indent=1))


@contextmanager
def take_turn(data_dir: Path) -> Iterator[None]:
    """Keep any other upgrade away until the end; whoever dies leaves its turn. Raise Conflict."""
    with (data_dir / LOCK).open("a") as turn:
        if not file_lock.take(turn.fileno(), patience=file_lock.LOOK):
            raise Conflict(UNDER_WAY)
        yield


def describe_unfinished(data_dir: Path) -> str:
    """Say of an upgrade that ended before its time what to do; nothing while one is at work, or when none is left."""
    try:
        notes = read(data_dir)
        if notes is None or notes.is_over or file_lock.is_held(data_dir / LOCK):
            return ""
        return describe(notes)
    except Conflict as refusal:
        return refusal.message % refusal.values


def describe(notes: Notes) -> str:
    """Say which upgrade stopped, where, and what goes on."""
    at = f"did not end (at {notes.step.replace('_', ' ')})"
    if notes.step == "rehearse":
        again = f"`reflexe upgrade {notes.to_folder}` begins it again"
        return f"the upgrade to {notes.to_version} {at} and changed nothing: {again}"
    if notes.step in BACKWARDS:
        return f"the way back from {notes.to_version} {at}: `reflexe upgrade --back` goes on"
    return f"the upgrade to {notes.to_version} {at}: `reflexe upgrade` goes on, `reflexe upgrade --back` goes back"
