"""What moved lately around a subject: steps of its ideas, updates that concern its ideas or its actions."""

from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, false, literal, or_, select, true, union_all

from app.core import dialect
from app.core.db import db
from app.hubs.queries.subjects import STATEMENTS, HubSubject, in_current_plan
from app.ideas.indexes import IS_MOVE
from app.ideas.models import Idea, StatusChange
from app.plan.models.links import UpdateLink
from app.plan.models.structure import Action, Plan
from app.updates import queries as updates
from app.updates.models import Update

LOOK = 1_000
"""Among how many of the last steps of all ideas, and of the last updates, what moved is looked for."""
MOST = 6
"""How many steps, and how many updates, are read."""


class HubStep(NamedTuple):
    """A step of an idea that its team decided, or that its author took; `stays`: it was answered where it is."""

    idea_id: int
    slug: str
    title: str
    lang: str
    community_id: int | None
    status: str
    stays: bool
    at: datetime
    reason: str


class HubUpdate(NamedTuple):
    """An update of the subject, a community, or one that concerns an idea or an action of it."""

    id: int
    community_id: int
    title: str
    lang: str
    at: datetime
    text: str


def list_news(subject: HubSubject) -> tuple[list[HubStep], list[HubUpdate]]:
    """Return the last steps of ideas in sight and the last updates, the newest first, in one statement.

    Steps that follow the plan are told by its actions; updates are those of a community itself, or those that concern
    the subject.
    """
    rows = db.session.execute(_select_news(subject)).all()
    steps = [
        HubStep(row.id, row.slug, row.title, row.lang, row.community_id, row.status, row.stays, row.at, row.text)
        for row in rows
        if row.is_step
    ]
    updates = [
        HubUpdate(row.id, row.community_id, row.title, row.lang, row.at, row.text) for row in rows if not row.is_step
    ]
    return steps, updates


@lru_cache(maxsize=STATEMENTS)
def _select_news(subject: HubSubject) -> Select[Any]:
    parts = (_select_steps(subject).subquery(), _select_updates(subject).subquery())
    both = union_all(*(select(part) for part in parts)).subquery()
    return select(both).order_by(both.c.at.desc(), both.c.is_step, both.c.number.desc())


def _select_steps(subject: HubSubject) -> Select[Any]:
    newest = StatusChange.at.desc(), StatusChange.id.desc()
    of_idea = select(Idea.id).where(
        Idea.id == StatusChange.idea_id, dialect.unindexed(subject.in_sight()), subject.has_idea()
    )
    passes = and_(StatusChange.action_id.is_(None), dialect.has_row(of_idea))
    seen = select(StatusChange.id, passes.label("passes")).where(IS_MOVE).order_by(*newest).limit(LOOK).subquery()
    idea = Idea.id, Idea.slug, Idea.title, Idea.lang, Idea.community_id
    step = StatusChange.status, StatusChange.stays, StatusChange.at, StatusChange.reason.label("text")
    query = select(true().label("is_step"), StatusChange.id.label("number"), *idea, *step)
    query = query.join(Idea, Idea.id == StatusChange.idea_id)
    last = select(seen.c.id).where(seen.c.passes).limit(MOST)
    return query.where(dialect.among(StatusChange.id, last)).order_by(*newest)


def _select_updates(subject: HubSubject) -> Select[Any]:
    update = Update.id, literal("").label("slug"), Update.title, Update.lang, Update.community_id
    step = literal("").label("status"), false().label("stays"), Update.published_at.label("at"), Update.excerpt
    query = select(false().label("is_step"), Update.id.label("number"), *update, *step)
    if subject.axis == "community":
        own = query.where(Update.community_id.in_(subject.ids), Update.in_sight())
        return updates.RECENT.apply(own).limit(MOST)
    passes = or_(_concerns_idea(subject), _concerns_action(subject)).label("passes")
    looked_at = select(Update.id, passes).where(Update.in_sight(), Update.is_private.is_(False))
    seen = updates.RECENT.apply(looked_at).limit(LOOK).subquery()
    last = select(seen.c.id).where(seen.c.passes).limit(MOST)
    return updates.RECENT.apply(query.where(dialect.among(Update.id, last)))


def _concerns_idea(subject: HubSubject) -> Any:
    query = select(UpdateLink.id).join(Idea, Idea.id == UpdateLink.idea_id)
    query = query.where(UpdateLink.update_id == Update.id, dialect.unindexed(subject.in_sight()), subject.has_idea())
    return dialect.has_row(query.correlate(Update))


def _concerns_action(subject: HubSubject) -> Any:
    query = select(UpdateLink.id).join(Action, Action.id == UpdateLink.action_id).join(Plan, Plan.id == Action.plan_id)
    query = query.where(UpdateLink.update_id == Update.id, in_current_plan(), subject.has_action())
    return dialect.has_row(query.correlate(Update))
