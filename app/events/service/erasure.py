"""Erase at once what says who a guest is, for whoever asks: on their page, or by the team of the meeting."""

from app.accounts import requests
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.unit import command
from app.events import policy, retention
from app.events.models.meetings import Event
from app.events.models.registrations import CANCELLED, UNCONFIRMED, EventRegistration, Registrant
from app.events.queries import registrations as queries
from app.events.service import registrations

HAS_ACCOUNT = N_("Cette place est maintenant celle d'un compte : rien n'est effacé. Les membres ferment leur compte.")


@command
def erase_own(actor: Actor, registration: EventRegistration) -> None:
    """Erase what a guest said, as the page of their place does; a place to come is given back."""
    require(actor, policy.READ, registration.event)
    _erase(registration.event, registration)


@command
def erase(actor: Actor, event: Event, registration_id: int) -> None:
    """Erase what a guest said who asks the team for it. Done already, do nothing.

    Raise Conflict where they hold their place with an account meanwhile.
    """
    require(actor, policy.ERASE_GUEST, event)
    registration = queries.find_registration(registration_id)
    if registration and registration.event_id == event.id:
        _erase(event, registration)


def gives_place_back(event: Event, registration: EventRegistration) -> bool:
    """Tell whether a place is given back once its person is erased: they are neither there, nor were."""
    return registration.is_coming and not (event.is_past or registration.arrived_at)


def _erase(event: Event, registration: EventRegistration) -> None:
    if registration.registrant_id is None:
        raise Conflict(HAS_ACCOUNT)
    email = db.session.get_one(Registrant, registration.registrant_id).email
    if email:
        requests.forget_about(registrations.REQUEST, email, event_id=event.id)
    if registration.state == UNCONFIRMED:
        retention.delete_registrations([registration])
        return
    if gives_place_back(event, registration):
        registrations.drop(event, registration)
        db.session.flush()
    if registration.arrived_at:
        # Where their arrival is undone later, nobody comes in their name, nor waits.
        registration.state_before = CANCELLED
    retention.empty_guests([registration.registrant_id])
