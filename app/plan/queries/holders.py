"""Who keeps which actions up to date."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from app.accounts.models.people import User
from app.communities.actor_rows import select_actor_row
from app.core import dialect
from app.core.db import db
from app.plan.models.progress import Holder
from app.plan.models.structure import Action, Plan


def select_actor_rows(account: Any) -> list[Select[Any]]:
    """Select the actions that an account keeps up to date, as facts of its actor; a plan in the archives asks none."""
    query = (
        select_actor_row("holder", Holder.action_id)
        .join(Action, Action.id == Holder.action_id)
        .join(Plan, Plan.id == Action.plan_id)
    )
    return [query.where(Holder.user_id == account, Holder.ended_at.is_(None), Plan.archived_at.is_(None))]


def list_holder_ids_of_thread(thread_id: int) -> Sequence[int]:
    """Return the accounts that keep the action of a thread up to date."""
    query = select(Holder.user_id).join(Action, Action.id == Holder.action_id)
    return db.session.scalars(query.where(Action.thread_id == thread_id, Holder.ended_at.is_(None))).all()


def list_holders_of_actions(action_ids: Collection[int]) -> Sequence[Holder]:
    """Return who keeps some actions up to date now."""
    query = select(Holder).where(Holder.action_id.in_(action_ids), Holder.ended_at.is_(None))
    return db.session.scalars(query.order_by(Holder.id)).all()


def get_holders_by_action(action_ids: Collection[int]) -> dict[int, list[Holder]]:
    """Return who keeps each of some actions up to date now, by the number of the action."""
    query = select(Holder).where(Holder.action_id.in_(action_ids), Holder.ended_at.is_(None)).order_by(Holder.id)
    found: dict[int, list[Holder]] = {}
    for holder in db.session.scalars(query.options(_with_name())):
        found.setdefault(holder.action_id, []).append(holder)
    return found


def lock_holders(*which: ColumnElement[bool]) -> Sequence[Holder]:
    """Read anew and lock the charges that go on and match, inside a command that ends them."""
    query = select(Holder).where(Holder.ended_at.is_(None), *which).order_by(Holder.id)
    return db.session.scalars(dialect.lock(query.execution_options(populate_existing=True))).all()


def list_holders(action_id: int) -> Sequence[Holder]:
    """Return who keeps an action up to date now, the first to be named first."""
    query = select(Holder).where(Holder.action_id == action_id, Holder.ended_at.is_(None)).order_by(Holder.id)
    return db.session.scalars(query.options(_with_name())).all()


def _with_name() -> ExecutableOption:
    return joinedload(Holder.user).load_only(User.name, User.closed_at)
