"""The index of words of each engine: FTS5 of SQLite, tsvector of PostgreSQL; both are asked for words alike.

An expression is made of words alone (`[a-z0-9_]`), which both take as they are: nothing that was typed is an operator.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    Select,
    String,
    and_,
    bindparam,
    cast,
    column,
    literal,
    literal_column,
    table,
    text,
)
from sqlalchemy.types import UserDefinedType

from app.core.db import db
from app.core.dialect import WRITES


class _TsQuery(UserDefinedType[str]):
    cache_ok = True

    def get_col_spec(self, **_options: Any) -> str:
        return "tsquery"


@dataclass(frozen=True)
class Syntax:
    """How an engine is asked: for a word, for one of several, for all, for some without others."""

    quote: str
    either: str
    both: str
    without: str

    def word(self, word: str) -> str:
        return f"{self.quote}{word}{self.quote}"

    def any(self, parts: Sequence[str]) -> str:
        """Ask for one of these at least; an empty text, which is nowhere, for none."""
        return self._join(self.either, [part for part in parts if part])

    def all(self, parts: Sequence[str]) -> str:
        """Ask for all of these; an empty text where one of them is nowhere."""
        return self._join(self.both, parts) if all(parts) else ""

    def but(self, expression: str, others: str) -> str:
        """Ask for the first without the second, which may be nowhere."""
        return f"({expression}{self.without}{others})" if expression and others else expression

    def _join(self, sign: str, parts: Sequence[str]) -> str:
        return f"({sign.join(dict.fromkeys(parts))})" if parts else ""


_SYNTAX = {"sqlite": Syntax('"', " OR ", " AND ", " NOT "), "postgresql": Syntax("'", " | ", " & ", " & !")}
_WORDS = table("search_words", column("rowid"))


def syntax() -> Syntax:
    return _SYNTAX[db.engine.dialect.name]


def matching(query: Select[Any], number: Any, expression: str) -> Select[Any]:
    """Narrow a SELECT of entries, whose column `number` is given, to those that have the words of an expression.

    PostgreSQL reads them in the SQL itself: how it finds a word depends on how rare it is, so that a plan for any word
    would not do.
    """
    if db.engine.dialect.name == "sqlite":
        has_words = literal_column("search_words").op("MATCH", is_comparison=True)(expression)
        return query.join(_WORDS, _WORDS.c.rowid == number).where(has_words)
    words: Any = literal_column("search_entries.search_words")
    return query.where(words.op("@@", is_comparison=True)(cast(_in_sql(expression), _TsQuery)))


def _in_sql(expression: Any) -> BindParameter[str]:
    """Return an expression, or the parameter that will hold it, to be written into the statement."""
    if isinstance(expression, BindParameter):
        return bindparam(expression.key, type_=String, literal_execute=True)
    return literal(expression, String, literal_execute=True)


def newest_first(number: Any) -> Any:
    """Return the order of the entries that `matching` selects, the largest number first, as the index has them."""
    return _rank(number).desc()


def after(number: Any, place: Any) -> Any:
    """Match the entries that come after a place in that order."""
    return _rank(number) < place


def between(number: Any, first: Any, end: Any) -> Any:
    """Match the entries of `matching` whose numbers are not below the first, and below the end."""
    return and_(_rank(number) >= first, _rank(number) < end)


def _rank(number: Any) -> Any:
    return _WORDS.c.rowid if db.engine.dialect.name == "sqlite" else number


def wipe() -> None:
    """Have the files of SQLite hold no word that went: neither its index of them, nor the journal of what was written.

    PostgreSQL does so by itself, in its own time (autovacuum).
    """
    if db.engine.dialect.name != "sqlite":
        return
    db.session.rollback()
    with db.engine.connect().execution_options(**{WRITES: True}) as connection:
        connection.execute(text("INSERT INTO search_words (search_words) VALUES ('optimize')"))
        connection.commit()
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
