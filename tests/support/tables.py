"""Every row there is: to tell what a request changed, and to undo it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar
from weakref import WeakKeyDictionary, WeakSet

from sqlalchemy import Connection, Engine, Select, Table, delete, event, insert, select

from app.core import versions
from app.core.db import db

Rows = dict[tuple[Any, ...], dict[str, Any]]
Photo = dict[str, Rows]
Thing = TypeVar("Thing")
# What follows from other rows by itself, and is compared with them elsewhere; the number that goes with it.
FOLLOWING, THEIR_NUMBER = (
    {"facet_counts", "idea_facets", "search_entries", "search_lost_words", "search_vocabulary"},
    {"versions": ("facets",)},
)
# How far a person read.
READING = {"thread_visits"}
_photos: WeakKeyDictionary[Engine, Photo] = WeakKeyDictionary()
# The databases in which nobody wrote since their photo.
_untouched: WeakSet[Engine] = WeakSet()


@event.listens_for(Engine, "commit")
def _note(connection: Connection) -> None:
    _untouched.discard(connection.engine)


def forget() -> None:
    """Say that the database became another one."""
    _untouched.clear()


def photo() -> Photo:
    """Read all the tables, through a connection that no test holds; again only where somebody wrote since."""
    latest = _photos.setdefault(db.engine, {})
    if db.engine not in _untouched:
        with db.engine.connect() as connection:
            for table in _tables():
                rows = _read(connection, table)
                # What is as it was stays the same object: nobody compares it row by row again.
                latest[table.name] = latest[table.name] if latest.get(table.name) == rows else rows
        _untouched.add(db.engine)
    return dict(latest)


def _read(connection: Connection, table: Table) -> Rows:
    columns = table.columns.keys()
    places = [columns.index(name) for name in _key(table)]
    return {
        tuple(row[place] for place in places): dict(zip(columns, row, strict=True))
        for row in connection.execute(_select(table))
    }


@cache
def _select(table: Table) -> Select[Any]:
    return select(table)


@cache
def _tables() -> list[Table]:
    """List the tables that acts are about: the content version changes with them, and never goes back."""
    return [table for table in db.metadata.sorted_tables if table.name != "content_versions"]


def changed_tables(before: Photo, after: Photo) -> set[str]:
    """Name the tables that differ, but those that follow from others."""
    return {
        name
        for name in _changed(before, after) - FOLLOWING
        if _without_number(name, before) != _without_number(name, after)
    }


def _changed(before: Photo, after: Photo) -> set[str]:
    return {name for name in before if before[name] is not after[name] and before[name] != after[name]}


def _without_number(name: str, rows: Photo) -> Rows:
    return {key: row for key, row in rows[name].items() if key != THEIR_NUMBER.get(name)}


def tables_read(before: Photo, after: Photo) -> set[str]:
    """Name the tables that keep what a person read of a page and differ in that alone: it is no effect of an act."""
    return READING | (
        {"notices"}
        if {cell for cell in differences(before, after) if cell.startswith("notices")} <= {"notices.read_at"}
        else set()
    )


def differences(before: Photo, after: Photo) -> set[str]:
    """Name what differs, column by column: `ideas.title`, `votes+` for a new row, `votes-` for one that went."""
    found = set()
    for name in changed_tables(before, after):
        old, new = before[name], after[name]
        found |= {f"{name}+" for key in new.keys() - old.keys()} | {f"{name}-" for key in old.keys() - new.keys()}
        found |= {
            f"{name}.{column}"
            for key in old.keys() & new.keys()
            for column, value in old[key].items()
            if new[key][column] != value
        }
    return found


def restore(before: Photo) -> None:
    """Put back what was there, and forget what the process keeps of it."""
    now = photo()
    tables = [table for table in _tables() if before[table.name] is not now[table.name]]
    if tables:
        with without_parents() as connection:
            for table in tables:
                connection.execute(delete(table))
                if before[table.name]:
                    connection.execute(insert(table), [row for _key, row in sorted(before[table.name].items())])
        # What was just written is known: it need not be read again.
        _photos[db.engine].update({table.name: before[table.name] for table in tables})
        _untouched.add(db.engine)
    versions.memory_cache.forget()


@contextmanager
def without_parents() -> Iterator[Connection]:
    """Write without what follows from it: the parents of a row are not asked for, and its children stay when it goes."""
    with db.engine.connect() as connection:
        is_file, driver = connection.dialect.name == "sqlite", connection.connection
        if is_file:
            driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                if not is_file:
                    connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
                yield connection
        finally:
            if is_file:
                driver.execute("PRAGMA foreign_keys=ON")


def on_same_rows(things: Iterable[Thing]) -> Iterator[Thing]:
    """Go through states or examples of one test: each begins with the rows that were there before the first.

    Rows that were made for one of them leave the session with it.
    """
    before, session_before = photo(), list(db.session)
    for thing in things:
        yield thing
        db.session.rollback()
        for row in set(db.session).difference(session_before):
            db.session.expunge(row)
        restore(before)


def _key(table: Any) -> list[str]:
    return [column.name for column in table.primary_key]
