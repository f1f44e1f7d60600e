"""Which step of an idea follows from the plan: the furthest reached among the living actions that it feeds."""
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select

from app.core.db import db
from app.ideas.models import IN_PLAN, LINKED, Idea
from app.plan.models.links import Link
from app.plan.models.structure import LIVING, Action, Plan

ASIDE = ("archived", "declined", "withdrawn")


@dataclass(frozen=True)
class Step:
    """The step that follows from the plan, and the actions that lead to it, from the first that was linked."""

    status: str
    action_ids: tuple[int, ...] = ()

    def leads(self, idea: Idea) -> int | None:
        """Return the action that leads an idea from now on: the present one where it is as far as any."""
        return idea.action_id if idea.action_id in self.action_ids else next(iter(self.action_ids), None)


@dataclass(frozen=True)
class Mismatch:
    """An idea whose step is not the one that follows from the plan."""

    idea_id: int
    status: str
    expected: str


def in_force() -> ColumnElement[bool]:
    """SQL twin of `Link.is_in_force`."""
    return and_(Link.answer == "accepted", Link.ended_at.is_(None))


def is_living() -> ColumnElement[bool]:
    """SQL twin of `Action.is_living`."""
    return and_(Action.in_sight(), Action.removed_at.is_(None), Action.state.in_(LIVING))


def ideas_fed_by(action_id: int) -> Sequence[Idea]:
    """Return the ideas that an action has in force, in the order of their numbers."""
    ids = select(Link.idea_id).where(Link.action_id == action_id, in_force())
    return db.session.scalars(select(Idea).where(Idea.id.in_(ids)).order_by(Idea.id)).all()


def actions_fed_by(action_ids: Collection[int]) -> dict[int, int]:
    """Return, by the number of each idea that some of these actions have in force, the last of them to be linked."""
    query = select(Link.idea_id, Link.action_id).where(Link.action_id.in_(action_ids), in_force())
    return dict(db.session.execute(query.order_by(Link.id)).tuples().all())


def changed_by(plan: Plan) -> list[Action | Idea]:
    """Return what a version of a plan changes beside the plan: its actions, and the ideas that these have in force."""
    mine = select(Action).where(Action.plan_id == plan.id, Action.removed_at.is_(None)).order_by(Action.id)
    return [*db.session.scalars(mine), *ideas_of_plan(plan)]


def ideas_of_plan(plan: Plan) -> Sequence[Idea]:
    """Return the ideas that the actions of a plan have in force, in the order of their numbers."""
    ids = select(Link.idea_id).join(Action, Action.id == Link.action_id).where(Action.plan_id == plan.id, in_force())
    return db.session.scalars(select(Idea).where(Idea.id.in_(ids)).order_by(Idea.id)).all()


def steps(ids: Collection[int]) -> dict[int, Step]:
    """Return, by the number of an idea, the step that follows from its links in force ("retained" without any)."""
    if not ids:
        return {}
    query = select(Link.idea_id, Action.id, Action.state).join(Action, Action.id == Link.action_id)
    rows = db.session.execute(query.where(Link.idea_id.in_(ids), in_force(), is_living()).order_by(Link.id)).tuples()
    by_idea: dict[int, list[tuple[str, int]]] = {idea_id: [] for idea_id in ids}
    for idea_id, action_id, state in rows:
        by_idea[idea_id].append((state, action_id))
    return {idea_id: _furthest(found) for idea_id, found in by_idea.items()}


def _furthest(found: Sequence[tuple[str, int]]) -> Step:
    if not found:
        return Step("retained")
    furthest = max((state for state, _action_id in found), key=IN_PLAN.index)
    return Step(furthest, tuple(action_id for state, action_id in found if state == furthest))


def mismatches() -> Iterator[Mismatch]:
    """Yield the ideas whose step is not the one that follows: those that are linked, and those that say they follow."""
    linked = select(Link.idea_id).where(in_force())
    query = select(Idea).where(or_(Idea.id.in_(linked), Idea.action_id.is_not(None))).order_by(Idea.id)
    ideas = db.session.scalars(query).all()
    expected = steps([idea.id for idea in ideas])
    for idea in ideas:
        step = expected[idea.id]
        if idea.status not in LINKED or idea.status != step.status or idea.action_id != step.leads(idea):
            yield Mismatch(idea.id, idea.status, step.status)
