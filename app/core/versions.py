"""Version tokens: a number per key that changes whenever what it names changes."""
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import dialect
from app.core.db import Model, db

T = TypeVar("T")


class Version(Model):
    __tablename__ = "versions"
    key: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]


# Asked at each request: it is built once.
_NUMBER = select(Version.n).where(Version.key == bindparam("of"))
_cache: dict[tuple[str, str], tuple[int, Any]] = {}


def number(key: str) -> int:
    """Read the number of a key (0 when it was never touched); asked once per transaction."""
    numbers = _numbers()
    if key not in numbers:
        numbers[key] = db.session.scalar(_NUMBER, {"of": key}) or 0
    return numbers[key]


def _numbers() -> dict[str, int]:
    """Return the numbers read in the present transaction; those of one that ended are forgotten."""
    session = db.session()
    session.connection()
    transaction, info = session.get_transaction(), session.info
    if "versions" not in info or info["versions"][0] is not transaction:
        info["versions"] = (transaction, {})
    numbers: dict[str, int] = info["versions"][1]
    return numbers


def touch(key: str) -> None:
    """Change the number: do it last in the command, since other writers of the key then wait."""
    dialect.increase(Version, "key", "n", key=key)
    db.session().info.pop("versions", None)


def fresh(key: str, name: str, load: Callable[[], T]) -> T:
    """Return what `load` gave, kept in this process for as long as the key's number stays."""
    entry, n = (str(db.engine.url), f"{key}:{name}"), number(key)
    if entry not in _cache or _cache[entry][0] != n or n == 0:
        _cache[entry] = (n, load())
    value: T = _cache[entry][1]
    return value
