"""The organisations that carry the plan: the only ones that the public may know of from it."""
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, exists, func, literal, or_, select

from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.permits import Permission
from app.hubs.queries.subjects import in_current_plan
from app.plan.models.structure import Action, ActionPartner, Plan
from app.reference.models import Organisation


def one(actor: Actor, organisation_id: int, permission: Permission) -> Organisation:
    """Return an organisation that leads or backs an action in sight, of any plan and version. Raise NotFound.

    One that carries none answers as one that never was: it may be what a member keeps to themselves.
    """
    leads = exists().where(Action.lead_id == Organisation.id, Action.in_sight())
    backs = exists().where(
        ActionPartner.organisation_id == Organisation.id, Action.id == ActionPartner.action_id,
        Action.in_sight())
    query = select(Organisation).where(Organisation.id == organisation_id, or_(leads, backs))
    found = db.session.scalar(query)
    if found is None or not permission.permits(actor, found):
        raise NotFound()
    return found


class Carrier(NamedTuple):
    """An organisation of the current plan: how many living actions it leads, and backs."""

    id: int
    name: str
    leads: int
    backs: int


def carriers() -> Sequence[Carrier]:
    """Return the organisations that carry the current plan, by name."""
    return [Carrier(*row) for row in db.session.execute(_select_carriers())]


@cache
def _select_carriers() -> Select[Any]:
    is_carried = in_current_plan() & (Action.state != "dropped")
    leads = select(Action.lead_id.label("id"), literal(1).label("leads"), literal(0).label("backs")).join(
        Plan, Plan.id == Action.plan_id).where(is_carried)
    backs = select(ActionPartner.organisation_id, literal(0), literal(1)).join(
        Action, Action.id == ActionPartner.action_id).join(Plan, Plan.id == Action.plan_id).where(is_carried)
    deeds = leads.union_all(backs).subquery()
    query = select(Organisation.id, Organisation.name, func.sum(deeds.c.leads), func.sum(deeds.c.backs))
    return query.join(deeds, deeds.c.id == Organisation.id).group_by(
        Organisation.id, Organisation.name, Organisation.sort_key).order_by(Organisation.sort_key, Organisation.id)
