"""What lists hold, and how many ideas each value of an axis has there: rows that `facet_counting` keeps in step."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import SORTED, Model

VERSION = "facets"
"""The key of `versions` that changes with whatever the counts of facets are made of."""
ALL = ("all", "")
"""The axis and the value under which every idea is."""


class IdeaFacets(Model):
    """The values under which lists hold an idea, as `axis:value` between spaces; an idea that no list holds has none.

    Lists of a private community alone hold what is private. The row is narrow, so that many are looked at quickly.
    """

    __tablename__ = "idea_facets"
    public = True
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), primary_key=True)
    is_private: Mapped[bool]
    codes: Mapped[str]


class FacetCount(Model):
    """How many ideas the public's lists hold under a value of an axis, and under a value of another one as well.

    `with_axis` and `with_value` are empty for the count of a value alone. A value is an id or a code. The axis `mrc`
    counts once an idea placed in two municipalities of an MRC; a merged tag counts under the one that it became. The
    axis `gap` has needs alone: "1" those that wait for an action of the current plan, "0" those that one answers. What
    is said where (`said.py`) is the axis `said`, beside a community, an issue or a tag, or alone.
    """

    __tablename__ = "facet_counts"
    public = True
    __table_args__ = (Index("ix_facet_counts_most", "with_axis", "with_value", "axis", "n", "value"),)
    with_axis: Mapped[str] = mapped_column(primary_key=True)
    with_value: Mapped[str] = mapped_column(primary_key=True)
    axis: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(SORTED, primary_key=True)
    n: Mapped[int]
