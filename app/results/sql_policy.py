"""Who finds what: the SQL twin of reading, for entries of the index."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Select, and_, bindparam, case, or_, select, true

from app.comments.models import Thread
from app.communities.cached_statements import reader_key
from app.communities.queries import seen_by
from app.core import dialect, indexed_words
from app.core.actor import Actor
from app.core.db import numbers_parameter
from app.events.models.meetings import Event, EventCommunity
from app.ideas.models import Idea, IdeaCommunity
from app.plan.models.structure import Action, ActionCommunity
from app.search.index.index_sync import SOURCES
from app.search.index.models import IndexEntry
from app.search.index.texts import first_number
from app.search.query.retrieval import Narrow

_COMMUNITIES = numbers_parameter("concerned")
_SINCE, _UNTIL = (bindparam(name, type_=BigInteger) for name in ("since", "until"))


class Period(NamedTuple):
    """When what is found appeared: not before `since`, and before `until`; what has no date is in no period."""

    since: datetime
    until: datetime


def narrow_to(actor: Actor, communities: Collection[int] = (), period: Period | None = None) -> Narrow:
    """Return the filter of index entries: those that a person may read, in these communities (none: all).

    An idea, an action, a meeting and what is said of them concern the community that leads them, and those placed
    beside it.
    """
    kind = reader_key(actor)
    ids_in_sight = {source.kind: source.sight(actor, communities) for source in SOURCES.values() if source.sight}
    whole = frozenset(name for name, ids in ids_in_sight.items() if ids is None)

    def narrow(query: Select[Any]) -> Select[Any]:
        is_of = _concerns() if communities else true()
        found = [
            and_(Thread.is_public, seen_by(kind, Thread), is_of),
            *(IndexEntry.kind == name for name in sorted(whole)),
        ]
        found += [
            and_(IndexEntry.kind == name, IndexEntry.thing_id.in_(numbers_parameter(f"shown_{name}")))
            for name in ids_in_sight
            if name not in whole
        ]
        query = query.where(indexed_words.between(IndexEntry.id, _SINCE, _UNTIL)) if period else query
        return query.outerjoin(Thread, Thread.id == IndexEntry.thread_id).where(or_(*found))

    parameters = {f"shown_{name}": sorted(ids) for name, ids in ids_in_sight.items() if ids is not None}
    moments = {"since": first_number(period.since), "until": first_number(period.until)} if period else {}
    shape = (kind, bool(communities), bool(period), whole)
    return Narrow(narrow, shape, parameters | moments | {"concerned": sorted(communities)}, _facet())


def _facet() -> ColumnElement[str]:
    """Return what an entry counts under in the filter of kinds: its kind, or what its thing says that it is."""
    several = [source for source in SOURCES.values() if source.facet is not None]
    rows = {one.kind: select(one.facet).where(one.model.id == IndexEntry.thing_id) for one in several}
    facets = [(IndexEntry.kind == kind, row.correlate(IndexEntry).scalar_subquery()) for kind, row in rows.items()]
    return case(*facets, else_=IndexEntry.kind)


def _concerns() -> ColumnElement[bool]:
    """Match a thread that these communities lead, or whose idea, action or meeting they stand beside."""
    idea = (
        select(Idea.id)
        .join(IdeaCommunity, IdeaCommunity.idea_id == Idea.id)
        .where(Idea.thread_id == Thread.id, IdeaCommunity.community_id.in_(_COMMUNITIES))
    )
    action = (
        select(Action.id)
        .join(ActionCommunity, ActionCommunity.action_id == Action.id)
        .where(Action.thread_id == Thread.id, ActionCommunity.community_id.in_(_COMMUNITIES))
    )
    event = (
        select(Event.id)
        .join(EventCommunity, EventCommunity.event_id == Event.id)
        .where(Event.thread_id == Thread.id, EventCommunity.community_id.in_(_COMMUNITIES))
    )
    beside = [dialect.has_row(query.correlate(Thread)) for query in (idea, action, event)]
    return or_(Thread.community_id.in_(_COMMUNITIES), *beside)
