"""From the plan back to the voices: every contribution that feeds some actions, and those who support them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select

from app.core.actor import Actor
from app.core.db import db
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.plan.models.structure import Action, Objective, Plan
from app.plan.queries import actions, voices
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
    """Return the voices of the actions that `which` matches, the first to be published first."""
    ids = voices.select_ids(actor, and_(which, actions.readable_by(actor)))
    query = select(Idea).where(Idea.id.in_(ids)).order_by(Idea.published_at, Idea.id).limit(MOST)
    ideas = db.session.scalars(query.options(*reading.with_author())).all()
    count = db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    supporters = db.session.scalar(select(func.count(Vote.user_id.distinct())).where(Vote.idea_id.in_(ids))) or 0
    return Voices(ideas, count, supporters)
