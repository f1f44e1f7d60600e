"""Charges of a meeting, which its team gives to a person: at its door, or of its minutes."""

from sqlalchemy import delete

from app.accounts.models.people import User
from app.core import clock
from app.core.actor import Actor
from app.core.db import run
from app.core.dialect import delete_once, insert_once
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.events import policy
from app.events.models.meetings import Event
from app.events.models.running import EventCharge
from app.events.signals import ChargeGiven

GIVEN = N_("Cette personne a déjà cette charge.")
TAKEN = N_("Cette personne n’a plus cette charge.")


@command
def give(actor: Actor, event: Event, user: User, kind: str) -> None:
    """Give a person a charge of a meeting. Raise Conflict where they have it."""
    require(actor, policy.GIVE_CHARGE, event)
    values = {"event_id": event.id, "user_id": user.id, "kind": kind}
    if not insert_once(EventCharge, **values, given_by=actor.own_id, given_at=clock.now()):
        raise Conflict(GIVEN)
    tell(ChargeGiven(event.id, user.id, kind, actor.own_id))


@command
def take_back(actor: Actor, event: Event, user_id: int, kind: str) -> None:
    """End a charge before its time. Raise Conflict where it has ended."""
    require(actor, policy.GIVE_CHARGE, event)
    which = (EventCharge.event_id == event.id, EventCharge.user_id == user_id, EventCharge.kind == kind)
    if not delete_once(delete(EventCharge).where(*which)):
        raise Conflict(TAKEN)


def end_all(event_id: int) -> None:
    """End the charges of a meeting that is deleted, inside that command."""
    run(delete(EventCharge).where(EventCharge.event_id == event_id))
