"""Charges of a meeting, which its team gives to a person: at its door, or of its minutes."""

from sqlalchemy import delete

from app.accounts.models.people import User
from app.communities.actors import actor_for
from app.core import clock
from app.core.actor import Actor
from app.core.db import run
from app.core.dialect import insert_once
from app.core.errors import N_, Invalid
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.events import halls, policy
from app.events.models.meetings import Event
from app.events.models.running import DOOR, EventCharge
from app.events.signals import ChargeGiven
from app.plan.service.holders import NO_ACCOUNT

NOT_INSIDE = N_("Cette rencontre est celle d'une communauté privée : invitez d'abord la personne à s'y joindre.")


@command
def give(actor: Actor, event: Event, user: User | None, kind: str) -> None:
    """Give a person a charge of a meeting; a second time changes nothing.

    Raise Invalid for an account that is not there, not confirmed or closed, and for one that can't see the meeting.
    """
    require(actor, policy.GIVE_CHARGE, event)
    if user is None or user.confirmed_at is None or user.closed_at is not None or not user.active:
        raise Invalid(NO_ACCOUNT, "email")
    if not policy.is_seen(actor_for(user), event):
        raise Invalid(NOT_INSIDE, "email")
    values = {"event_id": event.id, "user_id": user.id, "kind": kind}
    if insert_once(EventCharge, **values, given_by=actor.own_id, given_at=clock.now()):
        tell(ChargeGiven(event.id, user.id, kind, actor.own_id))


@command
def take_back(actor: Actor, event: Event, user_id: int, kind: str) -> None:
    """End a charge before its time, if the person has it."""
    require(actor, policy.GIVE_CHARGE, event)
    which = (EventCharge.event_id == event.id, EventCharge.user_id == user_id, EventCharge.kind == kind)
    run(delete(EventCharge).where(*which))
    if kind == DOOR:
        halls.withdraw_of(user_id, event.id)


def end_all(event_id: int) -> None:
    """End the charges of a meeting that is deleted, inside that command."""
    run(delete(EventCharge).where(EventCharge.event_id == event_id))
