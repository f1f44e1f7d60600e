"""What the table of counts says of a list that is narrowed to one value, or to none."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import literal, select

from app.ideas.counts import ALL, FacetCount
from app.ideas.queries.facet_counts import ALONE, SELECT, Value, beside
from app.ideas.queries.lists import AXES, Filters
from app.reference.queries import catalogue

TAGS = 12


def values_of(filters: Filters) -> dict[str, list[Value]]:
    """Return the values that are chosen on each axis; a whole MRC is one value, on its own axis."""
    chosen = {axis: [(axis, str(value)) for value in getattr(filters, axis)] for axis in AXES if getattr(filters, axis)}
    if filters.territory:
        chosen["territory"] = _territories(set(filters.territory))
    return chosen


def _territories(ids: set[int]) -> list[Value]:
    wholes = {mrc.id: {place.id for place in catalogue().within(mrc)} for mrc in catalogue().places if mrc.is_mrc}
    mrcs = [mrc_id for mrc_id, within in wholes.items() if within <= ids]
    alone = ids.difference(*(wholes[mrc_id] for mrc_id in mrcs))
    return [("mrc", str(mrc_id)) for mrc_id in mrcs] + [("territory", str(place_id)) for place_id in sorted(alone)]


def kept_value(filters: Filters) -> Value | None:
    """Return the one value of these filters, `ALONE` without any, or None where the table has no counts for them."""
    values = [value for chosen in values_of(filters).values() for value in chosen]
    if filters.words or filters.author or filters.inside or len(values) > 1:
        return None
    return values[0] if values else ALONE


def select_counts(value: Value, axes: Collection[str]) -> list[Any]:
    """Select (axis, key, n) of these axes beside a value; the axis `all` is their total, tags are the most used."""
    plain = {*axes} - {"all", "tag"} | ({"mrc"} if "territory" in axes else set())
    queries: list[Any] = [SELECT.where(beside(value), FacetCount.axis.in_(sorted(plain)))] if plain else []
    if "tag" in axes:
        most = SELECT.where(beside(value), FacetCount.axis == "tag", FacetCount.n > 0)
        top = most.order_by(FacetCount.n.desc(), FacetCount.value.desc()).limit(TAGS).subquery()
        queries.append(select(top))
    if "all" in axes:
        axis, key = ALL if value == ALONE else value
        total = select(literal("all"), literal(""), FacetCount.n)
        queries.append(total.where(beside(ALONE), FacetCount.axis == axis, FacetCount.value == key))
    return queries
