"""Statements of the product that write by themselves in what facets count: whoever sends one has it counted as well."""

import os
import sys
from collections.abc import Collection, Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from app import HOUSE
from app.core.db import db
from app.ideas import counting

APP, CORE = (f"{HOUSE / folder}{os.sep}" for folder in ("app", "app/core"))
LIBRARIES = f"{os.sep}site-packages{os.sep}"
SENT = "statements that facets are counted after"
TABLES: dict[str, Collection[str]] = {model.__tablename__: () for model in counting.PLACES} | {
    model.__tablename__: columns for model, columns in counting.WATCHED.items()
}
"""The columns that are counted of each table (none: any)."""


def guard() -> None:
    """Compare the counts at the end of each transaction in which the product sent such a statement."""
    event.listen(db.session, "do_orm_execute", _note)
    event.listen(db.session, "before_commit", _compare)
    event.listen(db.session, "after_rollback", _forget)


@dataclass(frozen=True)
class Write:
    """A statement of the product that writes: its name, that of its table, and the columns of it (None: any, as a new row has)."""

    name: str
    table: str
    columns: Set[str] | None

    def changes(self, columns: Collection[str]) -> bool:
        """Tell whether it writes one of these columns (none: any)."""
        return not columns or self.columns is None or not self.columns.isdisjoint(columns)


def find_write(state: ORMExecuteState) -> Write | None:
    """Return the statement that is sent, if the product sends it itself and it writes; a listener calls it."""
    if state.is_select or not (state.is_insert or state.is_update or state.is_delete) or not _is_of_product():
        return None
    statement: Any = state.statement
    columns = {getattr(column, "name", column) for column in statement._values or ()} if state.is_update else None
    return Write(f"{type(statement).__name__} of {statement.table.name}", statement.table.name, columns)


def _note(state: ORMExecuteState) -> None:
    write = find_write(state)
    if write and write.table in TABLES and write.changes(TABLES[write.table]):
        state.session.info[SENT] = write.name


def _is_of_product() -> bool:
    """Tell whether the statement that is sent comes from the product, not from a test or a library."""
    frame: Any = sys._getframe(3)
    while frame and (frame.f_code.co_filename.startswith(CORE) or LIBRARIES in frame.f_code.co_filename):
        frame = frame.f_back
    return frame is not None and frame.f_code.co_filename.startswith(APP)


def _compare(session: Session) -> None:
    sent = session.info.pop(SENT, None)
    assert sent is None or not (list(counting.list_wrong()) or counting.list_wrong_counts()), sent


def _forget(session: Session) -> None:
    session.info.pop(SENT, None)
