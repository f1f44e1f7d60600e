"""The voices that actions come from: the ideas linked to them in force, and those that were joined to one of these."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.ideas.models import Idea
from app.ideas.queries import reading as ideas
from app.ideas.queries.lists import select_ideas
from app.plan.models.links import Link
from app.plan.models.structure import Action
from app.plan.queries.actions import ACTION
from app.plan.queries.links import is_in_force

# An idea, or the one that it was joined to.
LEAD = func.coalesce(Idea.merged_into, Idea.id)


def select_linked(actor: Actor, which: ColumnElement[bool], *, only_in_force: bool = True) -> Select[Any]:
    """Select the ideas that are linked to actions: the `id` of each, and that of its `lead`, once it was joined to one.

    `which` matches links and their actions. An idea that this person may not read leads to no other.
    """
    query = select(Idea.id, LEAD.label("lead")).join(Link, Link.idea_id == Idea.id)
    query = query.join(Action, Action.id == Link.action_id).where(which, ideas.readable_by(actor))
    return query.where(is_in_force()) if only_in_force else query


def select_ids(actor: Actor, which: ColumnElement[bool], *, only_in_force: bool = True) -> Select[tuple[int]]:
    """Select the ids of the voices that a person may read: linked ideas, their leads, and those joined to these."""
    return _select_around(actor, select_linked(actor, which, only_in_force=only_in_force))


def select_ids_of(actor: Actor, idea_ids: Collection[int]) -> Select[tuple[int]]:
    """Select the ids of the voices that ideas would be, once they are linked: as `select_ids` does for a link."""
    query = select(Idea.id, LEAD.label("lead")).where(Idea.id.in_(idea_ids), ideas.readable_by(actor))
    return _select_around(actor, query)


def _select_around(actor: Actor, linked_ideas: Select[Any]) -> Select[tuple[int]]:
    linked = linked_ideas.subquery()
    leads = select(Idea.id).where(Idea.id.in_(select(linked.c.lead)), ideas.readable_by(actor))
    is_voice = or_(Idea.id.in_(select(linked.c.id)), Idea.id.in_(leads), Idea.merged_into.in_(leads))
    return select(Idea.id).where(is_voice, ideas.readable_by(actor))


def list_leads(action: Action) -> Sequence[Idea]:
    """Return the ideas that lead to an action, as everybody reads them, the first to be linked first."""
    return db.session.scalars(_select_leads(), {ACTION.key: action.id}).all()


@cache
def _select_leads() -> Select[tuple[Idea]]:
    linked = select_linked(ANYONE, Link.action_id == ACTION).with_only_columns(
        LEAD.label("lead"), func.min(Link.id).label("link_id")
    )
    first = linked.group_by(LEAD).subquery()
    query = select_ideas().join(first, first.c.lead == Idea.id).where(ideas.in_public())
    return query.order_by(first.c.link_id, Idea.id)


def count_leads(actor: Actor, action: Action) -> int:
    """Count the ideas that lead to an action, as far as a person may read them."""
    linked = select_linked(actor, Link.action_id == action.id).subquery()
    query = select(func.count()).select_from(Idea).where(Idea.id.in_(select(linked.c.lead)), ideas.readable_by(actor))
    return db.session.scalar(query) or 0
