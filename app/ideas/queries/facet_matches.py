"""Ideas under several filters at once, looked at one by one, and no more than `MOST` of them."""

from collections import Counter
from collections.abc import Iterable
from itertools import chain

from sqlalchemy import ColumnElement, Select, or_, select

from app.core import dialect
from app.ideas.counts import IdeaFacets
from app.ideas.models import IdeaTag
from app.ideas.queries.facet_counts import POPULAR, Value, singles
from app.ideas.queries.facet_table import values_of
from app.ideas.queries.lists import WORDS, Filters
from app.reference.models import Tag

MOST = 10_000


def select_keys(filters: Filters) -> Select[tuple[str]]:
    """Select the facet keys of the ideas that a list holds, at most `MOST` + 1 of them.

    Tags are those of the present, as `idea_facets` has them.
    """
    chosen = values_of(filters)
    query = select(IdeaFacets.codes).where(_is_open(filters), *(_has_any(values) for values in chosen.values()))
    rarest = min(filters.axes(), key=lambda axis: _size(chosen.get(axis, [])), default=None)
    if rarest:
        query = query.where(IdeaFacets.idea_id.in_(_select_ids(filters, rarest)))
    if filters.words:
        query = query.where(IdeaFacets.idea_id.in_(filters.source(WORDS)))
    return query.limit(MOST + 1)


def tally(found: Iterable[str]) -> Counter[Value]:
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


def _size(values: list[Value]) -> int:
    """Return about how many ideas have one of these values, to begin with the fewest; an author has few."""
    return sum(singles().get(f"{axis}:{key}", POPULAR if axis == "tag" else 0) for axis, key in values)


def _select_ids(filters: Filters, axis: str) -> Select[tuple[int]]:
    """Select the ideas that one axis leaves, those of tags that were merged as well."""
    if axis != "tag":
        return filters.source(axis)
    ids = select(Tag.id).where(or_(Tag.id.in_(filters.tag), Tag.merged_into.in_(filters.tag)))
    return select(IdeaTag.idea_id).where(IdeaTag.tag_id.in_(ids))
