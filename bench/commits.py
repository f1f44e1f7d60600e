"""How many durable commits a second the engine and the disk give, without any application: one small row for each."""

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

import psycopg
from sqlalchemy import make_url

from app.core import dialect
from bench import settings
from bench.sites import Site

CONNECTIONS = (1, 4)
Connect = Callable[[], Any]


def rate(site: Site) -> float:
    """Return the commits of a second: the best of one connection and of several."""
    connect = _to_postgresql(site) if site.database else _to_sqlite(site)
    with closing(connect()) as connection:
        connection.execute("CREATE TABLE commits (n INTEGER, words TEXT)")
    best = max(_rate(connect, number) for number in CONNECTIONS)
    with closing(connect()) as connection:
        connection.execute("DROP TABLE commits")
    return best


def _to_sqlite(site: Site) -> Connect:
    """Open a file beside that of the site, with the settings of the platform."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(site.folder / "commits.db", isolation_level=None, timeout=20)
        for pragma in dialect.PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    return connect


def _to_postgresql(site: Site) -> Connect:
    address = dialect.server_address(make_url(site.database))
    return lambda: psycopg.connect(address, autocommit=True)


def _rate(connect: Connect, connections: int) -> float:
    counts: list[int] = []
    until = time.perf_counter() + settings.SECONDS
    threads = [threading.Thread(target=_commit, args=(connect, until, counts)) for _connection in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / settings.SECONDS


def _commit(connect: Connect, until: float, counts: list[int]) -> None:
    count = 0
    with closing(connect()) as connection:
        while time.perf_counter() < until:
            connection.execute(f"INSERT INTO commits VALUES ({count}, 'Oui.')")
            count += 1
    counts.append(count)
