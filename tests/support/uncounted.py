"""Statements of the product that write by themselves in what facets count: whoever sends one has it counted as well."""
import os
import sys
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from app import HOUSE
from app.core.db import db
from app.ideas import counting

APP, CORE = (f"{HOUSE / folder}{os.sep}" for folder in ("app", "app/core"))
LIBRARIES = f"{os.sep}site-packages{os.sep}"
SENT = "statements that facets are counted after"
TABLES = {model.__tablename__: None for model in counting.PLACES} | {
    model.__tablename__: set(columns) for model, columns in counting.WATCHED.items()}


def guard() -> None:
    """Compare the counts at the end of each transaction in which the product sent such a statement."""
    event.listen(db.session, "do_orm_execute", _note)
    event.listen(db.session, "before_commit", _compare)
    event.listen(db.session, "after_rollback", _forget)


def _note(state: ORMExecuteState) -> None:
    if state.is_select or not (state.is_insert or state.is_update or state.is_delete) or not is_of_product():
        return
    statement: Any = state.statement
    columns = TABLES.get(statement.table.name, set())
    written = {getattr(column, "name", column) for column in statement._values or ()} if state.is_update else None
    if columns is None or (columns and (written is None or written & columns)):
        state.session.info[SENT] = f"{type(statement).__name__} of {statement.table.name}"


def is_of_product() -> bool:
    """Tell whether the statement that is sent comes from the product, not from a test or a library."""
    frame: Any = sys._getframe(2)
    while frame and (frame.f_code.co_filename.startswith(CORE) or LIBRARIES in frame.f_code.co_filename):
        frame = frame.f_back
    return frame is not None and frame.f_code.co_filename.startswith(APP)


def _compare(session: Session) -> None:
    sent = session.info.pop(SENT, None)
    assert sent is None or not (list(counting.list_wrong()) or counting.list_wrong_counts()), sent


def _forget(session: Session) -> None:
    session.info.pop(SENT, None)
