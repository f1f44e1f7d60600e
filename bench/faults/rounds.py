"""The rounds of the drill of an upgrade: how a site goes from a version to the next, and what befalls it meanwhile."""

import os
import random
import re
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import Signals

from app.operations import upgrade as upgrades
from app.operations import upgrade_notes
from bench.faults import interrupt, proof, trees
from bench.faults.browser import Browser, Journal
from bench.faults.machine import Machine
from bench.faults.people import OTHERS, Crowd
from bench.faults.trees import Tree

# In seconds: how long people are at work before and after; how many answers in a row show that a version is there.
CALM, ENOUGH = 4.0, 20
CLOSING = re.compile(rb"Closing the site|The site is closed still")
LOSS = re.compile(r"\b(ideas|comments|supports) (\d+)")
FORWARDS, BACKWARDS = upgrades.NAMES, upgrade_notes.BACKWARDS


class Drill:
    """One round: a machine with the rows of before, the versions, and where its supervisor starts the program from."""

    def __init__(self, machine: Machine, before: Tree, after: Tree, place: Path):
        self.machine, self.before, self.after, self.place = machine, before, after, place
        self.journal, self.version, self.pid = Journal(), before, 0
        self.crowd: Crowd | None = None
        self.lost = 0

    def point_at(self, tree: Tree) -> None:
        self.place.unlink(missing_ok=True)
        self.place.symlink_to(tree.folder)

    @property
    def program(self) -> Path:
        return self.place / ".venv/bin/reflexe"

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Have the site and its worker at work, people too, and let them go on for a while after."""
        with self.served() as crowd:
            with crowd.at_work():
                time.sleep(CALM)
                yield
                self.journal.step = "after"
                time.sleep(CALM)
            self.prove(crowd)

    @contextmanager
    def served(self) -> Iterator[Crowd]:
        with self.machine.at_work(self.program):
            self.pid = self.machine.processes["run"].pid
            self.crowd = Crowd(self.machine, self.journal)
            yield self.crowd

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

    def prove(self, crowd: Crowd) -> None:
        """Note what does not hold of the site as it is now."""
        self.journal.step = "proof"
        problems = [f"lost: {one}" for one in proof.list_lost(crowd)]
        self.lost = len(problems)
        problems += [f"unseen: {one}" for one in proof.list_unseen(crowd)]
        problems += proof.list_wrong(self.machine, self.program, self.version.number)
        problems += proof.list_unsent(crowd)
        for one in problems:
            self.journal.fault(one)

    def upgrade(
        self,
        *arguments: str,
        at: str = "",
        by: Signals = Signals.SIGKILL,
        pid: int = 0,
        after: float = 0,
        code: int = 0,
    ) -> None:
        """Run `reflexe upgrade`. At a step, if one is given, send a signal to it, or to the process that is given.

        It is killed `after` so many seconds in which the site is closed.
        """
        self.journal.step = " ".join(["upgrade", *arguments[1:], *([by.name, "at", at] if at else [])])
        log, options = self.machine.log, {"settings": {"DRILL_STEP": at}}
        begin = log.seek(0, os.SEEK_END)
        process = self.machine.start_command(self.program, "upgrade", *arguments, stdout=log, stderr=log, **options)
        if at:
            interrupt.start(self.machine.data / upgrade_notes.FILE, at, by, process.pid, pid or process.pid)
        while after and process.poll() is None and not CLOSING.search(self.machine.read_log(begin)):
            time.sleep(0.01)
        with suppress(subprocess.TimeoutExpired):
            process.wait(after or 300)
        process.kill()
        ended, now = process.wait(), interrupt.read_step(self.machine.data / upgrade_notes.FILE)
        if ended != code and not after and (not at or pid):
            self.journal.fault(f"reflexe upgrade {' '.join(arguments)} ended with {ended}, at {now}")
        if at and not pid and now != at:
            self.journal.fault(f"{at} was too short to be interrupted: it was at {now or 'nothing'}")


Round = Callable[[Drill], None]


def stopped(drill: Drill) -> None:
    """Make the first move from a checkout to release folders: the site is stopped for the time of the command."""
    with drill.at_work():
        drill.journal.step, drill.journal.may_refuse = "stopped", True
        drill.machine.stop()
        drill.machine.run(drill.after.program(), "upgrade")
        drill.machine.start(drill.program)
        drill.expect(drill.after, same_process=False)


def plain(drill: Drill) -> None:
    """Upgrade by folders."""
    with drill.at_work():
        drill.upgrade(str(drill.after.folder))
        drill.expect(drill.after)


def interrupted(by: Signals) -> Round:
    """Interrupt an upgrade at each step in turn; the same command goes on, until it is let alone."""

    def run(drill: Drill) -> None:
        with drill.at_work():
            for step in FORWARDS:
                drill.upgrade(str(drill.after.folder), at=step, by=by)
            drill.upgrade(str(drill.after.folder))
            drill.expect(drill.after)

    return run


def at_random(drill: Drill) -> None:
    """Kill an upgrade at any moment from the closing on; the same command goes on."""
    rng = random.Random(drill.machine.engine)
    with drill.at_work():
        for _n in range(8):
            drill.upgrade(str(drill.after.folder), after=rng.uniform(0.01, 3))
        drill.upgrade(str(drill.after.folder))
        drill.expect(drill.after)


def taken_back(drill: Drill) -> None:
    """Interrupt an upgrade at each step in turn, and go back each time, which is interrupted and done again, too."""
    with drill.at_work():
        for n, step in enumerate(FORWARDS):
            by = (Signals.SIGKILL, Signals.SIGINT)[n % 2]
            drill.upgrade(str(drill.after.folder), at=step, by=by)
            # While the copy is tried, nothing has changed yet.
            if step != FORWARDS[0]:
                drill.upgrade("--back", at=BACKWARDS[n % 3], by=by)
            drill.upgrade("--back")
            drill.expect(drill.before)


def site_killed(drill: Drill) -> None:
    """Kill the first process of the site, then the worker, in the middle; a supervisor starts others."""
    with drill.at_work():
        drill.journal.may_refuse = True
        drill.upgrade(str(drill.after.folder), at="migrate_database", pid=drill.pid)
        os.kill(drill.machine.processes["worker"].pid, Signals.SIGKILL)
        drill.expect(drill.after, same_process=False)


def in_place(drill: Drill) -> None:
    """Change the files of a checkout under processes that run, let people go on, and upgrade it there."""
    drill.place = drill.place.with_name(f"checkout-{drill.machine.engine}")
    trees.make(drill.before.commit, drill.before.name, drill.place)
    with drill.at_work():
        drill.journal.step = "files changed"
        trees.copy_over(drill.after, drill.place)
        time.sleep(CALM)
        drill.upgrade()
        drill.expect(drill.after)


def another_machine(drill: Drill) -> None:
    """Leave another machine of the same database at work: its program is the former one, and stops before it writes."""
    here = drill.machine
    folder = here.folder / "other"
    other = Machine(here.engine, folder, here.post, database=here.database)
    with drill.at_work(), other.at_work(drill.before.program()):
        journal = Journal(may_refuse=True, patience=0)
        crowd = Crowd(other, journal, OTHERS)
        with crowd.at_work():
            time.sleep(CALM)
            drill.upgrade(str(drill.after.folder))
            drill.expect(drill.after)
            time.sleep(CALM)
        wrong = [one for one in journal.faults if one.endswith(": 500")]
        for one in wrong + [f"lost by another machine: {one}" for one in proof.list_lost(crowd)]:
            drill.journal.fault(one)


def reopened(drill: Drill) -> None:
    """Go back after the site reopened: refused with true numbers, until it is said that they may be lost."""
    with drill.served() as crowd:
        with crowd.at_work():
            time.sleep(CALM)
        drill.upgrade(str(drill.after.folder))
        drill.expect(drill.after)
        later = Crowd(drill.machine, drill.journal, OTHERS)
        with later.at_work():
            time.sleep(CALM)
        kinds = Counter("idea" if one.kind == "draft" else one.kind for one in later.written)
        said = dict(LOSS.findall(drill.machine.run(drill.program, "upgrade", "--back", code=1)))
        true = {"ideas": kinds["idea"], "comments": kinds["comment"], "supports": kinds["support"]}
        if said != {name: str(number) for name, number in true.items()}:
            drill.journal.fault(f"--back says that {said} would be lost, not {true}")
        drill.upgrade("--back", "--lose-them")
        drill.expect(drill.before)
        drill.prove(crowd)
        stays = len(later.written) - len(proof.list_lost(later))
    if stays:
        drill.journal.fault(f"{stays} of {len(later.written)} writes are still there, which were given up")


ROUNDS: dict[str, Round] = {
    "stopped": stopped,
    "plain": plain,
    "killed": interrupted(Signals.SIGKILL),
    "ctrl-c": interrupted(Signals.SIGINT),
    "at random": at_random,
    "taken back": taken_back,
    "site killed": site_killed,
    "in place": in_place,
    "another machine": another_machine,
    "reopened": reopened,
}
WITHOUT_FOLDERS = ("stopped",)
# Several machines share a server, and no file.
OF_SERVERS = ("another machine",)
