"""The rounds of the drill of an upgrade: how a site goes from a version to the next, and what befalls it meanwhile."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.faults import proof
from bench.faults.browser import Browser, Journal
from bench.faults.interrupt import read_step
from bench.faults.machine import Machine, until
from bench.faults.people import Crowd
from bench.faults.trees import Tree, copy_over
from bench.servers import HOUSE

# In seconds: how long people are at work before and after; how many answers in a row show that a version is there.
CALM, ENOUGH = 4.0, 20
NOTES = "upgrade.json"
FORWARDS = ("examine", "back_up", "rehearse", "close", "copy", "migrate", "move", "check", "count", "reopen")


class Drill:
    """One round: a machine with the rows that were made before, the versions, and the link that its supervisor starts."""

    def __init__(self, machine: Machine, before: Tree, after: Tree, link: Path):
        self.machine, self.before, self.after, self.link = machine, before, after, link
        self.journal, self.version, self.pid = Journal(), before, 0
        self.crowd: Crowd | None = None
        self.lost = 0
        self.point_at(before)

    def point_at(self, tree: Tree) -> None:
        self.link.unlink(missing_ok=True)
        self.link.symlink_to(tree.folder)

    @property
    def program(self) -> Path:
        return self.link / ".venv/bin/reflexe"

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Have the site and its worker at work, people too, and let them go on for a while after."""
        with self.machine.at_work(self.program):
            self.pid = self.machine.processes["run"].pid
            crowd = self.crowd = Crowd(self.machine, self.journal)
            with crowd.at_work():
                time.sleep(CALM)
                yield
                self.journal.step = "after"
                time.sleep(CALM)
            self.journal.step = "proof"
            self._prove(crowd)

    def expect(self, version: Tree, *, same_process: bool = True) -> None:
        """Wait until the site is of a version alone, and have that one proved at the end."""
        self.journal.step, self.version = f"waiting for {version.name}", version
        browser, in_a_row = Browser(self.machine.port, "10.9.0.2", self.journal), 0
        limit = time.monotonic() + 60
        while in_a_row < ENOUGH and time.monotonic() < limit:
            is_there = browser.ask("/about").headers.get("X-Drill") == version.name
            in_a_row = in_a_row + 1 if is_there else 0
            time.sleep(0 if is_there else 0.2)
        if in_a_row < ENOUGH:
            self.journal.fault(f"the site is not of {version.name} after a minute")
        if same_process and (self.machine.restarts or self.machine.processes["run"].pid != self.pid):
            self.journal.fault(f"a supervisor had to start {self.machine.restarts} processes")

    def _prove(self, crowd: Crowd) -> None:
        problems = [f"lost: {one}" for one in proof.list_lost(crowd)]
        self.lost = len(problems)
        problems += [f"unseen: {one}" for one in proof.list_unseen(crowd)]
        problems += proof.list_wrong(self.machine, self.program, self.version.number)
        problems += proof.list_unsent(crowd)
        for one in problems:
            self.journal.fault(one)

    def upgrade(
        self, *arguments: str, interrupted_at: str = "", by: signal.Signals = signal.SIGKILL, code: int = 0
    ) -> None:
        """Run `reflexe upgrade`, and interrupt it at a step, if one is given."""
        self.journal.step = f"upgrade {' '.join(arguments[1:])}" + (
            f"{by.name} at {interrupted_at}" if interrupted_at else ""
        )
        log, notes = self.machine.log, self.machine.data / NOTES
        process = self.machine.start_command(self.program, "upgrade", *arguments, stdout=log, stderr=log)
        if interrupted_at:
            order = [str(notes), interrupted_at, by.name, str(process.pid)]
            watch = [sys.executable, "-m", "bench.faults.interrupt", *order]
            subprocess.run(watch, cwd=HOUSE, check=False, stderr=subprocess.DEVNULL)
        ended = process.wait(300)
        at = read_step(notes)
        if not interrupted_at and ended != code:
            self.journal.fault(f"reflexe upgrade {' '.join(arguments)} ended with {ended}, at {at}")
        if interrupted_at and at != interrupted_at:
            self.journal.fault(f"{interrupted_at} was too short to be interrupted: it was at {at or 'nothing'}")


Round = Callable[[Drill], None]


def stopped(drill: Drill) -> None:
    """Go from a checkout to release folders, by the recipe: the site is stopped while it changes."""
    with drill.at_work():
        drill.journal.step, drill.journal.may_refuse = "stopped", True
        drill.machine.stop()
        drill.machine.run(drill.program, "backup", str(drill.machine.folder / "before.db"))
        drill.point_at(drill.after)
        drill.machine.run(drill.program, "migrate")
        drill.machine.start(drill.program)
        drill.expect(drill.after, same_process=False)


def plain(drill: Drill) -> None:
    """Upgrade by folders."""
    with drill.at_work():
        drill.upgrade(str(drill.after.folder))
        drill.expect(drill.after)


def interrupted(by: signal.Signals) -> Round:
    """Interrupt an upgrade at each step in turn; the same command goes on, until it is let alone."""

    def run(drill: Drill) -> None:
        with drill.at_work():
            for step in FORWARDS:
                drill.upgrade(str(drill.after.folder), interrupted_at=step, by=by)
            drill.upgrade(str(drill.after.folder))
            drill.expect(drill.after)

    return run


def taken_back(drill: Drill) -> None:
    """Interrupt an upgrade at each step in turn, and go back each time."""
    with drill.at_work():
        for n, step in enumerate(FORWARDS):
            drill.upgrade(str(drill.after.folder), interrupted_at=step, by=(signal.SIGKILL, signal.SIGINT)[n % 2])
            drill.upgrade("--back")
            drill.expect(drill.before)


ROUNDS: dict[str, Round] = {
    "stopped": stopped,
    "plain": plain,
    "killed": interrupted(signal.SIGKILL),
    "ctrl-c": interrupted(signal.SIGINT),
    "taken back": taken_back,
}
WITHOUT_FOLDERS = ("stopped",)
