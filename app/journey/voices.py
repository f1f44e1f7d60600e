"""From the plan back to the voices: every contribution that feeds some actions, and those who support them."""
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models.people import ImportedAuthor, User
from app.core.actor import Actor
from app.core.db import db
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.plan.models.links import Link
from app.plan.models.structure import Action, Objective, Plan
from app.plan.queries import actions
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


def counts(actor: Actor, action_ids: Collection[int]) -> dict[int, int]:
    """Count the voices of each of these actions, those joined to a linked idea too."""
    voice, near = aliased(Idea), aliased(Idea)
    joined = select(Link.action_id, voice.id).join(near, near.id == Link.idea_id).join(
        voice, or_(voice.id == near.id, voice.merged_into == near.id, voice.id == near.merged_into))
    joined = joined.where(Link.action_id.in_(action_ids), _in_force(), voice.id.in_(_readable(actor)))
    pairs = joined.distinct().subquery()
    rows = db.session.execute(select(pairs.c.action_id, func.count()).group_by(pairs.c.action_id))
    return dict(rows.tuples().all())


def _select_ids(actor: Actor, which: ColumnElement[bool]) -> Select[tuple[int]]:
    linked = select(Link.idea_id).join(Action, Action.id == Link.action_id).where(
        which, _in_force(), actions.readable_by(actor))
    near = aliased(Idea)
    roots = select(func.coalesce(near.merged_into, near.id)).where(near.id.in_(linked))
    return select(Idea.id).where(
        or_(Idea.id.in_(roots), Idea.merged_into.in_(roots)), reading.readable_by(actor))


def _readable(actor: Actor) -> Select[tuple[int]]:
    return select(Idea.id).where(reading.readable_by(actor))


def _in_force() -> ColumnElement[bool]:
    return (Link.answer == "accepted") & Link.ended_at.is_(None)
