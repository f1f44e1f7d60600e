"""Where the database is: the address that an operator gives, read and checked."""

from pathlib import Path

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from app.core import hosts
from app.core.dialect import POSTGRESQL, server_address

MEMORY = (":memory:", "file:")


def parse_database_url(text: str, *, data_dir: Path, house: Path) -> URL:
    """Return where the database is: a file in `data_dir` unless an address is given.

    A relative file is taken from `house`, so that it is the same wherever a command is run from. ValueError when the
    address is none, or that of a database which is neither SQLite in a file nor PostgreSQL.
    """
    if not text:
        return URL.create("sqlite", database=str(data_dir / "reflexe.db"))
    url = _parse_address(text)
    if url.drivername == "sqlite" and url.database and _is_file(url):
        return url.set(database=str(house / url.database))
    if url.drivername in ("postgres", "postgresql", POSTGRESQL):
        _check_postgresql_address(url)
        return url.set(drivername=POSTGRESQL)
    raise ValueError("neither a file of SQLite nor PostgreSQL")


def _is_file(url: URL) -> bool:
    is_somewhere = url.host or url.username or url.password or url.port or url.query
    return not is_somewhere and not str(url.database).startswith(MEMORY)


def _check_postgresql_address(url: URL) -> None:
    """Raise ValueError when PostgreSQL's own library can't read the address, or its host can be none."""
    try:
        found = conninfo_to_dict(server_address(url))
    except ProgrammingError as error:
        raise ValueError("no address of PostgreSQL") from error
    for host in str(found.get("host", "")).split(","):
        if host and not host.startswith(("/", "@")):  # A folder of sockets.
            hosts.in_ascii(host)


def _parse_address(text: str) -> URL:
    try:
        return make_url(text)
    except ArgumentError as error:
        raise ValueError("no address") from error
