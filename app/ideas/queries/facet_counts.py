"""How many ideas each value of a facet has, alone."""

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, or_, select

from app.core import versions
from app.core.db import db
from app.ideas.counts import VERSION, FacetCount

POPULAR = 2000
ALONE = ("", "")
Value = tuple[str, str]
"""An axis and one of its values, as the counts name them; `ALONE` is no value."""
SELECT = select(FacetCount.axis, FacetCount.value, FacetCount.n)


def singles() -> Mapping[str, int]:
    """Return how many ideas the public's lists hold under each value, by `axis:value`, and in all, by `all`.

    Of tags, only those of more than 2 000 ideas are there. They are kept in the process for as long as they stay.
    """
    return versions.keep("singles", _load, under=VERSION)


def _load() -> dict[str, int]:
    query = SELECT.where(beside(ALONE), or_(FacetCount.axis != "tag", FacetCount.n > POPULAR))
    return {"all": 0} | {f"{axis}:{value}" if value else axis: n for axis, value, n in db.session.execute(query)}


def beside(value: Value) -> ColumnElement[bool]:
    """Match the counts beside a value."""
    return (FacetCount.with_axis == value[0]) & (FacetCount.with_value == value[1])


def ids_in_public(tag_ids: Collection[int]) -> set[int]:
    """Return those of these tags that a public idea has, under this name or one that was merged into it."""
    query = select(FacetCount.value).where(beside(ALONE), FacetCount.axis == "tag", FacetCount.n > 0)
    return {int(value) for value in db.session.scalars(query.where(FacetCount.value.in_(map(str, tag_ids))))}
