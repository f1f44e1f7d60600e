"""What an idea adds to the figures: codes that are counted as its facets are, in parts that dots separate.

| axis | its code says |
|---|---|
| `born` | the month in which it was published, its kind, its status, its origin: `2027-02.need.retained.here` |
| `unanswered` | nothing was said of it yet: the month of its publication, the community that leads it, its origin |
| `answer` | the month of its first answer, the community that leads it, after how many days: `2027-03.2.12` |
| `pace` | the month in which it was published, a station, how many days after the one before: `2027-02.3.44` |

Days are whole ones. Community 0 is none. What was written elsewhere (`imported`) was published there: its first delay
is that of nobody here, and is left out (`-` in `answer`).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from app.core.months import month_of
from app.ideas.transitions import STATIONS

AXES = ("born", "unanswered", "answer", "pace")
BESIDE: dict[str, tuple[str, ...]] = {
    "born": ("community", "mrc", "issue", "territory"),
    "unanswered": ("mrc",),
    "answer": ("mrc",),
    "pace": ("community", "mrc", "issue"),
}
"""The axes whose values each is counted under, beside being counted alone."""
HERE, IMPORTED = "here", "imported"
ANSWERS = ("under_review", "retained", "planned", "underway", "achieved", "declined")
"""The steps by which a community answers an idea; it may also answer and leave it where it is."""
STEPS = {status: station for status, station in STATIONS.items() if status != "declined"}
"""The station of the road that each status leads on to; a decision against an idea leads to none."""


def list_codes(idea: Any, steps: Sequence[Any]) -> Iterator[str]:
    """Yield the codes, `axis:code`, of an idea that lists hold, from its columns and its steps, the first first."""
    published_at: datetime = idea.published_at or idea.created_at
    born, origin = month_of(published_at), IMPORTED if idea.source else HERE
    yield f"born:{born}.{idea.kind}.{idea.status}.{origin}"
    if idea.status == "published" and idea.answered_at is None:
        yield f"unanswered:{born}.{idea.community_id or 0}.{origin}"
    answer = next((step for step in steps if is_answer(step)), None)
    if answer:
        days = "-" if idea.source else str(_count_days(published_at, answer.at))
        yield f"answer:{month_of(answer.at)}.{idea.community_id or 0}.{days}"
    arrivals = {1: None if idea.source else published_at} | _find_arrivals(steps)
    for station in range(2, 6):
        before, at = arrivals.get(station - 1), arrivals.get(station)
        if before and at:
            yield f"pace:{born}.{station}.{_count_days(before, at)}"


def is_answer(step: Any) -> bool:
    """Tell whether a community answers by this step."""
    return step.status in ANSWERS or step.stays


def _find_arrivals(steps: Sequence[Any]) -> dict[int, datetime]:
    """Return when each station but the first was first reached."""
    found: dict[int, datetime] = {}
    for step in steps:
        station = STEPS.get(step.status, 0)
        if station > 1:
            found.setdefault(station, step.at)
    return found


def _count_days(start: datetime, end: datetime) -> int:
    return max((end - start).days, 0)
