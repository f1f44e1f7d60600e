"""How many ideas a subject has, by kind, by status, by community and by MRC."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Select, func, literal, select, union_all

from app.core import dialect
from app.core.db import db
from app.hubs.queries.subjects import STATEMENTS, HubSubject
from app.ideas.facet_models import FacetCount
from app.ideas.models import Idea, IdeaCommunity, IdeaTerritory
from app.ideas.queries.facet_counts import counts_beside
from app.ideas.queries.reading import in_public
from app.reference.models import Territory

AXES = ("community", "kind", "mrc", "status")
Counts = Mapping[str, Mapping[str, int]]
"""Numbers of ideas by axis and by value, a code or the text of an id; an idea has one kind and one status."""


def count_ideas(subject: HubSubject) -> Counts:
    """Return the counts of a subject, without the values that no idea has."""
    if subject.is_organisation:
        return _count_feeding(subject)
    rows = db.session.execute(_select_inside(subject) if subject.inside else _select_counts(subject))
    return _group(rows.tuples())


def _group(rows: Iterable[tuple[str, str, int]]) -> Counts:
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for axis, value, number in rows:
        counts[axis][value] = number
    return counts


@lru_cache(maxsize=STATEMENTS)
def _select_counts(subject: HubSubject) -> Select[tuple[str, str, int]]:
    """Select what the table of counts says beside a community, an issue, a territory or a tag."""
    query = select(FacetCount.axis, FacetCount.value, FacetCount.n)
    return query.where(counts_beside(subject.value), FacetCount.axis.in_(AXES), FacetCount.n > 0)


@lru_cache(maxsize=STATEMENTS)
def _select_inside(subject: HubSubject) -> CompoundSelect[Any]:
    """Select the counts of a private community, which no table has: it holds few ideas."""
    of_place = (
        (IdeaTerritory, IdeaTerritory.idea_id == Idea.id),
        (Territory, Territory.id == IdeaTerritory.territory_id),
    )
    mrc = func.coalesce(Territory.parent_id, Territory.id)
    return union_all(
        _count_by("kind", Idea.kind, subject),
        _count_by("status", Idea.status, subject),
        _count_by("mrc", dialect.as_text(mrc), subject, *of_place),
    )


def _count_by(axis: str, value: Any, subject: HubSubject, *joined: tuple[Any, Any]) -> Select[Any]:
    query = select(literal(axis), value, func.count(Idea.id.distinct())).select_from(Idea)
    for table, condition in joined:
        query = query.join(table, condition)
    return query.where(subject.in_sight(), Idea.community_id.in_(subject.inside)).group_by(value)


def _count_feeding(subject: HubSubject) -> Counts:
    """Count the ideas that feed the actions of an organisation: they are few, and no table counts them."""
    rows = db.session.execute(_select_feeding(subject)).all()
    values = {(row.id, axis, value) for row in rows for axis, value in _list_values(row) if value}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for _idea_id, axis, value in values:
        counts[axis][str(value)] += 1
    return counts


def _list_values(row: Any) -> list[tuple[str, Any]]:
    communities = [("community", row.community_id), ("community", row.other_id)]
    return [("kind", row.kind), ("status", row.status), *communities]


@lru_cache(maxsize=STATEMENTS)
def _select_feeding(subject: HubSubject) -> Select[Any]:
    """Select ideas, each as many times as other communities share it, once where none does."""
    other_id = IdeaCommunity.community_id.label("other_id")
    query = select(Idea.id, Idea.kind, Idea.status, Idea.community_id, other_id)
    query = query.outerjoin(IdeaCommunity, IdeaCommunity.idea_id == Idea.id)
    return query.where(in_public(), dialect.among(Idea.id, subject.idea_ids()))
