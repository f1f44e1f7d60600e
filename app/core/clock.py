"""The one clock: UTC below the doors, the region's time only in what is shown."""
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_told: ContextVar[datetime | None] = ContextVar("clock_told", default=None)


def now() -> datetime:
    """Return the present time, aware, in UTC; inside `telling`, the moment of the story."""
    return _told.get() or datetime.now(UTC)


def ago(**span: float) -> datetime:
    """Return the time that was `span` (as for timedelta) before now."""
    return now() - timedelta(**span)


@contextmanager
def telling(moment: datetime) -> Iterator[None]:
    """Let what is done inside be dated from a moment: how the demonstration tells what happened before it was sown."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
