"""People who act at the same moment, over four processes of four threads, round after round.

A race is a module of its own that a test starts (`start`) and that ends by `main`: it says which acts there are, and what a
round is. A round stores what people act on, has them act (`Race.do`), and looks at what stands.
"""

import multiprocessing
import os
import random
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from flask import Flask
from huey.storage import MemoryStorage

from app import HOUSE, create_app
from app.core.db import db
from app.core.errors import DomainError
from app.operations import schema
from tests.support.house import SETTINGS, House
from tests.support.make import Make

PROCESSES, THREADS = 4, 4
Act = tuple[str, tuple[Any, ...]]
Acts = Mapping[str, Callable[..., object]]


class Race:
    """The processes of a race, and chance; `refused` is how many acts were refused until now."""

    def __init__(self, chance: random.Random, pipes: Sequence[Connection], size: int) -> None:
        self.chance, self.pipes, self.size, self.refused = chance, pipes, size, 0

    def do(self, acts: list[Act]) -> list[Act]:
        """Have all acts done at once, in an order of chance; return those that were refused."""
        self.chance.shuffle(acts)
        for n, pipe in enumerate(self.pipes):
            pipe.send(acts[n::PROCESSES])
        answers = [zip(acts[n::PROCESSES], pipe.recv(), strict=True) for n, pipe in enumerate(self.pipes)]
        refused = [act for share in answers for act, was_refused in share if was_refused]
        self.refused += len(refused)
        db.session.rollback()
        return refused


Round = Callable[[Race], Sequence[str]]
"""It does what happens in a round, and returns what is wrong afterwards."""


def start(module: str, house: House, folder: Path, rounds: int, size: int) -> None:
    """Run a race on a database of its own, and print how many acts were refused. It fails where a round finds faults."""
    url = house.state.copy(module.rpartition(".")[2], folder)
    run = subprocess.run(
        [sys.executable, "-m", module, url, str(folder), str(rounds), str(size), "7"],
        cwd=HOUSE,
        env=os.environ | {"PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        timeout=7_200,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    print(f"{rounds} rounds of {size} acts, {run.stdout.strip()} refused")


def main(acts: Acts, prepare: Callable[[Make, int], Callable[[Race, int], Sequence[str]]]) -> None:
    """Run the rounds that the command line asks for: <database> <folder> <rounds> <acts of a round> <seed>.

    `prepare` stores what all rounds share, and returns what does one of them by its number.
    """
    url, folder, rounds, size, seed = sys.argv[1:]
    context = multiprocessing.get_context("spawn")
    together, pipes = context.Barrier(PROCESSES), [context.Pipe() for _n in range(PROCESSES)]
    workers = [
        context.Process(target=work, args=(url, folder, together, theirs, acts), daemon=True) for _ours, theirs in pipes
    ]
    for worker, (_ours, theirs) in zip(workers, pipes, strict=True):
        worker.start()
        # Of a worker that ends by accident the end is heard.
        theirs.close()
    race = Race(random.Random(int(seed)), [ours for ours, _theirs in pipes], int(size))
    with open_app(url, folder).app_context():
        run_round = prepare(Make(), race.size)
        for number in range(int(rounds)):
            faults = run_round(race, number)
            assert not faults, f"round {number}: {faults}"
        schema.disconnect()
    for pipe in race.pipes:
        pipe.send(None)
    for worker in workers:
        worker.join()
    print(race.refused)


def open_app(url: str, folder: str) -> Flask:
    app = create_app(**SETTINGS, DATA_DIR=Path(folder), DATABASE_URL=url)
    app.extensions["huey"].storage = MemoryStorage()
    return app


def work(url: str, folder: str, together: Any, pipe: Connection, acts: Acts) -> None:
    """Do the acts that come, all at once with those of the other processes; send back which were refused."""
    app = open_app(url, folder)
    with ThreadPoolExecutor(THREADS) as pool:
        while (coming := pipe.recv()) is not None:
            together.wait()
            pipe.send(list(pool.map(lambda act: is_refused(app, acts, act), coming)))


def is_refused(app: Flask, acts: Acts, act: Act) -> bool:
    name, values = act
    with app.app_context():
        try:
            acts[name](*values)
        except DomainError:
            return True
    return False
