"""Run several acts at the same time, each on a connection of its own."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Barrier
from typing import Any

from flask import Flask
from sqlalchemy import text

from app.core.db import db

# In seconds: the longest that a state is waited for.
PATIENCE = 60
WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
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


def wait_until_somebody_waits(engine: str) -> None:
    """Wait until another connection waits for a lock (a writer of SQLite stands in a line that nobody sees)."""
    until = time.monotonic() + PATIENCE
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while engine == "postgresql" and not connection.scalar(WAITING):
            assert time.monotonic() < until, "nobody waits"
            time.sleep(0.01)
