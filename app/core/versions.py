"""Version tokens: a number per key that changes whenever what it names changes."""
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import dialect
from app.core.db import Model, db

T = TypeVar("T")
MOST = 500
"""How many things a process keeps; what was not asked for longest goes first."""


class Version(Model):
    __tablename__ = "versions"
    key: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]


# Asked at each request: it is built once. There are a handful of keys.
_NUMBERS = select(Version.key, Version.n)
_cache: OrderedDict[tuple[str, str], tuple[int, Any]] = OrderedDict()
_lock = Lock()


def number(key: str) -> int:
    """Return the number of a key (0 when it was never touched); all are read once per transaction."""
    return _numbers().get(key, 0)


def _numbers() -> dict[str, int]:
    """Return the numbers as the present transaction read them; those of one that ended are forgotten."""
    session = db.session()
    session.connection()
    transaction, info = session.get_transaction(), session.info
    if "versions" not in info or info["versions"][0] is not transaction:
        info["versions"] = (transaction, dict(session.execute(_NUMBERS).tuples().all()))
    numbers: dict[str, int] = info["versions"][1]
    return numbers


def touch(key: str) -> None:
    """Change the number: do it last in the command, since other writers of the key then wait."""
    dialect.add_many(Version.__table__, "n", [{"key": key, "n": 1}])
    db.session().info.pop("versions", None)


def fresh(key: str, name: str, load: Callable[[], T]) -> T:
    """Return what `load` gave, kept in this process for as long as the key's number stays."""
    entry, n = (str(db.engine.url), f"{key}:{name}"), number(key)
    with _lock:
        found = _cache.get(entry)
        if found:
            _cache.move_to_end(entry)
    if found and found[0] == n and n:
        kept: T = found[1]
        return kept
    value = load()
    with _lock:
        _cache[entry] = (n, value)
        while len(_cache) > MOST:
            _cache.popitem(last=False)
    return value
