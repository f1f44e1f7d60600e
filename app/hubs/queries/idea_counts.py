"""How many public ideas a subject has, by kind, by status and by community."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select

from app.core import dialect
from app.core.db import db
from app.hubs.queries.subjects import STATEMENTS, HubSubject
from app.ideas.facet_models import FacetCount
from app.ideas.models import Idea, IdeaCommunity
from app.ideas.queries.facet_counts import counts_beside
from app.ideas.queries.reading import in_public

AXES = ("community", "kind", "mrc", "status")
Counts = Mapping[str, Mapping[str, int]]
"""Numbers of ideas by axis and by value, a code or the text of an id; an idea has one kind and one status."""


def count_ideas(subject: HubSubject) -> Counts:
    """Return the counts of a subject, without the values that no idea has."""
    return _count_feeding(subject) if subject.is_organisation else _count(subject)


def _count(subject: HubSubject) -> Counts:
    """Read what the table of counts says beside an issue, a territory or a tag."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for axis, value, number in db.session.execute(_select_counts(subject)).tuples():
        counts[axis][value] = number
    return counts


@lru_cache(maxsize=STATEMENTS)
def _select_counts(subject: HubSubject) -> Select[tuple[str, str, int]]:
    query = select(FacetCount.axis, FacetCount.value, FacetCount.n)
    return query.where(counts_beside(subject.value), FacetCount.axis.in_(AXES), FacetCount.n > 0)


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
