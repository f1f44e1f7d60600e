"""What is known of the last upgrade: a file of DATA_DIR, written before each step, which no restoration takes back."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from app.core import file_lock
from app.core.errors import Conflict
from app.operations import backup_notes

FILE, LOCK = "upgrade.json", "upgrade.lock"
# The steps, in order; those of going back; and those after which nothing is left to do.
FORWARDS = ("rehearse", "close", "back_up", "migrate_database", "switch", "examine_site", "count", "reopen")
TRIAL, CLOSING = FORWARDS[:2]
BACKWARDS = ("put_back", "move_back", "open_again")
# What each does, in the words of the page on upgrading.
DOING = {
    "rehearse": "it tried the copy",
    "close": "it closed the site",
    "back_up": "it backed up",
    "migrate_database": "it migrated",
    "switch": "it switched",
    "examine_site": "it checked",
    "count": "it checked",
    "reopen": "it opened the site",
    "put_back": "it restored",
    "move_back": "it switched",
    "open_again": "it opened the site",
}
DONE, BACK, GIVEN_UP = "done", "went back", "given up"
UNDER_WAY = "Another upgrade is at work: wait for its end. Nothing was changed."
DAMAGED = "%(file)s can't be read, which says how far an upgrade came: look at it, or remove it and run this again."


@dataclass(frozen=True)
class Notes:
    """One upgrade: the step that it is at, from which program and schema to which, and what going back needs.

    `link` is empty for a program on its own, which has no former folder. `times` are the seconds after which the
    rehearsal said each line. `rows` and `content` are of the moment of the reopening. `former` is the database that
    going back put aside. `last` is the upgrade done before, whose way back stands as long as this one changed nothing.
    `copied` is the content version of the backup.
    `was_opened` tells that somebody removed the mark before the end, so that nobody counted what was written since.
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
    copied: int | None = None
    was_opened: bool = False
    last: "Notes | None" = None

    @property
    def is_over(self) -> bool:
        return self.step in (DONE, BACK, GIVEN_UP)

    @property
    def has_begun(self) -> bool:
        """Tell whether it closed the site and did not end: nothing else is begun before it does."""
        return not self.is_over and self.step != TRIAL

    @property
    def needs_a_closed_site(self) -> bool:
        """Tell whether it is between the closing and the opening, during which nobody may write."""
        return self.step in FORWARDS[2:-1]

    @property
    def way_back(self) -> "Notes | None":
        """Return the upgrade that was done last: this one, or the one before while this one changed nothing."""
        return self if self.step == DONE else self.last


def read(data_dir: Path) -> Notes | None:
    """Return the notes; None where there was no upgrade. Raise Conflict for a file that can't be read."""
    file = data_dir / FILE
    try:
        return _load(json.loads(file.read_text()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, AttributeError) as error:
        raise Conflict(DAMAGED, file=file) from error


def _load(written: Mapping[str, Any]) -> Notes:
    """Return notes as they were written, without what this version does not know of."""
    known = {one.name for one in fields(Notes)}
    found = {name: value for name, value in written.items() if name in known}
    moments = {name: datetime.fromisoformat(found[name]) for name in found if name.endswith("_at") and found[name]}
    return Notes(**found | moments | ({"last": _load(found["last"])} if found.get("last") else {}))


def give_up(data_dir: Path, notes: Notes) -> Notes:
    """Write down that this one changed nothing, so that the one before, if there was one, can be taken back."""
    left = notes.last or replace(notes, step=GIVEN_UP)
    write(data_dir, left)
    return left


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


def has_begun(data_dir: Path) -> bool:
    """Tell whether an upgrade closed the site and did not end; notes that can't be read may say so."""
    try:
        notes = read(data_dir)
    except Conflict:
        return True
    return notes is not None and notes.has_begun


def describe(notes: Notes) -> str:
    """Say which upgrade stopped, where, and what goes on."""
    at = f"did not end (it stopped while {DOING[notes.step]})"
    if notes.step == TRIAL:
        again = "`reflexe upgrade` goes on, `reflexe upgrade --back` gives it up"
        return f"the upgrade to {notes.to_version} {at} and changed nothing: {again}"
    if notes.step in BACKWARDS:
        return f"the way back from {notes.to_version} {at}: `reflexe upgrade --back` goes on"
    return f"the upgrade to {notes.to_version} {at}: `reflexe upgrade` goes on, `reflexe upgrade --back` goes back"
