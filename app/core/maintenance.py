"""The site closed for a while: a mark says so, and a lock proves that nobody is at work meanwhile.

Whoever works shares the lock, then looks at the mark; whoever closes writes the mark, then waits until the lock is its
own. The system takes a lock from a process that is killed, and the mark stays: what was begun is to be ended.
"""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from app.core import clock, file_lock
from app.core.errors import Conflict, DomainError

FILE = "maintenance.json"
# What is shared by all who work, and what one who closes the site holds until the end.
WORK, CLOSING = "at-work.lock", "closing.lock"
# In seconds: how long somebody who is at work may go on.
PATIENCE = 60.0
UPGRADE = "upgrade"
NAMES = {UPGRADE: "an upgrade", "migrate": "a migration", "restore": "a restoration"}
TO_DO = {
    UPGRADE: "run `reflexe upgrade` again, or `reflexe upgrade --back`",
    "migrate": "run `reflexe migrate` again",
    "restore": "run `reflexe restore` again, or `reflexe migrate` to keep the database that is there",
}
HELD = "Another command is at it. %(closure)s"
UNENDED = "%(closure)s Nothing was changed."
STILL_AT_WORK = (
    "Somebody is still at work after %(seconds)s seconds: a long request, a job or a command. Run it again in a "
    "moment, or stop the site and the worker first. Nothing was changed, and the site is open."
)


@dataclass(frozen=True)
class Closure:
    """Since when the site is closed, when it is expected back, if that is known, and why (a key of `NAMES`)."""

    since: datetime
    until: datetime | None = None
    why: str = ""


class Closed(Exception):
    """The site is closed, or was since this process began: nothing is done."""

    def __init__(self, closure: Closure):
        super().__init__(closure.why)
        self.closure = closure


def is_marked(data_dir: Path) -> bool:
    return os.access(f"{data_dir}/{FILE}", os.F_OK)


def read(data_dir: Path) -> Closure | None:
    """Return what the mark says, or None while the site is open; a mark that can't be read closes it, too."""
    file = data_dir / FILE
    try:
        found = json.loads(file.read_text())
        until = datetime.fromisoformat(found["until"]).astimezone(UTC) if found["until"] else None
        return Closure(datetime.fromisoformat(found["since"]).astimezone(UTC), until, str(found["why"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError):
        with suppress(FileNotFoundError):
            return Closure(datetime.fromtimestamp(file.stat().st_mtime, UTC))
        return None


def find(data_dir: Path, began: int | None = None) -> Closure | None:
    """Tell why nothing may be done now, as far as it is known to whoever does not work.

    `began` is what `begin` returned to this process, whose program is that of before once the site was closed.
    """
    if is_marked(data_dir):
        return read(data_dir) or Closure(clock.now())
    if began is not None and _stamp(data_dir) != began:
        # The program of now is on its way.
        return Closure(clock.now(), clock.now())
    return None


@contextmanager
def at_work(data_dir: Path, began: int | None = None) -> Iterator[None]:
    """Do a piece of work, during which nobody closes the site; `began` is as for `find`. Raise Closed."""
    lock = _open(data_dir)
    try:
        is_ours = lock is None or file_lock.take(lock, is_shared=True)
        closure = find(data_dir, began) if is_ours else read(data_dir) or Closure(clock.now())
        if closure:
            raise Closed(closure)
        yield
    finally:
        if lock is not None:
            os.close(lock)


def begin(data_dir: Path) -> int:
    """Return a number that stays until the site is closed; one that is none of those while it is."""
    lock = _open(data_dir)
    if lock is not None:
        os.close(lock)
    stamp = _stamp(data_dir)
    return -1 if is_marked(data_dir) else stamp


def is_over(data_dir: Path, began: int) -> bool:
    """Tell whether the site was closed since `begin` and is open again."""
    return _stamp(data_dir) != began and not is_marked(data_dir)


def _stamp(data_dir: Path) -> int:
    try:
        return os.stat(f"{data_dir}/{WORK}").st_mtime_ns
    except OSError:
        return 0


def _open(data_dir: Path) -> int | None:
    """Open what all who work share; None where that can't be made: nobody can close the site there, either."""
    try:
        return os.open(f"{data_dir}/{WORK}", os.O_RDONLY | os.O_CREAT, 0o600)
    except OSError:
        with suppress(OSError):
            # A disk that takes no writes.
            return os.open(f"{data_dir}/{WORK}", os.O_RDONLY)
        return None


class Hold:
    """What whoever closed the site holds: nobody works until it is released, or until this process ends."""

    def __init__(self, data_dir: Path, turn: int, closure: Closure, *, left: Closure | None):
        self.data_dir, self.closure, self.left = data_dir, closure, left
        self._descriptors, self._former = [turn], 0

    def expect(self, until: datetime | None) -> None:
        """Say when the site is expected back. Raise OSError."""
        self.closure = replace(self.closure, until=until)
        _write(self.data_dir, self.closure)

    def wait(self, patience: float) -> bool:
        """Wait until nobody is at work; tell whether that is so."""
        work = os.open(self.data_dir / WORK, os.O_RDWR | os.O_CREAT, 0o600)
        self._descriptors.append(work)
        if not file_lock.take(work, patience=patience):
            return False
        self._former = os.fstat(work).st_mtime_ns
        self._stamp(max(time.time_ns(), self._former + 1))
        return True

    def _stamp(self, moment: int) -> None:
        os.utime(self.data_dir / WORK, ns=(moment, moment))

    def reopen(self, *, is_unchanged: bool = False) -> None:
        """Open the site again; its processes begin anew, unless nothing was changed meanwhile."""
        if not self._descriptors:
            return
        if is_unchanged and self._former:
            self._stamp(self._former)
        (self.data_dir / FILE).unlink(missing_ok=True)
        self.release()

    def give_up(self) -> None:
        """Leave things as they were: open, or closed by somebody whose work did not end."""
        if self.left is None:
            self.reopen(is_unchanged=True)
        elif self._descriptors:
            with suppress(OSError):
                _write(self.data_dir, self.left)
            self.release()

    def release(self) -> None:
        """Leave the site closed, for whoever ends what was begun."""
        while self._descriptors:
            os.close(self._descriptors.pop())


def close(data_dir: Path, *, why: str, until: datetime | None = None, patience: float = PATIENCE) -> Hold:
    """Close the site, once nobody is at work. Raise Conflict, OSError.

    What a process that ended left closed is taken over, but an upgrade ends what an upgrade left, and nothing else.
    """
    turn = _take_turn(data_dir)
    try:
        left = refuse_other(data_dir, why)
        hold = Hold(data_dir, turn, Closure(left.since if left else clock.now(), until, why), left=left)
    except BaseException:
        os.close(turn)
        raise
    try:
        hold.expect(until)
        if not hold.wait(patience):
            raise Conflict(STILL_AT_WORK, seconds=round(patience))
    except BaseException:
        hold.give_up()
        raise
    return hold


def refuse_other(data_dir: Path, why: str, *, is_held: bool = False) -> Closure | None:
    """Return what left the site closed, if something did that `why` ends. Raise Conflict for what it does not."""
    left = read(data_dir)
    if left and left.why != why and UPGRADE in (left.why, why):
        raise Conflict(UNENDED, closure=describe(left, is_held=is_held))
    return left


@contextmanager
def closed(data_dir: Path, *, why: str, until: datetime | None = None) -> Iterator[Hold]:
    """Close the site meanwhile, and open it again when all went well, unless it was released.

    A refusal, which changes nothing, leaves it as it was. After anything else it stays closed: the next run ends what
    was begun.
    """
    hold = close(data_dir, why=why, until=until)
    try:
        yield hold
    except DomainError:
        hold.give_up()
        raise
    else:
        hold.reopen()
    finally:
        hold.release()


def _take_turn(data_dir: Path) -> int:
    turn = os.open(data_dir / CLOSING, os.O_RDWR | os.O_CREAT, 0o600)
    if file_lock.take(turn, patience=file_lock.LOOK):
        return turn
    os.close(turn)
    raise Conflict(HELD, closure=describe(read(data_dir) or Closure(clock.now()), is_held=True))


def is_held(data_dir: Path) -> bool:
    """Tell whether somebody is closing the site or has it closed now; else a mark was left by one who ended."""
    return file_lock.is_held(data_dir / CLOSING)


def find_foreign(data_dir: Path) -> Path | None:
    """Return a lock that is of another user than its folder: who may not open it works without."""
    for file in (data_dir / WORK, data_dir / CLOSING):
        if file.exists() and file.stat().st_uid != data_dir.stat().st_uid:
            return file
    return None


def _write(data_dir: Path, closure: Closure) -> None:
    """Write the mark whole, and onto the disk: nobody reads half of it, and a machine that stops keeps it."""
    part = data_dir / f".{FILE}.part"
    with part.open("w") as stream:
        json.dump(asdict(closure), stream, default=datetime.isoformat)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(part, data_dir / FILE)
    # Some disks, and Windows, keep a name without being asked, and refuse to be.
    with suppress(OSError):
        folder = os.open(data_dir, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def describe(closure: Closure, *, is_held: bool = False) -> str:
    """Say to an operator since when the site is closed and what to do."""
    since = f"The site is closed since {closure.since:%Y-%m-%d %H:%M} UTC"
    name = NAMES.get(closure.why, "a work of an unknown kind")
    if is_held:
        return f"{since} for {name} that goes on: run this again once it ended."
    return f"{since} for {name} that did not end: {TO_DO.get(closure.why, 'run `reflexe migrate`')}."
