"""One action, and those that a person may read."""

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models.people import User
from app.communities.cached_statements import cached_statement, reader_parameters
from app.communities.sql_policy import stands_in
from app.core.actor import Actor
from app.core.db import db, number_parameter, numbers_parameter
from app.core.errors import NotFound
from app.core.permits import Permission
from app.plan.models.structure import LIVING, Action, Indicator, Milestone, Objective, Orientation
from app.plan.progress import Tally
from app.plan.queries import tallies

# The number of the action that a statement selects, or whose rows it selects.
ACTION = number_parameter("action")


class CommunityColumns:
    """The community of actions, as `communities.sql_policy` asks for it of any table: no action is private."""

    is_private = false()

    def __init__(self, action: Any) -> None:
        self.community_id = action.community_id


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """SQL twin of `policy.READ_ACTION`."""
    is_kept = Action.deleted_at.is_(None)
    clauses = [Action.in_sight()]
    if actor.is_coordinator:
        clauses.append(is_kept)
    elif actor.facilitates:
        clauses.append(
            and_(
                is_kept,
                or_(
                    Action.community_id.in_(actor.facilitates),
                    stands_in(actor, CommunityColumns(Action), Action.author_id),
                ),
            )
        )
    return or_(*clauses)


def own_of(actor: Actor) -> ColumnElement[bool]:
    """SQL twin of `policy.READ_OWN_ACTION`."""
    return and_(Action.author_id == actor.id, Action.deleted_at.is_(None)) if actor.is_someone else false()


def is_listed() -> ColumnElement[bool]:
    """Match what the pages of a plan list and count: in its present version, and in sight."""
    return and_(Action.in_sight(), Action.removed_at.is_(None))


def is_living() -> ColumnElement[bool]:
    """SQL twin of `Action.is_living`."""
    return and_(is_listed(), Action.state.in_(LIVING))


def get_action(actor: Actor, action_id: int, permission: Permission) -> Action:
    """Return an action by its number. Raise NotFound where it is absent or forbidden, without telling which."""
    action: Action | None = db.session.scalar(_select_one(actor), reader_parameters(actor, action=action_id))
    if action is None or not permission.permits(actor, action):
        raise NotFound()
    return action


@cached_statement
def _select_one(actor: Actor) -> Select[tuple[Action]]:
    path = joinedload(Action.objective).joinedload(Objective.orientation).joinedload(Orientation.plan)
    return (
        select(Action)
        .where(Action.id == ACTION, or_(readable_by(actor), own_of(actor)))
        .options(
            path,
            joinedload(Action.lead),
            joinedload(Action.thread),
            joinedload(Action.author).load_only(User.name, User.closed_at),
        )
    )


def get_action_of_thread(actor: Actor, thread_id: int, permission: Permission) -> Action:
    """Find the action that owns a thread."""
    action_id = db.session.scalar(select(Action.id).where(Action.thread_id == thread_id))
    return get_action(actor, action_id or 0, permission)


def get_actions(actor: Actor, ids: Collection[int], threads: Collection[int]) -> dict[int, Action]:
    """Return those of these actions, and of the actions of these threads, that a person may read."""
    actions = db.session.scalars(_select_some(actor), reader_parameters(actor, ids=list(ids), threads=list(threads)))
    return {action.id: action for action in actions}


@cached_statement
def _select_some(actor: Actor) -> Select[tuple[Action]]:
    which = or_(Action.id.in_(numbers_parameter("ids")), Action.thread_id.in_(numbers_parameter("threads")))
    return select(Action).where(which, readable_by(actor))


def list_milestones(action_id: int) -> Sequence[Milestone]:
    """Return the milestones of an action in the present version, in their order."""
    return get_milestones_by_action([action_id]).get(action_id, [])


def get_milestones_by_action(action_ids: Collection[int]) -> dict[int, list[Milestone]]:
    """Return the milestones of actions as `list_milestones` does, by the number of the action."""
    return _of_actions(Milestone, action_ids)


def _of_actions(model: Any, action_ids: Collection[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in db.session.scalars(_select_of_actions(model), {"actions": list(action_ids)}):
        found.setdefault(row.action_id, []).append(row)
    return found


@cache
def _select_of_actions(model: Any) -> Select[Any]:
    query = select(model).where(model.action_id.in_(numbers_parameter("actions")), model.removed_at.is_(None))
    return query.order_by(model.position, model.id)


def get_tally(action_id: int) -> Tally:
    """Count the milestones of one action."""
    return tallies.count_milestones(list_milestones(action_id))


def list_indicators(action_id: int) -> Sequence[Indicator]:
    """Return the indicators of an action in the present version, in their order."""
    return get_indicators_by_action([action_id]).get(action_id, [])


def get_indicators_by_action(action_ids: Collection[int]) -> dict[int, list[Indicator]]:
    """Return the indicators of actions as `list_indicators` does, by the number of the action."""
    return _of_actions(Indicator, action_ids)
