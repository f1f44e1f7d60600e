"""Sites of a given size, in a folder or a database of their own that may be kept from one run to the next."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psycopg
from flask import Flask
from sqlalchemy import make_url

from app import create_app
from app.core import dialect, jobs
from app.core.db import db
from app.operations import migrate, reference, schema
from app.operations.bench import bulk
from bench import meetings, settings

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Site:
    """A site of so many ideas, with ten comments and three supports for each."""

    ideas: int
    folder: Path
    database: str

    @cached_property
    def app(self) -> Flask:
        return create_app(
            REFLEXE_ENV="production",
            DATA_DIR=self.folder,
            DATABASE_URL=self.database,
            RATELIMIT_ENABLED=False,
            TYPING_SECONDS=0,
            SECRET_KEY=settings.SECRET,
            SITE_URL=f"http://{settings.HOST}",
            LOG_LEVEL="ERROR",
        )

    def environment(self, port: int) -> dict[str, str]:
        """Return the settings of a server of this site. Behind one proxy, an address of its own for each writer."""
        return {
            "REFLEXE_ENV": "production",
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": self.database,
            "SECRET_KEY": settings.SECRET,
            "SITE_URL": f"http://{settings.HOST}:{port}",
            "HOST": settings.HOST,
            "PORT": str(port),
            "WEB_WORKERS": str(settings.WORKERS),
            "RATELIMIT_ENABLED": "false",
            "TYPING_SECONDS": "0",
            "TRUSTED_PROXIES": "1",
            "LOG_LEVEL": "ERROR",
            "DEMO": "false",
        }

    @property
    def engine(self) -> str:
        """Name the database and its version."""
        with self.app.app_context():
            spoken = db.engine.dialect
            version = ".".join(map(str, spoken.server_version_info or ()))
            return f"{ENGINES[spoken.name]} {version}"

    def backends(self) -> list[int]:
        """Return the processes of PostgreSQL that serve this site."""
        if not self.database:
            return []
        with psycopg.connect(dialect.server_address(make_url(self.database))) as connection:
            mine = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            return [int(pid) for (pid,) in connection.execute(mine)]


def make(ideas: int, folder: Path) -> Site:
    """Make a site, or take the one that an earlier run left."""
    place = folder / str(ideas)
    place.mkdir(parents=True, exist_ok=True)
    site = Site(ideas, place, _own_database(ideas))
    with site.app.app_context():
        migrate.upgrade()
        jobs.prepare(site.app.extensions["huey"])
        reference.seed()
        bulk.seed(ideas=ideas, comments=ideas * settings.COMMENTS, votes=ideas * settings.VOTES)
        meetings.add(ideas // settings.IDEAS_OF_A_MEETING)
    return site


def _own_database(ideas: int) -> str:
    """Make a database of this size on the server that DATABASE_URL names, whose own database is left alone."""
    if not settings.DATABASE_URL:
        return ""
    url = make_url(settings.DATABASE_URL).set(database=f"reflexe_bench_{ideas}")
    with _server() as connection, suppress(psycopg.errors.DuplicateDatabase):
        connection.execute(f'CREATE DATABASE "{url.database}"')
    return url.render_as_string(hide_password=False)


def remove(site: Site) -> None:
    """Drop the database of a site on PostgreSQL; the folder is its owner's."""
    with site.app.app_context():
        schema.disconnect()
    if site.database:
        with _server() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{make_url(site.database).database}" WITH (FORCE)')


def _server() -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(dialect.server_address(make_url(settings.DATABASE_URL)), autocommit=True)
