"""Every row there is: to tell what a request changed, and to undo it."""
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Table, and_, delete, insert, select, update

from app.core import versions
from app.core.db import db
from tests.support import writes

Rows = dict[tuple[Any, ...], dict[str, Any]]
Photo = dict[str, Rows]
# What was there is whole; it may be put back in any order.
UNCHECKED = {"sqlite": "PRAGMA defer_foreign_keys=ON", "postgresql": "SET LOCAL session_replication_role = replica"}
# What follows from other rows by itself, and is compared with them elsewhere; the number that goes with it.
FOLLOWING, THEIR_NUMBER = {"facet_counts", "idea_facets", "search_entries", "search_vocabulary"}, {"versions": ("facets",)}
_photos: WeakKeyDictionary[Engine, Photo] = WeakKeyDictionary()


def photo() -> Photo:
    """Read all the tables, through a connection that no test holds; again only those that somebody wrote in since."""
    latest = _photos.setdefault(db.engine, {})
    names = writes.since_last_time(db.engine)
    with db.engine.connect() as connection:
        for table in _tables():
            if table.name not in latest or names is None or table.name in names:
                latest[table.name] = {tuple(row[column] for column in _key(table)): dict(row)
                                      for row in connection.execute(select(table)).mappings()}
    return dict(latest)


@cache
def _tables() -> list[Table]:
    """List the tables that acts are about: the content version changes with them, and never goes back."""
    return [table for table in db.metadata.sorted_tables if table.name != "content_versions"]


def changed_tables(before: Photo, after: Photo) -> set[str]:
    """Name the tables that differ, but those that follow from others."""
    return {name for name in _changed(before, after) - FOLLOWING if _without_number(name, before) != _without_number(name, after)}


def _changed(before: Photo, after: Photo) -> set[str]:
    return {name for name in before if before[name] is not after[name] and before[name] != after[name]}


def _without_number(name: str, rows: Photo) -> Rows:
    return {key: row for key, row in rows[name].items() if key != THEIR_NUMBER.get(name)}


def differences(before: Photo, after: Photo) -> set[str]:
    """Name what differs, column by column: `ideas.title`, `votes+` for a new row, `votes-` for one that went."""
    found = set()
    for name in changed_tables(before, after):
        old, new = before[name], after[name]
        found |= {f"{name}+" for key in new.keys() - old.keys()} | {f"{name}-" for key in old.keys() - new.keys()}
        found |= {f"{name}.{column}" for key in old.keys() & new.keys()
                  for column, value in old[key].items() if new[key][column] != value}
    return found


def restore(before: Photo) -> None:
    """Put back what was there, and forget what the process keeps."""
    now = photo()
    differ = _changed(before, now)
    tables = [table for table in _tables() if table.name in differ]
    if tables:
        _write(tables, before, now)
    versions.shelf.forget()


def _write(tables: list[Table], before: Photo, now: Photo) -> None:
    with db.engine.begin() as connection:
        connection.exec_driver_sql(UNCHECKED[connection.dialect.name])
        for table in reversed(tables):
            for key in now[table.name].keys() - before[table.name].keys():
                connection.execute(delete(table).where(_is(table, key)))
        for table in tables:
            missing = before[table.name].keys() - now[table.name].keys()
            if missing:
                connection.execute(insert(table), [before[table.name][key] for key in sorted(missing)])
            for key, row in before[table.name].items():
                if key not in missing and now[table.name][key] != row:
                    connection.execute(update(table).where(_is(table, key)).values(**row))


def _key(table: Any) -> list[str]:
    return [column.name for column in table.primary_key]


def _is(table: Any, key: tuple[Any, ...]) -> Any:
    return and_(*(table.c[name] == value for name, value in zip(_key(table), key, strict=True)))
