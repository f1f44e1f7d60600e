"""The index against the texts, at each commit: what was written through the session, and what a statement wrote by itself."""

from collections import defaultdict
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from app.core.db import db
from app.search.index import index_sync, rebuild, writing
from tests.support.uncounted import find_write

SENT = "statements that the index is compared after"
WRITTEN = "rows that the index is compared for"
is_comparing = ContextVar("the guard reads: no page did", default=False)
# The words of a text are cut once, however often the index is compared with it.
writing.line_of = lru_cache(maxsize=20_000)(writing.line_of)


def guard() -> None:
    """Compare the index with the texts as each transaction ends.

    It is compared for the things whose rows were written, whatever their columns; whole, where the product sent a statement of its own.
    """
    event.listen(db.session, "after_flush", _note_rows)
    event.listen(db.session, "do_orm_execute", _note)
    event.listen(db.session, "before_commit", _compare)
    event.listen(db.session, "after_rollback", _forget)


def _note(state: ORMExecuteState) -> None:
    write = find_write(state)
    if write and any(model.__tablename__ == write.table and write.changes(columns) for model, columns in _watched()):
        state.session.info[SENT] = write.name


def _note_rows(session: Session, _context: Any) -> None:
    noted = session.info.setdefault(WRITTEN, set())
    gone = set(session.deleted)
    for row in {*session.new, *session.dirty, *gone}:
        noted |= {(source.kind, part, part.of(row)) for source, part in index_sync._parts_of(row)}


def _watched() -> list[tuple[Any, tuple[str, ...]]]:
    return [
        pair
        for source in index_sync.SOURCES.values()
        for pair in ((source.model, source.columns), *((model, part.columns) for model, part in source.parts.items()))
    ]


def _compare(session: Session) -> None:
    token = is_comparing.set(True)
    try:
        _compare_now(session)
    finally:
        is_comparing.reset(token)


def _compare_now(session: Session) -> None:
    sent, ids = session.info.pop(SENT, None), defaultdict[str, set[int]](set)
    for kind, part, number in session.info.pop(WRITTEN, ()):
        ids[kind].update(part.ids(number))
    for source in index_sync.SOURCES.values():
        asked = ids[source.kind]
        true = writing.true_entries(source.read(asked)) if asked else {}
        assert writing.read(source.kind, asked) == true, f"{source.kind}: {sorted(asked)}"
    if sent is not None:
        found = list(rebuild.differences())
        assert not found, f"{sent}: {found[:3]}"


def _forget(session: Session) -> None:
    for name in (SENT, WRITTEN):
        session.info.pop(name, None)
