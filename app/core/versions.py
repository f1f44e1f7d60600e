"""Numbers that change whenever what they name changes, and what a process keeps while they stay.

What is kept under a number was read under that one or a later one.
"""

import secrets
import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, ScalarSelect, delete, func, insert, inspect, select, union_all, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core import dialect, months, schema_guard
from app.core.content_version import WRITTEN, ContentVersion
from app.core.db import Model, constant, db

T = TypeVar("T")
CONTENT = "content"
"""The key whose number is the content version."""
SCHEMA = "schema"
PUT_BACK = "putback"
"""The key whose number is the month in which this database was put back last: 202703."""
MOST = 8 * 2**20
"""How much a process keeps, in bytes; what was not asked for longest goes first."""
THING = 4096
"""What a thing that is no text and no file takes, about."""


class Version(Model):
    __tablename__ = "versions"
    private_because = "numbers that change beside what they count"
    is_trace = True
    key: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]


def _select_numbers() -> ScalarSelect[str]:
    key, n = (
        union_all(
            select(Version.key, Version.n),
            select(constant(CONTENT), func.sum(ContentVersion.n)),
            select(constant(SCHEMA), schema_guard.NUMBER),
        )
        .subquery()
        .c
    )
    return select(func.aggregate_strings(key + "=" + dialect.as_text(n), " ")).scalar_subquery()


# Asked at each request: it is built once. There are a handful of keys.
NUMBERS = _select_numbers().label("numbers")
"""All the numbers as one text, a column of whatever statement is sent first; `remember` reads it."""


class MemoryCache:
    """What a process keeps by its name, at most `MOST` bytes of it. A name says all that the thing depends on."""

    def __init__(self) -> None:
        self.size = 0
        self._things: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()

    def find(self, name: Hashable) -> Any:
        """Return the thing, or None."""
        with self._lock:
            if name not in self._things:
                return None
            self._things.move_to_end(name)
            return self._things[name][0]

    def put(self, name: Hashable, value: Any, *, name_size: int = 0) -> None:
        """Keep a thing; `name_size` is what its name takes, in bytes, where that is much beside it."""
        size = name_size + (sys.getsizeof(value) if isinstance(value, str | bytes) else THING)
        with self._lock:
            self._drop(name)
            self._things[name] = (value, size)
            self.size += size
            while self.size > MOST:
                self._drop(next(iter(self._things)))

    def _drop(self, name: Hashable) -> None:
        if name in self._things:
            self.size -= self._things.pop(name)[1]

    def forget(self) -> None:
        """Forget everything: the database became another one."""
        with self._lock:
            self._things.clear()
            self.size = 0


memory_cache = MemoryCache()


def get_number(key: str = CONTENT) -> int:
    """Return the number of a key (0 when it was never touched); all are read once per transaction."""
    return _numbers()[1].get(key, 0)


def _numbers() -> tuple[str, dict[str, int]]:
    """Return the version numbers that this transaction read, with the address of the database that they are of."""
    session = db.session()
    found = session.info.get("versions")
    if found is None or found[0] is not session.get_transaction():
        remember(session.scalar(select(NUMBERS)))
    numbers_there: tuple[str, dict[str, int]] = session.info["versions"][1]
    return numbers_there


def remember(numbers: str | None) -> None:
    """Keep the numbers that the present transaction read, a text such as `settings=2 content=40 schema=28`.

    Raise OtherSchema where the database is not at the schema of this program.
    """
    session = db.session()
    address = str(session.connection().engine.url)
    pairs = (pair.split("=") for pair in (numbers or "").split())
    found = {key: int(n) for key, n in pairs}
    schema_guard.compare(found.get(SCHEMA, 0))
    session.info["versions"] = (session.get_transaction(), (address, found))


def touch(key: str) -> None:
    """Change the number: do it last in the command, since other writers of the key then wait."""
    dialect.add_many(Version.__table__, "n", [{"key": key, "n": 1}])
    db.session().info.pop("versions", None)


def leap(connection: Connection) -> None:
    """Go to numbers that this database never had: it was put back, and a process keeps what was read before."""
    if inspect(connection).has_table(Version.__tablename__):
        connection.execute(update(Version).values(n=Version.n + 1 + secrets.randbelow(2**20)))
        connection.execute(delete(Version).where(Version.key == PUT_BACK))
        connection.execute(insert(Version).values(key=PUT_BACK, n=_number_month(months.present())))


def was_put_back(month: str) -> bool:
    """Tell whether this database was put back in a month: pages of it may be known that nothing here remembers."""
    return get_number(PUT_BACK) == _number_month(month)


def _number_month(month: str) -> int:
    return int(month.replace("-", ""))


def get_or_load(name: Hashable, load: Callable[[], T], *, under: str = CONTENT) -> T:
    """Return what `load` gave, kept in this process for as long as the number of a key stays.

    Inside a transaction that wrote, nothing is kept for others: it may never be stored. What stands under the content
    version, which moves when the transaction ends, is then read anew too.
    """
    address, numbers = _numbers()
    n = numbers.get(under, 0)
    entry = (address, under, name, n)
    may_be_old = under == CONTENT and _wrote()
    found: tuple[T] | None = None if may_be_old else memory_cache.find(entry)
    if found:
        return found[0]
    value = load()
    if not _wrote():
        memory_cache.put(entry, (value,))
    return value


def _wrote() -> bool:
    """Tell whether the present transaction wrote something, or is about to."""
    session = db.session()
    return bool(session.new or session.dirty or session.deleted or WRITTEN in session.connection().info)
