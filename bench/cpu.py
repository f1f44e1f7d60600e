"""CPU and queries of one request, in this process and in the database's: no network, no other request beside."""

import contextvars
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from flask import Flask
from sqlalchemy import event, text, update
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from app.core.content_version import ContentVersion
from app.core.db import db
from bench import settings

LEAST, MOST, ENOUGH = 3, 60, 0.5


@dataclass(frozen=True)
class Cost:
    """Of one request: CPU in milliseconds (the median of several), queries, and bytes as sent."""

    milliseconds: float
    queries: int
    body: bytes


class Probe:
    """Asks an application for pages, as a server does, and measures what each costs."""

    def __init__(self, app: Flask) -> None:
        self.app, self.numbers = app, count(1)
        self.statements: list[str] = []
        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", lambda *args: self.statements.append(args[2]))
            is_apart = db.engine.dialect.name == "postgresql"
            self.backend = db.session.scalar(text("SELECT pg_backend_pid()")) if is_apart else None

    def cost(self, path: str, cookie: str = "", *, is_changed: bool = False) -> Cost:
        """Measure a page at an address that nobody asked for before: each has another, which shows the same.

        `is_changed`: something was written since the request before, so that nothing is kept of what it read.
        """
        bodies, times = [self._ask(path, cookie)[0] for _first in range(2)], list[float]()
        while len(times) < LEAST or (sum(times) < ENOUGH and len(times) < MOST):
            if is_changed:
                self._change()
            self.statements.clear()
            bodies[0], seconds = self._ask(path, cookie)
            times.append(seconds)
        queries = sum(not statement.startswith(("BEGIN", "SAVEPOINT")) for statement in self.statements)
        return Cost(median(times) * 1000, queries, bodies[0])

    def _change(self) -> None:
        with self.app.app_context(), db.engine.begin() as connection:
            connection.execute(update(ContentVersion).values(n=ContentVersion.n + 1))

    def _ask(self, path: str, cookie: str) -> tuple[bytes, float]:
        address = f"{path}{'&' if '?' in path else '?'}measure={next(self.numbers)}"
        headers = Headers(settings.HEADERS | ({"Cookie": cookie} if cookie else {}))
        environ = EnvironBuilder(path=address, base_url=self.app.config["SITE_URL"], headers=headers).get_environ()
        before = process_time() + self._backend_time()
        status, body = contextvars.Context().run(answer, self.app, environ)
        spent = process_time() + self._backend_time() - before
        if not status.startswith("200"):
            raise RuntimeError(f"{path}: {status}")
        return body, spent

    def _backend_time(self) -> float:
        return seconds_of([self.backend]) if self.backend else 0


def answer(app: Any, environ: dict[str, Any]) -> tuple[str, bytes]:
    """Call a WSGI application as a server does; return the status and the body."""
    statuses: list[str] = []
    parts = app(environ, lambda status, _headers, _error=None: statuses.append(status))
    try:
        return statuses[-1], b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()


def seconds_of(pids: Iterable[int]) -> float:
    """Return the CPU that processes of this machine have used (0 for those that it does not show)."""
    return sum(int(file.read_text().split()[0]) for pid in pids for file in _threads(pid)) / 1e9


def _threads(pid: int) -> Iterator[Path]:
    return Path(f"/proc/{pid}/task").glob("*/schedstat")
