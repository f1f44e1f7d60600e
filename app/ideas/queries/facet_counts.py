"""The counts of facets as they are kept: of each value alone, and of each beside one of another axis."""
from collections.abc import Mapping

from sqlalchemy import ColumnElement, or_, select

from app.core import versions
from app.core.db import db
from app.ideas.counts import VERSION, FacetCount

POPULAR = 2000
ALONE = ("", "")


def singles() -> Mapping[str, int]:
    """Return how many ideas the public's lists hold under each value, by `axis:value`, and in all, by `all`.

    Of tags, only those of more than 2 000 ideas are there. They are kept in the process for as long as they stay.
    """
    return versions.fresh(VERSION, "singles", _load_singles)


def _load_singles() -> dict[str, int]:
    query = select(FacetCount.axis, FacetCount.value, FacetCount.n)
    query = query.where(beside(ALONE), or_(FacetCount.axis != "tag", FacetCount.n > POPULAR))
    return {f"{axis}:{value}" if value else axis: n for axis, value, n in db.session.execute(query)}


def beside(value: tuple[str, str]) -> ColumnElement[bool]:
    """Match the counts under this value of an axis, or those of each value alone (`ALONE`)."""
    return (FacetCount.with_axis == value[0]) & (FacetCount.with_value == value[1])
