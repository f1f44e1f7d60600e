"""Run several acts at the same time, each on a connection of its own."""
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier
from typing import Any

from flask import Flask

from app.core.db import db


def at_once(app: Flask, acts: Sequence[Callable[[], Any]], *refusals: type[Exception]) -> None:
    """Run the acts in as many threads, which start together, each in a context of its own; some may be refused so."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> None:
        with app.app_context(), suppress(*refusals):
            start.wait()
            act()

    db.session.rollback()
    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(run, acts))
    db.session.rollback()
