"""The full square, built once in a process: a copy of its file is put back for each test that only reads it."""
import time
from pathlib import Path

from app.accounts.models.people import User
from app.core.db import db
from tests.support import square
from tests.support.house import House
from tests.support.make import Make
from tests.support.state import SqliteState

# Some pages depend on how long ago a text was written: what one may correct, what came lately.
FRESH = 600
"""How many seconds a square is put back before another one is built."""


class SquareOnce:
    """Who reads the square, and the addresses that each of them reads."""

    def __init__(self, house: House):
        self._house = house
        self._built_at = -float(FRESH)
        self._ids: dict[str, int] = {}
        self._paths: dict[str, list[str]] = {}

    def readers(self, make: Make) -> dict[str, tuple[User | None, list[str]]]:
        """Put the square in the database, which is in its reference state; return its readers, and what each reads."""
        if time.monotonic() - self._built_at < FRESH:
            self._put_back()
        else:
            self._build(make)
        return {reader: (db.session.get(User, self._ids[reader]) if reader in self._ids else None, paths)
                for reader, paths in self._paths.items()}

    def _build(self, make: Make) -> None:
        here = square.build(make)
        self._ids = {name: person.id for name, person in here.people.items()}
        self._paths = {reader: paths(here) for reader, paths in square.READERS.items()}
        db.session.remove()
        self._state.keep(self._copy)
        self._built_at = time.monotonic()

    def _put_back(self) -> None:
        db.session.remove()
        self._state.restore(self._copy)
        self._house.forget()

    @property
    def _state(self) -> SqliteState:
        assert isinstance(self._house.state, SqliteState), "pages are looked at on SQLite"
        return self._house.state

    @property
    def _copy(self) -> Path:
        return self._state.file.with_suffix(".square")
