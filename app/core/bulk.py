"""Many rows at once: stored by the quickest way of each engine, and what these then know of them."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import func, select, text

from app.core.db import db
from app.core.dialect import WRITES


def load(model: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Add many rows that all name the same columns, ids in rising order: by COPY on PostgreSQL.

    A column that they do not name has its plain default, or nothing.
    """
    if not rows:
        return
    table, connection = model.__table__, db.session.connection()
    defaults = {
        column.name: column.default.arg
        for column in table.columns
        if column.name not in rows[0] and column.default is not None and column.default.is_scalar
    }
    names = [*rows[0], *defaults]
    writers = [_writer(table.c[name]) for name in names]
    values = [[write(value) for write, value in zip(writers, (row | defaults).values(), strict=True)] for row in rows]
    columns = ", ".join(names)
    cursor = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        cursor.executemany(f"INSERT INTO {table.name} ({columns}) VALUES ({', '.join('?' * len(names))})", values)
        return
    with cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
        for row in values:
            copy.write_row(row)
    if "id" in names:
        db.session.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), rows[-1]["id"])))


def _writer(column: Any) -> Callable[[Any], Any]:
    """Return what turns a value of Python into what the engine is sent."""
    return column.type.dialect_impl(db.engine.dialect).bind_processor(db.engine.dialect) or (lambda value: value)


def analyze() -> None:
    """Let the engine look at its rows now, so that it plans on what is there; after the commit of many rows."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.execution_options(**{WRITES: True}).execute(text("ANALYZE"))
            connection.commit()
        else:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM (ANALYZE)"))
