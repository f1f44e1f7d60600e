"""What follows from rows – ties, counts of facets, the index of words – is compared with them as each transaction ends.

Rows of the session are followed by the product; a statement that it sends by itself is not, and must see to both.
"""

import os
import sys
from collections import defaultdict
from collections.abc import Collection
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import ORMExecuteState, Session

from app import HOUSE
from app.core.db import db
from app.ideas import facet_counting
from app.ideas.models import Idea
from app.plan import ties
from app.plan.queries import ties as tie_queries
from app.search.index import index_sync, rebuild, writing

APP, CORE = (f"{HOUSE / folder}{os.sep}" for folder in ("app", "app/core"))
LIBRARIES = f"{os.sep}site-packages{os.sep}"
COUNTED, INDEXED, WRITTEN = "a statement about facets", "a statement about the index", "rows of the index"
TIED = "a statement about what ties ideas to the plan"
# The columns that are counted or indexed of each table (none: any).
Columns = list[tuple[str, Collection[str]]]
OF_FACETS: Columns = [(model.__tablename__, ()) for model in facet_counting.PARTS] + [
    (model.__tablename__, columns) for model, columns in facet_counting.WATCHED.items()
]
OF_TIES: Columns = [(model.__tablename__, columns) for model, columns in ties.WATCHED.items()]
is_comparing = ContextVar("the guard reads: no page did", default=False)
# The words of a text are cut once, however often the index is compared with it.
writing.index_line = lru_cache(maxsize=20_000)(writing.index_line)


def guard() -> None:
    event.listen(db.session, "do_orm_execute", _note_statement)
    event.listen(db.session, "after_flush", _note_rows)
    event.listen(db.session, "before_commit", _compare)
    event.listen(db.session, "after_rollback", _forget)


def _note_statement(state: ORMExecuteState) -> None:
    if state.is_select or not (state.is_insert or state.is_update or state.is_delete) or not _is_of_product():
        return
    statement: Any = state.statement
    changed = {getattr(column, "name", column) for column in statement._values or ()} if state.is_update else None
    for noted, watched in ((COUNTED, OF_FACETS), (INDEXED, _of_index()), (TIED, OF_TIES)):
        for table, columns in watched:
            if table == statement.table.name and (not columns or changed is None or changed & set(columns)):
                state.session.info[noted] = f"{type(statement).__name__} of {table}"


def _of_index() -> Columns:
    """Return the columns of each table that is indexed: rooms say theirs as they are imported."""
    watched = [(one.model, one.columns) for one in index_sync.SOURCES.values()]
    watched += [(model, part.columns) for one in index_sync.SOURCES.values() for model, part in one.parts.items()]
    return [(model.__tablename__, columns) for model, columns in watched]


def _is_of_product() -> bool:
    """Tell whether the statement that is sent comes from the product, not from a test or a library."""
    frame: Any = sys._getframe(2)
    while frame and (frame.f_code.co_filename.startswith(CORE) or LIBRARIES in frame.f_code.co_filename):
        frame = frame.f_back
    return frame is not None and frame.f_code.co_filename.startswith(APP)


def _note_rows(session: Session, _context: Any) -> None:
    noted = session.info.setdefault(WRITTEN, set())
    for row in {*session.new, *session.dirty, *session.deleted}:
        noted |= {(source.kind, part, part.of(row)) for source, part in index_sync._parts_of(row)}


def _compare(session: Session) -> None:
    token = is_comparing.set(True)
    try:
        _compare_ties(session.info.pop(TIED, None))
        _compare_counts(session.info.pop(COUNTED, None))
        _compare_index(session.info.pop(INDEXED, None), session.info.pop(WRITTEN, set()))
    finally:
        is_comparing.reset(token)


def _compare_ties(sent: str | None) -> None:
    assert sent is None or not tie_queries.find_wrong(db.session.scalars(select(Idea.id)).all()), sent


def _compare_counts(sent: str | None) -> None:
    assert sent is None or not (list(facet_counting.list_wrong()) or facet_counting.list_wrong_counts()), sent


def _compare_index(sent: str | None, written: set[tuple[str, Any, Any]]) -> None:
    """Compare the entries of the things whose rows were written; all of them, after a statement."""
    ids = defaultdict[str, set[int]](set)
    for kind, part, number in written:
        ids[kind].update(part.ids(number))
    for source in index_sync.SOURCES.values():
        asked = ids[source.kind]
        true = writing.build_entries(source.read(asked)) if asked else {}
        assert writing.get_entries(source.kind, asked) == true, f"{source.kind}: {sorted(asked)}"
    found = list(rebuild.list_differences()) if sent else []
    assert not found, f"{sent}: {found[:3]}"


def _forget(session: Session) -> None:
    for name in (COUNTED, INDEXED, WRITTEN, TIED):
        session.info.pop(name, None)
