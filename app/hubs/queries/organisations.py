"""The organisations that carry the plan: the only ones that the public may know of from it."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, exists, func, literal, or_, select

from app.accounts.queries import list_organisation_names
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.permits import Permission
from app.core.text.plain import sort_key
from app.hubs.queries.subjects import in_current_plan
from app.plan.models.structure import Action, ActionPartner, Plan
from app.reference.models import NAMED, Organisation, answers
from app.reference.queries import select_answering


def get_organisation(actor: Actor, organisation_id: int, permission: Permission) -> Organisation:
    """Return an organisation that leads an action in sight, of any plan and version, or is a partner. Raise NotFound.

    The number of one that was merged gives the one that it answers as.
    One that carries none answers as one that never was: it may be what a member keeps to themselves.
    """
    carriers = select_answering()
    is_lead = exists().where(Action.lead_id.in_(carriers), Action.in_sight())
    is_partner = exists().where(
        ActionPartner.organisation_id.in_(carriers), Action.id == ActionPartner.action_id, Action.in_sight()
    )
    present_id = select(func.coalesce(NAMED.c.present_id, NAMED.c.id)).where(NAMED.c.id == organisation_id)
    query = select(Organisation).where(Organisation.id == present_id.scalar_subquery(), or_(is_lead, is_partner))
    found = db.session.scalar(query)
    if found is None or not permission.permits(actor, found):
        raise NotFound()
    return found


def list_public_names() -> list[str]:
    """Return the organisations that everybody may know of: those that carry the plan, those that members show."""
    carriers = [carrier.name for carrier in list_carriers()]
    return sorted({*list_organisation_names(), *carriers}, key=sort_key)


class Carrier(NamedTuple):
    """An organisation of the current plan: how many living actions it leads, and is a partner of."""

    id: int
    name: str
    as_lead: int
    as_partner: int


def list_carriers() -> Sequence[Carrier]:
    """Return the organisations that carry the current plan, by name."""
    return [Carrier(*row) for row in db.session.execute(_select_carriers())]


@cache
def _select_carriers() -> Select[Any]:
    is_living = in_current_plan() & (Action.state != "dropped")
    lead = (
        select(
            Action.lead_id.label("id"),
            Action.id.label("n"),
            literal(1).label("as_lead"),
            literal(0).label("as_partner"),
        )
        .join(Plan, Plan.id == Action.plan_id)
        .where(is_living)
    )
    partner = (
        select(ActionPartner.organisation_id, Action.id, literal(0), literal(1))
        .join(Action, Action.id == ActionPartner.action_id)
        .join(Plan, Plan.id == Action.plan_id)
        .where(is_living)
    )
    named = lead.union_all(partner).subquery().c
    # Once each action, where several that answer as one carry it.
    each = select(Organisation.id, named.n, named.as_lead, named.as_partner).join(NAMED, answers())
    roles = each.join(named.id.table, named.id == NAMED.c.id).distinct().subquery().c
    query = select(Organisation.id, Organisation.name, func.sum(roles.as_lead), func.sum(roles.as_partner))
    return (
        query.join(roles.id.table, roles.id == Organisation.id)
        .group_by(Organisation.id, Organisation.name, Organisation.sort_key)
        .order_by(Organisation.sort_key, Organisation.id)
    )
