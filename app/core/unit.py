"""One command, one transaction."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from itertools import groupby
from operator import itemgetter
from typing import Any, ParamSpec, TypeVar, overload

from sqlalchemy import Select, Table, bindparam, inspect, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import joinedload

from app.core import dialect
from app.core.db import db
from app.core.errors import NotFound, NotSent

P = ParamSpec("P")
R = TypeVar("R")
RETRIES = 3
_after: ContextVar[list[Callable[[], None]] | None] = ContextVar("unit_after", default=None)
_is_forbidden: ContextVar[bool] = ContextVar("unit_is_forbidden", default=False)


def forbid(is_forbidden: bool) -> None:
    """Have every transaction raise NotSent from now on, or none any more: a request that only shows a page."""
    _is_forbidden.set(is_forbidden)


def begin_writing() -> None:
    """End the read snapshot and begin the write: a reader that turns writer would be refused by SQLite."""
    db.session.rollback()
    db.session().info.pop("versions", None)
    db.session.connection(execution_options={dialect.WRITES: True})


def read_anew() -> None:
    """End a reading in which a statement failed, and begin another: PostgreSQL answers nothing more in the first."""
    db.session.rollback()
    db.session().info.pop("versions", None)


@contextmanager
def set_apart() -> Iterator[None]:
    """Read what may fail, in a write transaction that goes on without it: PostgreSQL would answer nothing more."""
    with db.session.begin_nested():
        yield


@contextmanager
def unit() -> Iterator[None]:
    """Open one write transaction; an inner one joins the outer one. Raise NotSent where none may be."""
    if _after.get() is not None:
        yield
        return
    if _is_forbidden.get():
        raise NotSent()
    token = _after.set([])
    try:
        begin_writing()
        yield
        db.session.commit()
        for callback in _after.get() or ():
            callback()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _after.reset(token)


def after_commit(callback: Callable[[], None]) -> None:
    """Call once the present transaction is safely stored (at once where none is open); what waits already, once."""
    waiting = _after.get()
    if waiting is None:
        callback()
    elif callback not in waiting:
        waiting.append(callback)


@overload
def command(function: Callable[P, R], /) -> Callable[P, R]: ...


@overload
def command(*, also: Callable[..., Iterable[Any]]) -> Callable[[Callable[P, R]], Callable[P, R]]: ...


def command(function: Any = None, /, *, also: Callable[..., Iterable[Any]] = lambda *_args: ()) -> Any:
    """Run as one transaction; re-read and lock the rows given, so that the answer is about the present.

    `also` takes the same arguments, without the named ones, and returns what else the command changes, to be read
    again and locked with them (None is nothing).
    """
    return _in_one_transaction(function, also) if function else lambda function: _in_one_transaction(function, also)


def _in_one_transaction(function: Callable[P, R], also: Callable[..., Iterable[Any]]) -> Callable[P, R]:
    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _after.get() is not None:
            return function(*args, **kwargs)
        subjects = (*args, *also(*args))
        for _attempt in range(RETRIES):
            try:
                return _run_once(function, subjects, args, kwargs)
            except OperationalError as error:
                if not dialect.is_passing(error):
                    raise
        return _run_once(function, subjects, args, kwargs)

    return run


def _run_once(function: Callable[..., R], subjects: Iterable[Any], args: Any, kwargs: Any) -> R:
    rows = _list_rows(subjects)
    with unit():
        for table, group in groupby(rows, key=itemgetter(0)):
            _hold(table, {row_id: subject for _table, row_id, subject in group})
        return function(*args, **kwargs)


def _list_rows(subjects: Iterable[Any]) -> list[tuple[Table, Any, Any]]:
    """List the rows given and those to lock with them (their subject is None), in the one order of all commands.

    A table comes after those that it refers to, then ids: two commands that cross wait for one another in a line.
    """
    found: dict[tuple[Table, Any], Any] = {}
    for subject in subjects:
        state = inspect(subject, raiseerr=False)
        if not getattr(state, "identity", None):
            continue
        found[state.mapper.local_table, state.identity[0]] = subject
        for name in getattr(subject, "LOCK_WITH", ()):
            above = state.mapper.relationships[name].mapper.local_table
            found.setdefault((above, _column_of(subject, f"{name}_id")), None)
    ranks = _rank_tables()
    return [(*row, found[row]) for row in sorted(found, key=lambda row: (ranks[row[0]], row[1]))]


def _column_of(subject: Any, column: str) -> int:
    """Return a column of a row as it was read; it is read again if it was forgotten since (0: the row is gone)."""
    state, model = inspect(subject), type(subject)
    if known := state.dict.get(column):
        return int(known)
    return db.session.scalar(select(getattr(model, column)).where(model.id == state.identity[0])) or 0


@cache
def _rank_tables() -> dict[Table, int]:
    return {table: n for n, table in enumerate(db.metadata.sorted_tables)}


def _hold(table: Table, rows: dict[Any, Any]) -> None:
    """Lock rows of one table, in the order of their ids, and read those again that were given."""
    given = {row_id: subject for row_id, subject in rows.items() if subject is not None}
    if len(given) < len(rows):
        dialect.lock_rows(table, list(rows))
    if given:
        model: Any = type(next(iter(given.values())))
        found = db.session.scalars(_select_again(model), {"again": list(given)}).all()
        if len(found) < len(given):
            raise NotFound()


@cache
def _select_again(model: Any) -> Select[Any]:
    statement = select(model).where(model.id.in_(bindparam("again", expanding=True))).order_by(model.id)
    statement = statement.options(*_list_joined(model))
    return dialect.lock(statement.execution_options(populate_existing=True))


def _list_joined(model: Any) -> Iterator[Any]:
    """Yield what is read again with a row, and with that in its turn."""
    for name in getattr(model, "REREAD_WITH", ()):
        relation = getattr(model, name)
        beyond = _list_joined(relation.property.mapper.class_)
        yield joinedload(relation, innerjoin=True).options(*beyond)


@command
def under_lock(row: Any, act: Callable[[], R]) -> R:
    """Do an act over a row as it is now, or in the turn of a name where there is no row; nobody writes meanwhile."""
    if isinstance(row, str):
        dialect.take_turn(row)
    return act()
