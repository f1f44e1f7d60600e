"""Who came to a meeting and from where, in numbers: no name, and no place of few people."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.core.db import db
from app.core.small_counts import LEAST, Gathered, gather_small
from app.events.models.meetings import Event
from app.events.models.registrations import IN, EventRegistration


@dataclass(frozen=True)
class Attendance:
    """Who was expected in person, and who came: `arrived` as the door noted it, of whom `walk_ins` unannounced.

    `places` are those where they came from, by number (None: not said), as the meeting itself keeps them once no
    registration says it; `by_mode` is what the minutes say, None where one of the two would be few people, or is not
    said.
    """

    expected: int
    arrived: int
    walk_ins: int
    places: Gathered
    by_mode: tuple[int, int] | None

    @property
    def was_noted(self) -> bool:
        """Tell whether somebody noted arrivals at the door."""
        return self.arrived > 0

    @property
    def absent(self) -> int:
        """Count those who had a place in person and did not come."""
        return self.expected - (self.arrived - self.walk_ins)


def get_attendance(event: Event) -> Attendance:
    """Count who came to a meeting, in one statement."""
    row = EventRegistration
    groups = (row.territory_id, row.is_walk_in, row.arrived_at.is_not(None))
    query = select(*groups, func.sum(row.party)).where(row.event_id == event.id, row.state == IN)
    found = db.session.execute(query.where(row.mode == "in_person").group_by(*groups)).tuples().all()
    places: Counter[int | None] = Counter()
    for territory_id, _is_walk_in, has_come, count in found:
        places[territory_id] += count if has_come else 0
    return Attendance(
        expected=sum(count for _place, is_walk_in, _has_come, count in found if not is_walk_in),
        arrived=sum(places.values()),
        walk_ins=sum(count for _place, is_walk_in, has_come, count in found if is_walk_in and has_come),
        places=read_origins(event) if event.origins else gather_small(places),
        by_mode=_split(event),
    )


def write_origins(places: Gathered) -> dict[str, Any]:
    """Return from where people came as a meeting keeps it: what may be shown of it, and no more."""
    return {"shown": list(places.shown.items()), "others": places.others}


def read_origins(event: Event) -> Gathered:
    return Gathered({place: count for place, count in event.origins["shown"]}, event.origins["others"])


def _split(event: Event) -> tuple[int, int] | None:
    """Return how many came in person and online, where the total gives back no small number."""
    numbers = (event.came_in_person, event.came_online)
    if None in numbers or any(0 < (number or 0) < LEAST for number in numbers):
        return None
    return numbers[0] or 0, numbers[1] or 0


def count_came(event: Event) -> int | None:
    """Return how many came, as the minutes say it; None until somebody says so."""
    numbers = [number for number in (event.came_in_person, event.came_online) if number is not None]
    return sum(numbers) if numbers else None
