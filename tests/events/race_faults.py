"""What stands after a round of a race: whether a place was lost or given twice, and who was told what."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.events import seating
from app.events.models.meetings import Event
from app.events.models.registrations import EventMail, EventRegistration
from app.events.places import moves_by_itself
from tests.events.coming import columns_of, count_again

MODES = seating.PLACES


def list_faults(event: Event, largest: dict[str, int]) -> list[str]:
    """Say what is wrong: one too many, a total that is none, one who came twice, who is not told, who lost a rank."""
    columns, counted = columns_of(event), count_again(event)
    faults = [f"{columns} is not {counted}"] if columns != counted else []
    rows = list_rows(event.id, *RIGHT)
    for mode in MODES:
        last_in = max((row.rank or 0 for row in rows if is_by_itself(row) and row.mode == mode), default=0)
        by_door = sum(row.party for row in rows if row.arrival_key and row.state == "in" and row.mode == mode)
        faults += [f"{columns} with {largest}"] if columns[f"taken_{mode}"] > largest[mode] + by_door else []
        faults += [
            f"{row.id} does not know who went past"
            for row in rows
            if (row.state, row.mode) == ("waiting", mode) and (row.rank or 0) < last_in and not row.passed_over_at
        ]
    faults += [f"{row.id} was told {kinds}" for row in rows if not is_right(row, kinds := told(event, row))]
    ranks, keys = [row.rank for row in rows if row.rank], [row.arrival_key for row in rows if row.is_walk_in]
    faults += [f"{row.id} is in and not there" for row in rows if row.is_walk_in and not row.arrived_at]
    return faults + (["two have one rank"] if has_twins(ranks) else []) + (["two are one"] if has_twins(keys) else [])


def has_twins(values: Sequence[Any]) -> bool:
    return len(values) != len(set(values))


def is_by_itself(row: EventRegistration) -> bool:
    """Tell whether somebody has a place which they have not of the door."""
    return row.state == "in" and not row.arrival_key


def list_unaware(event: Event) -> list[str]:
    """Say who waits for a place that is free: nobody, while it goes to them by itself; then, who was not told of it."""
    is_by_press = not moves_by_itself(event.starts_at, clock.now())
    return [
        f"{row.id} waits for a place that is free"
        for row in list_fitting(event)
        if not (is_by_press and "free" in told(event, row))
    ]


def list_fitting(event: Event) -> list[EventRegistration]:
    """Return who waits though so many places are free."""
    db.session.expire(event)
    free = {mode: seating.count_free(event, mode) or 0 for mode in MODES}
    return [row for row in list_rows(event.id, "waiting") if row.party <= free[row.mode]]


NEWS = {"moved", "hidden", "shown"}
# What somebody is told who is there: a place at once, or the wait and then the place; who went elsewhere, both.
RIGHT = {
    "in": ({"in"}, {"waiting", "place"}, {"waiting", "in"}, {"waiting", "place", "in"}),
    "waiting": ({"waiting"}, {"waiting", "in"}, {"waiting", "place"}, {"waiting", "place", "in"}),
}


def is_right(row: EventRegistration, kinds: set[str]) -> bool:
    """Tell whether somebody hears what they should; who was there when it moved or was hidden, of that and of
    what came after.

    Whoever waited, or waits, may also have been told of free places. Whom the door let in is told no more than before.
    """
    if row.is_walk_in:
        return kinds <= NEWS
    if row.arrival_key and row.state == "in" and is_right_of("waiting", kinds):
        return True
    return is_right_of(row.state, kinds)


def is_right_of(state: str, kinds: set[str]) -> bool:
    """Tell whether what somebody is told is so; whoever hears that it is hidden hears that it is shown again."""
    after = kinds - NEWS - {"free"}
    if ("hidden" in kinds) is not ("shown" in kinds):
        return False
    if not kinds & NEWS:
        return after in RIGHT[state] and ("free" not in kinds or "waiting" in kinds)
    return not after or after in RIGHT[state] or (state == "in" and after | {"waiting"} in RIGHT[state])


def list_rows(event_id: int, *states: str) -> Sequence[EventRegistration]:
    which = (EventRegistration.event_id == event_id, EventRegistration.state.in_(states))
    return db.session.scalars(select(EventRegistration).where(*which).order_by(EventRegistration.id)).all()


def told(event: Event, row: EventRegistration) -> set[str]:
    """Return the mails that are to be written to somebody: those of the date that stands."""
    mine = (EventMail.registration_id == row.id, EventMail.starts_at == event.starts_at)
    return set(db.session.scalars(select(EventMail.kind).where(*mine, EventMail.written_at.is_(None))))
