"""A database that is really away or takes no writes, and is itself again afterwards."""

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg
from sqlalchemy import event

from app.core.db import db
from tests.support import postgresql


@contextmanager
def away() -> Iterator[None]:
    """Take the database away from the application: its connections are cut, and new ones are refused."""
    url = db.engine.url
    db.session.remove()
    with (
        _without_file(Path(str(url.database)))
        if url.get_backend_name() == "sqlite"
        else _without_connections(str(url.database))
    ):
        yield


@contextmanager
def _without_file(file: Path) -> Iterator[None]:
    """Put a folder where the file of SQLite was."""
    db.engine.dispose()
    aside = file.rename(f"{file}.aside")
    file.mkdir()
    try:
        yield
    finally:
        db.engine.dispose()
        file.rmdir()
        aside.rename(file)


@contextmanager
def _without_connections(name: str) -> Iterator[None]:
    """Have the server of PostgreSQL end every connection to a database, and take no other."""
    with psycopg.connect(postgresql.address("postgres"), autocommit=True) as server:
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        try:
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            yield
        finally:
            server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


@contextmanager
def silent(address: str) -> Iterator[None]:
    """Have a server of PostgreSQL say nothing: its processes are stopped, and keep their connections open."""
    folder = Path(parse_qs(urlsplit(address).query)["host"][0])
    first = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    stopped = [first, *children(first)]
    try:
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        yield
    finally:
        for pid in stopped:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


def children(pid: int) -> set[int]:
    """Return the processes that a process started, and theirs (Linux); one that ends meanwhile has none."""
    found = set()
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):
            for child in (task / "children").read_text().split():
                found |= {int(child), *children(int(child))}
    return found


@contextmanager
def read_only() -> Iterator[None]:
    """Have the database refuse every write, as a standby does, or a disk that takes none."""
    is_file = db.engine.url.get_backend_name() == "sqlite"
    refuse = "PRAGMA query_only=ON" if is_file else "SET default_transaction_read_only = on"

    def switch(connection: Any, _record: Any, _proxy: Any) -> None:
        connection.execute(refuse)
        if not is_file:
            connection.commit()

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "checkout", switch)
    try:
        yield
    finally:
        event.remove(db.engine, "checkout", switch)
        db.session.remove()
        db.engine.dispose()


@contextmanager
def no_room() -> Iterator[None]:
    """Have the kernel refuse to this process every byte that it would add to a file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
