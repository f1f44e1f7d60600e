"""The status of an idea that derives from the plan: the furthest among the living actions that it feeds."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select

from app.core.db import db
from app.ideas.models import IN_PLAN, LINKED, Idea
from app.plan.models.links import Link
from app.plan.models.structure import Action, Plan
from app.plan.queries.actions import is_living
from app.plan.queries.links import is_in_force


@dataclass(frozen=True)
class DerivedStatus:
    """The status, and the ids of the actions that are that far, from the first that was linked."""

    status: str
    action_ids: tuple[int, ...] = ()

    def action_for(self, idea: Idea) -> int | None:
        """Return the id of the action that leads an idea: the present one where it is as far as any."""
        return idea.action_id if idea.action_id in self.action_ids else next(iter(self.action_ids), None)


@dataclass(frozen=True)
class Mismatch:
    """An idea whose status is not the one that derives from the plan."""

    idea_id: int
    status: str
    expected: str


def list_ideas_of_action(action_id: int) -> Sequence[Idea]:
    """Return the ideas that an action has in force, in the order of their ids."""
    return _ideas(Link.action_id == action_id)


def get_last_action_ids(action_ids: Collection[int]) -> dict[int, int]:
    """Return, by the id of each idea that some of these actions have in force, the last of them to be linked."""
    query = select(Link.idea_id, Link.action_id).where(Link.action_id.in_(action_ids), is_in_force())
    return dict(db.session.execute(query.order_by(Link.id)).tuples().all())


def list_changed_rows(plan: Plan) -> list[Action | Idea]:
    """Return what a version of a plan changes beside the plan: its actions, and the ideas that these have in force."""
    mine = select(Action).where(Action.plan_id == plan.id, Action.removed_at.is_(None)).order_by(Action.id)
    return [*db.session.scalars(mine), *list_ideas_of_plan(plan)]


def list_ideas_of_plan(plan: Plan) -> Sequence[Idea]:
    """Return the ideas that the actions of a plan have in force, in the order of their ids."""
    return _ideas(Action.plan_id == plan.id)


def _ideas(which: ColumnElement[bool]) -> Sequence[Idea]:
    ids = select(Link.idea_id).join(Action, Action.id == Link.action_id).where(which, is_in_force())
    return db.session.scalars(select(Idea).where(Idea.id.in_(ids)).order_by(Idea.id)).all()


def get_derived_statuses(ids: Collection[int]) -> dict[int, DerivedStatus]:
    """Return, by the id of an idea, the status that derives from its links in force ("retained" without any)."""
    if not ids:
        return {}
    query = select(Link.idea_id, Action.id, Action.state).join(Action, Action.id == Link.action_id)
    rows = db.session.execute(query.where(Link.idea_id.in_(ids), is_in_force(), is_living()).order_by(Link.id)).tuples()
    by_idea: dict[int, list[tuple[str, int]]] = {idea_id: [] for idea_id in ids}
    for idea_id, action_id, state in rows:
        by_idea[idea_id].append((state, action_id))
    return {idea_id: _furthest(found) for idea_id, found in by_idea.items()}


def _furthest(found: Sequence[tuple[str, int]]) -> DerivedStatus:
    if not found:
        return DerivedStatus("retained")
    furthest = max((state for state, _action_id in found), key=IN_PLAN.index)
    return DerivedStatus(furthest, tuple(action_id for state, action_id in found if state == furthest))


def list_mismatches() -> Iterator[Mismatch]:
    """Yield the ideas with another status than the one that derives from the plan, linked or with an `action_id`."""
    linked = select(Link.idea_id).where(is_in_force())
    query = select(Idea).where(or_(Idea.id.in_(linked), Idea.action_id.is_not(None))).order_by(Idea.id)
    ideas = db.session.scalars(query).all()
    expected = get_derived_statuses([idea.id for idea in ideas])
    for idea in ideas:
        derived = expected[idea.id]
        is_as_derived = idea.status == derived.status and idea.action_id == derived.action_for(idea)
        if idea.status not in LINKED or not is_as_derived:
            yield Mismatch(idea.id, idea.status, derived.status)
