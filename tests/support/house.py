"""The application under test: one per engine and per process, on a database that returns to its first state."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import brotli
from flask import Flask
from huey.storage import MemoryStorage
from jinja2 import FileSystemBytecodeCache

from app import create_app
from app.accounts import limits
from app.core import dialect, jobs, maintenance, versions
from app.core.db import db
from app.operations import migrate, reference, schema
from app.web.frame import assets
from tests.support import guards, hashing, tables
from tests.support.migration_cases import import_models, upgrade
from tests.support.state import PostgresqlState, SqliteState, State

SETTINGS: dict[str, Any] = {
    "TESTING": True,
    "REFLEXE_ENV": "development",
    "SECRET_KEY": "a key for tests, long enough to be one",
    "RATELIMIT_ENABLED": False,
    "TYPING_SECONDS": 0,
    "SITE_URL": "http://localhost",
    "SITE_NAME": "Réflexe DS",
    "SITE_ORGANISATION": "Concertation Horizon",
    "PRIVACY_OFFICER_NAME": "Camille Protection",
    "PRIVACY_OFFICER_EMAIL": "vie-privee@example.org",
    "MAIL_FROM": "reflexe@example.org",
    "MAIL_URL": "",
    "REDIS_URL": "",
    "DEMO": False,
    "REQUIRE_TWO_FACTOR": False,
    "TRUSTED_PROXIES": 0,
    "KEPT_PAGES_MB": 0,
    "SEARCH_INDEXING": True,
    "LOG_LEVEL": "WARNING",
}
# As many connections as the product has at the most, none of which is closed, and the latest first: what a server keeps
# for a connection – plans, statements, what it read of its catalogue – is made once, not in each race.
POOL: dict[str, dict[str, Any]] = {
    "sqlite": {},
    "postgresql": {"pool_size": 20, "max_overflow": 0, "pool_use_lifo": True},
}
# A list without an order comes the other way round on SQLite: whoever counts on its order hears of it.
dialect.PRAGMAS = (*dialect.PRAGMAS, "reverse_unordered_selects=ON")
# A template is compiled once in a run, for all the applications that its workers make.
COMPILED = "REFLEXE_TEST_TEMPLATES"
if COMPILED not in os.environ:
    os.environ[COMPILED] = tempfile.mkdtemp(prefix="reflexe-templates-")
    atexit.register(shutil.rmtree, os.environ[COMPILED], ignore_errors=True)
Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(os.environ[COMPILED])}
# So is what they serve compressed, in each process.
assets.brotli = SimpleNamespace(compress=cache(brotli.compress))
hashing.lighten()


class House:
    """The application of one engine, and the way back to the reference state."""

    def __init__(self, engine: str, folder: Path, url: str):
        import_models()
        self.engine = engine
        self.app: Flask = create_app(**SETTINGS, ENGINE_OPTIONS=POOL[engine], DATA_DIR=folder, DATABASE_URL=url)
        guards.guard()
        self.app.extensions["huey"].storage = MemoryStorage()
        self._tasks = dict(jobs._tasks)
        kind: type[State] = SqliteState if engine == "sqlite" else PostgresqlState
        with self.app.app_context():
            build_schema()
            reference.seed()
            db.session.remove()
            self.state = kind(db.engine)
            db.session.remove()
        self._settings = dict(self.app.config)

    def reset(self) -> None:
        """Put the database, the caches and the queue back as they were before the first test."""
        self.state.restore()
        self.forget()

    def forget(self) -> None:
        """Empty the caches and the queue: the database became another one."""
        tables.forget()
        versions.memory_cache.forget()
        self.app.extensions["halls"].forget()
        jobs._tasks.clear()
        jobs._tasks.update(self._tasks)
        self.app.extensions["huey"].storage.flush_all()

    def put_settings_back(self) -> None:
        """Undo what a test set and left: the settings of the application, and the limits of this thread."""
        self.app.config.clear()
        self.app.config.update(self._settings)
        limits.rules.set(limits.Rules())
        mark: Path = self.app.config["DATA_DIR"] / maintenance.FILE
        if mark.exists():
            mark.unlink()
            raise AssertionError("the test left the site closed")


@contextmanager
def site(folder: Path, **settings: Any) -> Iterator[Flask]:
    """Make one more platform, with other settings, on a SQLite database of its own; it is in its context."""
    app = create_app(**SETTINGS | settings, DATA_DIR=folder, DATABASE_URL="")
    with app.app_context():
        migrate.upgrade()
        jobs.prepare(app.extensions["huey"])
        yield app
        schema.disconnect()
    app.extensions["huey"].storage.close()


def build_schema() -> None:
    """Make the tables as an operator does: by the migrations."""
    upgrade()
