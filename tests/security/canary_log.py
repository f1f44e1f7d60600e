"""A log in which nobody may be read: what a process writes while the database refuses whatever holds the canary."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from app.core import log_lines
from app.core.db import db

WORD = "Canarizelle"


class Log:
    """What was logged: in the form of the product, and in that of any other handler."""

    def __init__(self) -> None:
        self._handlers = []
        for formatter in (log_lines.Lines(), logging.Formatter()):
            handler = logging.StreamHandler(io.StringIO())
            handler.setFormatter(formatter)
            self._handlers.append(handler)

    @property
    def texts(self) -> list[str]:
        return [handler.stream.getvalue() for handler in self._handlers]

    def leaks(self) -> list[str]:
        """Return the lines that hold the canary, and begin anew."""
        found = [line for text in self.texts for line in text.splitlines() if WORD.lower() in line.lower()]
        for handler in self._handlers:
            handler.setStream(io.StringIO())
        return found

    @contextmanager
    def open(self, *names: str) -> Iterator["Log"]:
        """Write what these loggers say (all of them: "")."""
        loggers = [logging.getLogger(name or None) for name in names]
        for logger in loggers:
            for handler in self._handlers:
                logger.addHandler(handler)
        try:
            yield self
        finally:
            for logger in loggers:
                for handler in self._handlers:
                    logger.removeHandler(handler)


@contextmanager
def refusing(reading: str = "") -> Iterator[list[str]]:
    """Have the database fail, by itself, at each statement that holds the canary; list these statements.

    Only those that read the table `reading` fail, if one is named.
    """
    failed = list[str]()

    @event.listens_for(db.engine, "before_cursor_execute", retval=True)
    def spoil(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> Any:
        if WORD.lower() not in f"{statement}{parameters!r}".lower() or reading not in statement:
            return statement, parameters
        failed.append(statement)
        if db.engine.dialect.name == "postgresql":
            return f"{statement} nonsense '", parameters
        return statement, [*parameters, ["one too many"]] if isinstance(parameters, list) else (*parameters, 1)

    try:
        yield failed
    finally:
        event.remove(db.engine, "before_cursor_execute", spoil)
