"""How many meetings of a list each choice of its filters leaves."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from app.communities.cached_statements import cached_statement
from app.core import dialect
from app.core.actor import Actor
from app.events.models.meetings import Event, EventFeature, EventIssue, EventTerritory
from app.events.queries import lists
from app.events.queries.lists import EventFilters
from app.events.queries.reading import in_sight_of
from app.reference import queries as reference

MOST = 200
"""How many meetings are looked at: of a list that holds more, no number is known."""
AXES = ("community", "territory", "issue", "mode", "access")
Placing = Mapping[str, frozenset[str]]
"""Where a meeting is found: the numbers or the codes of each axis."""


@dataclass(frozen=True)
class Counts:
    """How many meetings there are by axis and by value, each axis as if it were not filtered itself; none if too many.

    Of access, of which a meeting has to have all that is asked, it is how many are left once this is asked as well.
    """

    by: Mapping[str, Mapping[str, int]] | None

    def of(self, axis: str, key: object) -> int | None:
        """Return the number of a value, or None where it is not known; an `mrc` holds its municipalities."""
        return None if self.by is None else self.by.get(axis, {}).get(str(key), 0)


def get_counts(actor: Actor, filters: EventFilters, *, is_past: bool = False, month: date | None = None) -> Counts:
    """Count what a list holds, in one statement: of what is to come, of what is past, or of a month."""
    span = "month" if month else "past" if is_past else "to come"
    rows = lists.read_rows(actor, _select_placed(actor, span), limit=MOST + 1, **lists.span_parameters(span, month))
    return Counts(count_values(map(_place, rows), filters) if len(rows) <= MOST else None)


def count_values(placings: Iterable[Placing], filters: EventFilters) -> Mapping[str, Mapping[str, int]]:
    """Count meetings by axis and by value: one is counted on an axis if all the other filters take it."""
    asked = {axis: _read_asked(filters, axis) for axis in AXES}
    found = defaultdict[str, Counter[str]](Counter)
    for placing in placings:
        without = [axis for axis in AXES if not _is_taken(axis, placing[axis], asked[axis])]
        for axis in AXES if not without else without if len(without) == 1 and without != ["access"] else ():
            found[axis].update(placing[axis])
            if axis == "territory":
                found["mrc"].update(placing["mrc"])
    return found


def _read_asked(filters: EventFilters, axis: str) -> frozenset[str]:
    value = getattr(filters, axis)
    return frozenset(map(str, (value,) if isinstance(value, str) and value else value))


def _is_taken(axis: str, values: frozenset[str], asked: frozenset[str]) -> bool:
    return asked <= values if axis == "access" else not asked or not asked.isdisjoint(values)


@cached_statement
def _select_placed(actor: Actor, span: str) -> Select[Any]:
    event = Event.__table__.c
    filed = (_list_of(EventTerritory.territory_id), _list_of(EventIssue.issue_id), _list_of(EventFeature.feature))
    query = select(event.mode, event.community_id, event.other_ids, event.territory_id, *filed)
    return query.where(in_sight_of(actor), *lists.is_within(span)).limit(lists.LIMIT)


def _list_of(column: Any) -> Any:
    values = select(func.aggregate_strings(dialect.as_text(column), " ")).where(column.class_.event_id == Event.id)
    return values.correlate(Event).scalar_subquery()


def _place(row: Any) -> Placing:
    mode, community_id, other_ids, territory_id, territories, issues, features = row
    catalogue = reference.get_catalogue()
    places = [catalogue.place[number] for number in {territory_id, *map(int, (territories or "").split())} - {None}]
    return {
        "community": frozenset(map(str, {community_id, *other_ids} - {None})),
        "territory": frozenset(str(place.id) for place in places),
        "mrc": frozenset(str(place.parent_id or place.id) for place in places),
        "issue": frozenset((issues or "").split()),
        "mode": frozenset(("in_person", "online") if mode == "hybrid" else (mode,)),
        "access": frozenset((features or "").split()),
    }
