"""Run migrations inside the application, on either engine: all of them, or none."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from alembic.operations import Operations
from sqlalchemy import Connection, TypeDecorator

from app.core import content_version, dialect, schema_guard
from app.core.db import db

SETTINGS = {"render_as_batch": True, "compare_type": True, "compare_server_default": True, "transactional_ddl": True}
NOT_OURS = ("alembic_", "search_words", "huey_", "sqlite_")


def run() -> None:
    options = {dialect.WRITES: True, schema_guard.CHANGES_SCHEMA: True}
    with db.engine.connect().execution_options(**options) as connection, _without_cascades(connection):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            include_object=is_ours,
            render_item=plainly,
            on_version_apply=_note,
            **SETTINGS,
        )
        with context.begin_transaction():
            # Nobody writes from here on, on any machine.
            context.config.attributes.get("look", lambda _connection: None)(connection)
            _run_each()
            _check(connection)
            content_version.leap(connection)


def _note(step: Any, **_values: Any) -> None:
    """Tell whoever asked for the migrations which one is done."""
    context.config.attributes.get("note", lambda _revision: None)(step.up_revision_id)


def _run_each() -> None:
    """Run the migrations. A table that SQLite copies is read alone: Alembic would read all those that it refers to."""
    with Operations.context(context.get_context()) as operations:
        alter = operations.batch_alter_table
        operations.batch_alter_table = lambda name, **options: alter(
            name, **{"reflect_kwargs": {"resolve_fks": False}} | options
        )
        context.get_context().run_migrations()


@contextmanager
def _without_cascades(connection: Connection) -> Iterator[None]:
    """Turn foreign keys off while SQLite copies tables: dropping the old one would take its children along."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        if not connection.invalidated:  # It is closed, and what it did undone, when Ctrl+C comes within a statement.
            connection.rollback()
            driver.execute("PRAGMA foreign_keys=ON")


def _check(connection: Connection) -> None:
    """Refuse, before anything is stored, a migration after which a row has lost its parent."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"rows without their parent after the migration: {broken[:5]}")


def is_ours(_object: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    """Leave aside what raw SQL makes (the index of words, on PostgreSQL a column) and the tables of the queue."""
    return not (kind in ("table", "column", "index") and (name or "").startswith(NOT_OURS))


def plainly(kind: str, item: Any, _context: Any) -> str | bool:
    """Write the types of our own as what they are in the table: a migration outlives the code."""
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


if context.is_offline_mode():
    raise RuntimeError("migrations run on a database")
run()
