"""When an action is late: a day that it names is over, and what was planned for it is not there."""

from collections.abc import Iterable
from datetime import date

from app.plan.models.structure import UNFINISHED


def late_since(state: str, days: Iterable[date | None], today: date) -> date | None:
    """Return the first of these days that is over, None on time or once the action is achieved or dropped.

    The days are the end of the action, and those for which its milestones to reach were planned.
    """
    days_over = [day for day in days if day is not None and day < today]
    return min(days_over, default=None) if state in UNFINISHED else None
