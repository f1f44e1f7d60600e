"""What the table of counts says of a list that is narrowed to one value, or to none."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select

from app.core import dialect
from app.core.db import db
from app.ideas.facet_models import ALL, FacetCount, IdeaFacets
from app.ideas.models import IdeaTag
from app.ideas.queries.facet_counts import ALONE, POPULAR, SELECT, Value, counts_beside, get_counts
from app.ideas.queries.lists import AXES, WORDS, Filters
from app.reference.models import Tag
from app.reference.queries import get_catalogue

TAGS = 12
PLACED = " territory:"


def get_chosen_values(filters: Filters) -> dict[str, list[Value]]:
    """Return the values that are chosen on each axis; a whole MRC is one value, on its own axis."""
    chosen = {axis: [(axis, str(value)) for value in getattr(filters, axis)] for axis in AXES if getattr(filters, axis)}
    if filters.territory:
        chosen["territory"] = _territories(set(filters.territory))
    return chosen


def _territories(ids: set[int]) -> list[Value]:
    wholes = {
        mrc.id: {place.id for place in get_catalogue().within(mrc)} for mrc in get_catalogue().places if mrc.is_mrc
    }
    mrcs = [mrc_id for mrc_id, within in wholes.items() if within <= ids]
    alone = ids.difference(*(wholes[mrc_id] for mrc_id in mrcs))
    return [("mrc", str(mrc_id)) for mrc_id in mrcs] + [("territory", str(place_id)) for place_id in sorted(alone)]


def use_present_tags(filters: Filters) -> Filters:
    """Return these filters with the tags as they are called now: a merged one is that which it became."""
    if len(filters.tag) < 2:
        return filters
    query = select(func.coalesce(Tag.merged_into, Tag.id)).where(Tag.id.in_(filters.tag)).distinct()
    return replace(filters, tag=tuple(sorted(db.session.scalars(query))))


def find_stored_value(filters: Filters) -> Value | None:
    """Return the one value of these filters, `ALONE` without any, or None where the table has no counts for them."""
    values = [value for chosen in get_chosen_values(filters).values() for value in chosen]
    is_of_more = filters.words or filters.author or filters.course or filters.inside or filters.is_placeless
    if is_of_more or len(values) > 1:
        return None
    return values[0] if values else ALONE


def select_counts(value: Value, axes: Collection[str]) -> list[Any]:
    """Select (axis, key, n) of these axes beside a value; the axis `all` is their total, tags are the most used."""
    plain = {*axes} - {"all", "tag"} | ({"mrc"} if "territory" in axes else set())
    queries: list[Any] = [SELECT.where(counts_beside(value), FacetCount.axis.in_(sorted(plain)))] if plain else []
    if "tag" in axes:
        most = SELECT.where(counts_beside(value), FacetCount.axis == "tag", FacetCount.n > 0)
        top = most.order_by(FacetCount.n.desc(), FacetCount.value.desc()).limit(TAGS).subquery()
        queries.append(select(top))
    if "all" in axes:
        axis, key = ALL if value == ALONE else value
        total = select(literal("all"), literal(""), FacetCount.n)
        queries.append(total.where(counts_beside(ALONE), FacetCount.axis == axis, FacetCount.value == key))
    return queries


MOST = 10_000


def select_keys(filters: Filters) -> Select[tuple[str]]:
    """Select the facet keys of the ideas that a list holds, at most `MOST` + 1 of them.

    Tags are those of the present, as `idea_facets` has them.
    """
    chosen = get_chosen_values(filters)
    query = select(IdeaFacets.codes).where(_is_open(filters), *(_has_any(values) for values in chosen.values()))
    query = query.where(*filters.course.key_tests())
    axes = filters.axes()
    rarest = min(axes, key=lambda axis: _size(filters, chosen, axis)) if len(axes) > 1 else next(iter(axes), None)
    if rarest:
        query = query.where(IdeaFacets.idea_id.in_(_select_ids(filters, rarest)))
    if filters.is_placeless:
        query = query.where(~dialect.contains(IdeaFacets.codes, PLACED))
    if filters.words:
        query = query.where(IdeaFacets.idea_id.in_(filters.source(WORDS)))
    return query.limit(MOST + 1)


def count_values(found: Iterable[str]) -> Counter[Value]:
    """Count the values of these keys."""
    keys = Counter(chain.from_iterable(map(str.split, found)))
    return Counter({(axis, value): n for key, n in keys.items() for axis, _colon, value in [key.partition(":")]})


def _is_open(filters: Filters) -> ColumnElement[bool]:
    inside = [_has(("community", str(community_id))) for community_id in filters.inside]
    return or_(IdeaFacets.is_private.is_(False), *inside)


def _has_any(values: list[Value]) -> ColumnElement[bool]:
    return or_(*map(_has, values))


def _has(value: Value) -> ColumnElement[bool]:
    return dialect.contains(IdeaFacets.codes, f" {value[0]}:{value[1]} ")


def _size(filters: Filters, chosen: dict[str, list[Value]], axis: str) -> int:
    """Return about how many ideas an axis leaves, to begin with the fewest; an author has few."""
    if axis == "course":
        return filters.course.estimate()
    values = chosen.get(axis, [])
    return sum(get_counts().get(f"{axis}:{key}", POPULAR if axis == "tag" else 0) for axis, key in values)


def _select_ids(filters: Filters, axis: str) -> Select[tuple[int]]:
    """Select the ideas that one axis leaves, those of tags that were merged as well."""
    if axis != "tag":
        return filters.source(axis)
    ids = select(Tag.id).where(or_(Tag.id.in_(filters.tag), Tag.merged_into.in_(filters.tag)))
    return select(IdeaTag.idea_id).where(IdeaTag.tag_id.in_(ids))
