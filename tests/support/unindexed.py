"""Statements of the product that write by themselves in what search indexes: whoever sends one has it indexed as well."""
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from app.core.db import db
from app.search import following, rebuild
from tests.support.uncounted import is_of_product

SENT = "statements that the index is compared after"


def guard() -> None:
    """Compare the index with the texts at the end of each transaction in which the product sent such a statement."""
    event.listen(db.session, "do_orm_execute", _note)
    event.listen(db.session, "before_commit", _compare)
    event.listen(db.session, "after_rollback", _forget)


def _note(state: ORMExecuteState) -> None:
    if state.is_select or not (state.is_insert or state.is_update or state.is_delete) or not is_of_product():
        return
    statement: Any = state.statement
    written = {getattr(column, "name", column) for column in statement._values or ()} if state.is_update else None
    for model, columns in _watched():
        if model.__table__ is statement.table and (not columns or written is None or written & set(columns)):
            state.session.info[SENT] = f"{type(statement).__name__} of {statement.table.name}"


def _watched() -> list[tuple[Any, tuple[str, ...]]]:
    return [pair for source in following.SOURCES for pair in (
        (source.model, source.columns), *((model, part.columns) for model, part in source.parts.items()))]


def _compare(session: Session) -> None:
    sent = session.info.pop(SENT, None)
    if sent is not None:
        found = list(rebuild.differences())
        assert not found, f"{sent}: {found[:3]}"


def _forget(session: Session) -> None:
    session.info.pop(SENT, None)
