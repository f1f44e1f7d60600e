"""Run several acts at the same time, each on a connection of its own."""

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Barrier
from typing import Any

from flask import Flask

from app.core.db import db

# In seconds; Python leaves a thread alone for 5 ms, in which a whole act may be over.
TURN = 0.0001


def at_once(app: Flask, acts: Sequence[Callable[[], Any]], *refusals: type[Exception]) -> None:
    """Run the acts in as many threads, which start together, each in a context of its own; some may be refused so."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> None:
        with app.app_context(), suppress(*refusals):
            start.wait()
            act()

    db.session.rollback()
    with _short_turns(), ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(run, acts))
    db.session.rollback()


@contextmanager
def _short_turns() -> Iterator[None]:
    """Have threads take turns so often that acts which start together are all under way."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
