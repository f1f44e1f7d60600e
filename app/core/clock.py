"""The one clock: UTC below the doors, the region's time in what is shown and in what comes at an hour of the day."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Toronto")
"""The time of the region."""
_story_time: ContextVar[datetime | None] = ContextVar("clock_story_time", default=None)


def now() -> datetime:
    """Return the present time, aware, in UTC; inside `telling`, the moment of the story."""
    return _story_time.get() or datetime.now(UTC)


def today() -> date:
    """Return the present day in the region."""
    return now().astimezone(ZONE).date()


def ago(**span: float) -> datetime:
    """Return the time that was `span` (as for timedelta) before now."""
    return now() - timedelta(**span)


@contextmanager
def telling(moment: datetime) -> Iterator[None]:
    """Date from a moment what is done inside: the demonstration tells in this way what happened before it was sown."""
    token = _story_time.set(moment)
    try:
        yield
    finally:
        _story_time.reset(token)
