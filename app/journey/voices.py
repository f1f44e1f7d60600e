"""From the plan back to the voices: every contribution that feeds some actions, and those who support them."""
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models.people import ImportedAuthor, User
from app.core.actor import Actor
from app.core.db import db
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.plan.models.links import Link
from app.plan.models.structure import Action, Objective, Plan
from app.plan.queries import actions
from app.plan.queries.following import in_force
from app.votes.models import Vote

MOST = 200


@dataclass(frozen=True)
class Voices:
    """The contributions that feed some actions, at most MOST of them, as far as the reader may read them.

    `count` numbers all of them, `supporters` the persons who support at least one.
    """

    ideas: Sequence[Idea]
    count: int
    supporters: int


def of_plan(actor: Actor, plan: Plan) -> Voices:
    return _of_actions(actor, Action.plan_id == plan.id)


def of_objective(actor: Actor, objective: Objective) -> Voices:
    return _of_actions(actor, Action.objective_id == objective.id)


def of_action(actor: Actor, action: Action) -> Voices:
    return _of_actions(actor, Action.id == action.id)


def _of_actions(actor: Actor, which: ColumnElement[bool]) -> Voices:
    """Return the voices that feed the actions that `which` matches: ideas linked to them, and those joined to these."""
    ids = _select_ids(actor, which)
    query = select(Idea).where(Idea.id.in_(ids)).order_by(Idea.published_at, Idea.id).limit(MOST)
    ideas = db.session.scalars(query.options(
        joinedload(Idea.author).load_only(User.name, User.closed_at),
        joinedload(Idea.imported_author).load_only(ImportedAuthor.name))).all()
    count = db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    supporters = db.session.scalar(select(func.count(Vote.user_id.distinct())).where(Vote.idea_id.in_(ids))) or 0
    return Voices(ideas, count, supporters)


def _select_ids(actor: Actor, which: ColumnElement[bool]) -> Select[tuple[int]]:
    """Select the ideas linked to these actions and those joined to them; one that is not read leads to no other."""
    is_linked = (which, in_force(), actions.readable_by(actor), reading.readable_by(actor))
    linked = select(Idea.id, func.coalesce(Idea.merged_into, Idea.id).label("lead")).join(
        Link, Link.idea_id == Idea.id).join(Action, Action.id == Link.action_id).where(*is_linked).subquery()
    leads = select(Idea.id).where(Idea.id.in_(select(linked.c.lead)), reading.readable_by(actor))
    return select(Idea.id).where(
        or_(Idea.id.in_(select(linked.c.id)), Idea.id.in_(leads), Idea.merged_into.in_(leads)),
        reading.readable_by(actor))
