"""INSERT with ON CONFLICT, written once: SQLAlchemy keeps none of them in its own cache."""

from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, literal, select
from sqlalchemy.dialects import postgresql, sqlite

MAKERS: dict[str, Any] = {"postgresql": postgresql, "sqlite": sqlite}
# There are about a hundred in the house; each keeps its SQL.
STATEMENTS = 400


def given(column: Any) -> BindParameter[Any]:
    """Stand for the value that the new row has in a column, in the condition of its statement."""
    return bindparam(_name(column.key), type_=column.type)


def _name(column: str) -> str:
    return f"new_{column}"


@lru_cache(maxsize=STATEMENTS)
def once(dialect: Any, table: Any, columns: tuple[str, ...]) -> Any:
    """Write the insertion of a row that may be there already; it returns one row if this one went in."""
    statement = MAKERS[dialect.name].insert(table).on_conflict_do_nothing().returning(literal(1))
    return statement.compile(dialect=dialect, column_keys=columns)


@lru_cache(maxsize=STATEMENTS)
def each_once(dialect: Any, table: Any, columns: tuple[str, ...]) -> Any:
    """Write the insertion of many rows that may be there already; it says nothing of them."""
    statement = MAKERS[dialect.name].insert(table).on_conflict_do_nothing()
    return statement.compile(dialect=dialect, column_keys=columns)


@lru_cache(maxsize=STATEMENTS)
def once_where(
    dialect: Any,
    table: Any,
    columns: tuple[str, ...],
    condition: ColumnElement[bool],
    computed: tuple[tuple[str, ColumnElement[Any]], ...] = (),
) -> Any:
    """Write the insertion as `once` does, where a condition holds; its values are named as those of `given`.

    `computed` gives the columns whose value is an expression.
    """
    given_or_computed = {name: given(table.c[name]) for name in columns} | dict(computed)
    row = select(*given_or_computed.values()).where(condition)
    statement = MAKERS[dialect.name].insert(table).from_select(columns, row, include_defaults=False)
    return statement.on_conflict_do_nothing().returning(literal(1)).compile(dialect=dialect)


def values_given(values: dict[str, Any]) -> dict[str, Any]:
    """Name the values of a row as `once_where` does."""
    return {_name(name): value for name, value in values.items()}


@lru_cache(maxsize=STATEMENTS)
def upsert(dialect: Any, table: Any, columns: tuple[str, ...], key: tuple[str, ...]) -> Any:
    """Write the insertion of a row, or the change of the one that has the same key to what is not in the key."""
    statement = MAKERS[dialect.name].insert(table)
    new = {name: statement.excluded[name] for name in columns if name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=new).compile(dialect=dialect, column_keys=columns)


@lru_cache(maxsize=STATEMENTS)
def add(dialect: Any, table: Any, column: str) -> Any:
    """Write the addition to a counter, whose row is made when absent."""
    statement = MAKERS[dialect.name].insert(table)
    more = {column: table.c[column] + statement.excluded[column]}
    statement = statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=more)
    return statement.compile(dialect=dialect, column_keys=table.c.keys())
