"""Drills under load: `python -m bench.faults upgrade`. Exit code 1 when anything went wrong."""

import re
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import click

from bench.faults import rounds, trees
from bench.faults.machine import Machine, PostOffice
from bench.faults.rounds import Drill
from bench.faults.trees import Tree
from tests.support import postgresql

NUMBERS = re.compile(r"\S*\d\S*")
ENGINES = ("sqlite", "postgresql")
OLDEST = "2026.11.0"
"""The last version before release folders: the site is stopped while it moves to them."""
HEAD = f"{'engine':11}{'from → to':24}{'round':20}{'s':>5}{'closed':>8}{'written':>9}{'lost':>6}  answers"


@click.group()
def faults() -> None:
    """Do what an operator does, with accidents, while people use the site."""


@faults.command()
@click.option("--engine", "engines", multiple=True, type=click.Choice(ENGINES), default=ENGINES, show_default=True)
@click.option("--round", "names", multiple=True, type=click.Choice(list(rounds.ROUNDS)), default=list(rounds.ROUNDS))
@click.option("--keep", type=click.Path(path_type=Path), help="Work in this folder, and leave it: logs are there.")
def upgrade(engines: Sequence[str], names: Sequence[str], keep: Path | None) -> None:
    """Upgrade a site while people write; nothing that was acknowledged may be lost."""
    # Whoever ends the drill ends what it started, too.
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="reflexe-drill-") as folder:
        found = _drill(engines, names, keep or Path(folder))
    sys.exit(1 if found else 0)


def _drill(engines: Sequence[str], names: Sequence[str], folder: Path) -> int:
    """Go through the rounds on each engine; return how many faults there were."""
    post, faults = PostOffice(), 0
    try:
        after = trees.make_next("2099.1.0", folder / "releases/2099.1.0")
        befores = [trees.make(commit, name, find_folder(name, folder)) for name, commit in list_befores()]
        print(HEAD)
        for engine in engines:
            if engine == "postgresql":
                postgresql.start()
            for before in befores:
                suited = [name for name in names if (name in rounds.WITHOUT_FOLDERS) != before.upgrades_itself]
                suited = [name for name in suited if engine == "postgresql" or name not in rounds.OF_SERVERS]
                faults += _go_through(suited, engine, before, after, post) if suited else 0
    finally:
        post.close()
    return faults


def list_befores() -> list[tuple[str, str]]:
    """Return the versions to begin with, and their commits: the two last of the changelog, or the present tree."""
    named = [one for one in trees.list_named() if trees.rank(one[0]) >= trees.rank(OLDEST)]
    return named if len(named) == 2 else [*named, ("present", "HEAD")]


def find_folder(name: str, home: Path) -> Path:
    """Return where a version is installed: the oldest is a checkout around all that comes later."""
    return home if name == OLDEST else home / "releases" / name


def _go_through(names: Sequence[str], engine: str, before: Tree, after: Tree, post: PostOffice) -> int:
    """Make the rows that stand before anything, then begin each round with them."""
    home = after.folder.parents[1]
    place = home / engine / before.name
    base, faults = Machine(engine, place / "base", post), 0
    base.fill(before)
    for name in names:
        machine = Machine(engine, place / name, post, database=f"{base.database}_round")
        machine.copy(base)
        drill = Drill(machine, before, after, home / "current")
        drill.point_at(before)
        faults += _go(name, drill)
        machine.log.close()
    base.log.close()
    return faults


def _go(name: str, drill: Drill) -> int:
    """Do one round, print its line, and its faults on standard error; return how many there were."""
    begin = time.monotonic()
    try:
        rounds.ROUNDS[name](drill)
    except Exception as error:
        drill.journal.fault(f"the round ended: {type(error).__name__}: {error}")
    journal = drill.journal
    written = drill.crowd.written if drill.crowd else []
    answers = " ".join(f"{status}:{number}" for status, number in sorted(journal.statuses.items()))
    print(
        f"{drill.machine.engine:11}{drill.before.name + ' → ' + drill.after.name:24}{name:20}"
        f"{time.monotonic() - begin:>5.0f}{journal.longest_closed():>8.1f}{len(written):>9}{drill.lost:>6}  {answers}",
        flush=True,
    )
    alike: dict[str, list[str]] = {}
    for fault in journal.faults:
        alike.setdefault(NUMBERS.sub("", fault).strip(), []).append(fault)
    for first, *others in alike.values():
        print(f"  {first}" + (f" (and {len(others)} like it)" if others else ""), flush=True)
    return len(journal.faults)


if __name__ == "__main__":
    faults()
