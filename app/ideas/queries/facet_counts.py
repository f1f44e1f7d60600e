"""The counts of facets as they are kept: of each value alone, and of each beside one of another axis."""
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, literal, or_, select

from app.core import versions
from app.core.db import db
from app.ideas.counts import ALL, VERSION, FacetCount
from app.ideas.queries.lists import AXES, Filters
from app.reference.queries import catalogue

POPULAR = 2000
TAGS = 12
ALONE = ("", "")
Value = tuple[str, str]
"""An axis and one of its values, as the counts name them; `ALONE` is no value."""
_SELECT = select(FacetCount.axis, FacetCount.value, FacetCount.n)


def singles() -> Mapping[str, int]:
    """Return how many ideas the public's lists hold under each value, by `axis:value`, and in all, by `all`.

    Of tags, only those of more than 2 000 ideas are there. They are kept in the process for as long as they stay.
    """
    return versions.fresh(VERSION, "singles", _load_singles)


def _load_singles() -> dict[str, int]:
    query = _SELECT.where(_beside(ALONE), or_(FacetCount.axis != "tag", FacetCount.n > POPULAR))
    return {f"{axis}:{value}" if value else axis: n for axis, value, n in db.session.execute(query)}


def _beside(value: Value) -> ColumnElement[bool]:
    return (FacetCount.with_axis == value[0]) & (FacetCount.with_value == value[1])


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
    """Return the value beside which the table counts what these filters leave (`ALONE` for all); None if it doesn't."""
    values = [value for chosen in values_of(filters).values() for value in chosen]
    if filters.words or filters.author or filters.inside or len(values) > 1:
        return None
    return values[0] if values else ALONE


def select_counts(value: Value, axes: Collection[str]) -> list[Any]:
    """Select (axis, key, n) of these axes beside a value; the axis `all` is their total, tags are the most used."""
    plain = {*axes} - {"all", "tag"} | ({"mrc"} if "territory" in axes else set())
    queries: list[Any] = [_SELECT.where(_beside(value), FacetCount.axis.in_(plain))] if plain else []
    if "tag" in axes:
        most = _SELECT.where(_beside(value), FacetCount.axis == "tag", FacetCount.n > 0)
        top = most.order_by(FacetCount.n.desc(), FacetCount.value.desc()).limit(TAGS).subquery()
        queries.append(select(top))
    if "all" in axes:
        axis, key = ALL if value == ALONE else value
        total = select(literal("all"), literal(""), FacetCount.n)
        queries.append(total.where(_beside(ALONE), FacetCount.axis == axis, FacetCount.value == key))
    return queries


def ids_in_public(tag_ids: Collection[int]) -> set[int]:
    """Return those of these tags that a public idea has, under this name or one that was merged into it."""
    query = select(FacetCount.value).where(_beside(ALONE), FacetCount.axis == "tag", FacetCount.n > 0)
    return {int(value) for value in db.session.scalars(query.where(FacetCount.value.in_(map(str, tag_ids))))}
