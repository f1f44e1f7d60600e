"""The organisations that carry the plan: the only ones that the public may know of from it."""
from sqlalchemy import exists, or_, select

from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.permits import Permission
from app.plan.models.structure import Action, ActionPartner
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
