"""How many ideas each value of a facet has, alone."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, null, or_, select, union_all

from app.core import dialect, versions
from app.core.db import db, numbers_parameter
from app.ideas import figure_codes
from app.ideas.facet_models import VERSION, FacetCount, IdeaFacets
from app.ideas.indexes import IS_LISTED, IS_OPEN_NEED
from app.ideas.models import Idea, IdeaCommunity, IdeaIssue, IdeaTag, IdeaTerritory, StatusChange
from app.ideas.queries.reading import is_public
from app.ideas.said import TIED, WAITING
from app.reference.models import Tag, Territory

POPULAR = 2000
ALONE = ("", "")
Value = tuple[str, str]
"""An axis and one of its values, as the counts name them; `ALONE` is no value."""
SELECT = select(FacetCount.axis, FacetCount.value, FacetCount.n)


def get_counts() -> Mapping[str, int]:
    """Return how many ideas the public's lists hold under each value, by `axis:value`, and in all, by `all`.

    Of tags, only those of more than 2 000 ideas are there. The process caches them until a count changes.
    """
    return versions.get_or_load("singles", _load, under=VERSION)


def _load() -> dict[str, int]:
    is_shown = or_(FacetCount.axis != "tag", FacetCount.n > POPULAR)
    query = SELECT.where(counts_beside(ALONE), FacetCount.axis.not_in(figure_codes.AXES), is_shown)
    return {"all": 0} | {f"{axis}:{value}" if value else axis: n for axis, value, n in db.session.execute(query)}


def counts_beside(value: Value) -> ColumnElement[bool]:
    """Match the counts beside a value."""
    return (FacetCount.with_axis == value[0]) & (FacetCount.with_value == value[1])


def get_public_tag_ids(tag_ids: Collection[int]) -> set[int]:
    """Return those of these tags that a public idea has, under this name or one that was merged into it."""
    query = select(FacetCount.value).where(counts_beside(ALONE), FacetCount.axis == "tag", FacetCount.n > 0)
    return {int(value) for value in db.session.scalars(query.where(FacetCount.value.in_(map(str, tag_ids))))}


IDS = numbers_parameter("ids")
Facets = tuple[bool, Collection[str]]
"""Whether an idea is in a private community, and the values (`axis:value`) under which it is counted."""


def list_ids(last: int, size: int) -> list[int]:
    """Return the next ids of ideas, in every state, after the last one."""
    return list(db.session.scalars(select(Idea.id).where(Idea.id > last).order_by(Idea.id).limit(size)))


def get_ids_with_tags(tag_ids: Collection[int]) -> set[int]:
    return set(db.session.scalars(select(IdeaTag.idea_id).where(IdeaTag.tag_id.in_(tag_ids))))


def get_stored_facets(ids: Collection[int]) -> dict[int, Facets]:
    """Return the stored facets of these ideas, by id; an idea that no list holds is absent."""
    rows = db.session.execute(_KEPT, {IDS.key: list(ids)})
    return {idea_id: (is_private, frozenset(keys.split())) for idea_id, is_private, keys in rows}


def compute_facets(ids: Collection[int]) -> dict[int, Facets]:
    """Return the facets that these ideas should have, computed from their rows: as `get_stored_facets`, by id."""
    rows = db.session.execute(_IDEAS, {IDS.key: list(ids)}).all()
    keys: dict[int, set[str]] = defaultdict(set)
    for idea_id, axis, value in db.session.execute(_PLACES, {IDS.key: [row.id for row in rows]}) if rows else ():
        keys[idea_id].add(f"{axis}:{value}")
    steps = _get_steps([row.id for row in rows])
    for row in rows:
        keys[row.id] |= {f"kind:{row.kind}", f"status:{row.status}"}
        if row.is_open_need:
            keys[row.id].add(TIED if row.is_tied else WAITING)
        if row.community_id is not None:
            keys[row.id].add(f"community:{row.community_id}")
        keys[row.id].update(figure_codes.list_codes(row, steps[row.id]))
    return {row.id: (row.is_private, frozenset(keys[row.id])) for row in rows}


def _get_steps(ids: Collection[int]) -> dict[int, list[Any]]:
    """Return the steps of these ideas, the first first."""
    found: dict[int, list[Any]] = defaultdict(list)
    for step in db.session.execute(_STEPS, {IDS.key: list(ids)}) if ids else ():
        found[step.idea_id].append(step)
    return found


def _place(axis: str, table: Any, value: Any) -> Select[Any]:
    return select(table.idea_id, literal(axis), value).select_from(table).where(table.idea_id.in_(IDS))


# Asked by every act on an idea: they are built once.
_KEPT = select(IdeaFacets.idea_id, IdeaFacets.is_private, IdeaFacets.codes).where(IdeaFacets.idea_id.in_(IDS))
_COLUMNS: Any = (Idea.kind, Idea.status, Idea.source, Idea.created_at, Idea.published_at, Idea.answered_at)
_IDEAS = select(
    Idea.id,
    Idea.is_private,
    Idea.community_id,
    Idea.is_tied,
    and_(IS_LISTED, IS_OPEN_NEED).label("is_open_need"),
    *_COLUMNS,
).where(Idea.id.in_(IDS), is_public())
_STEPS = (
    select(StatusChange.idea_id, StatusChange.status, StatusChange.stays, StatusChange.at)
    .where(StatusChange.idea_id.in_(IDS))
    .order_by(StatusChange.idea_id, StatusChange.at, StatusChange.id)
)
_PLACES = union_all(
    _place("community", IdeaCommunity, IdeaCommunity.community_id),
    _place("issue", IdeaIssue, IdeaIssue.issue_id),
    _place("territory", IdeaTerritory, IdeaTerritory.territory_id),
    _place("mrc", IdeaTerritory, func.coalesce(Territory.parent_id, Territory.id)).join(
        Territory, Territory.id == IdeaTerritory.territory_id
    ),
    _place("tag", IdeaTag, func.coalesce(Tag.merged_into, Tag.id)).join(Tag, Tag.id == IdeaTag.tag_id),
)


def stream_stored_facets() -> Iterator[Any]:
    """Yield the stored facets, then the counts, in one statement: both are of one moment.

    A row is the keys of a public idea, or a count: (keys, with_axis, with_value, axis, value, n), without the others.
    """
    columns = (FacetCount.with_axis, FacetCount.with_value, FacetCount.axis, FacetCount.value)
    nothing = dialect.as_text(null())
    keys = select(IdeaFacets.codes, *[nothing] * len(columns), literal(0)).where(IdeaFacets.is_private.is_(False))
    query = union_all(keys, select(nothing, *columns, FacetCount.n))
    yield from db.session.execute(query, execution_options={"yield_per": 1000})
