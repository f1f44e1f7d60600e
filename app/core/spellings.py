"""Expressions that each engine writes in words of its own; `dialect` makes them."""

from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class _Spelt(FunctionElement[Any]):
    words: ClassVar[Mapping[str, str]]


@compiles(_Spelt)
def _spell(element: Any, compiler: Any, **options: Any) -> str:
    parts = (compiler.process(clause, **options) for clause in element.clauses)
    return str(element.words[compiler.dialect.name].format(*parts))


class Among(_Spelt):
    """A comparison, which is not called a boolean: SQLAlchemy would compare it with 1, and SQLite then use no index."""

    name = "among"
    inherit_cache = True
    words: ClassVar[Mapping[str, str]] = {"sqlite": "{} IN {}", "postgresql": "{} = ANY (ARRAY{})"}


class Position(_Spelt):
    """Where a word begins in a text, from 1; 0 where it is not there."""

    name = "position_of"
    inherit_cache = True
    words: ClassVar[Mapping[str, str]] = {"sqlite": "instr({}, {})", "postgresql": "strpos({}, {})"}
