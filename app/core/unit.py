"""One command, one transaction."""
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.exc import NoInspectionAvailable, OperationalError
from sqlalchemy.orm import joinedload

from app.core import dialect
from app.core.db import db
from app.core.errors import NotFound

P = ParamSpec("P")
R = TypeVar("R")
RETRIES = 3
_after: ContextVar[list[Callable[[], None]] | None] = ContextVar("unit_after", default=None)


def begin_writing() -> None:
    """End the read snapshot and begin the write: a reader that turns writer would be refused by SQLite."""
    db.session.rollback()
    db.session().info.pop("versions", None)
    db.session.connection(execution_options={dialect.WRITES: True})


@contextmanager
def unit() -> Iterator[None]:
    """Open one write transaction; an inner one joins the outer one."""
    if _after.get() is not None:
        yield
        return
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
    """Call once the present transaction is safely stored (at once where none is open)."""
    waiting = _after.get()
    if waiting is None:
        callback()
    else:
        waiting.append(callback)


def command(function: Callable[P, R]) -> Callable[P, R]:
    """Run as one transaction; re-read and lock the rows given, so that the answer is about the present."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _after.get() is not None:
            return function(*args, **kwargs)
        for _attempt in range(RETRIES):
            try:
                return _alone(function, args, kwargs)
            except OperationalError as error:
                if not dialect.is_passing(error):
                    raise
        return _alone(function, args, kwargs)

    return run


def _alone(function: Callable[..., R], args: Any, kwargs: Any) -> R:
    with unit():
        for subject in args:
            _reread(subject)
        return function(*args, **kwargs)


def _reread(subject: Any) -> None:
    try:
        state = inspect(subject)
    except NoInspectionAvailable:
        return
    if not getattr(state, "identity", None):
        return
    model, key = type(subject), state.mapper.primary_key[0]
    statement = select(model).where(key == state.identity[0]).execution_options(populate_existing=True)
    for name in getattr(model, "REREAD_WITH", ()):
        statement = statement.options(joinedload(getattr(model, name), innerjoin=True))
    if db.session.scalar(dialect.locked(statement)) is None:
        raise NotFound()
