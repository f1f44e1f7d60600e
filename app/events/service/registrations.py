"""Coming to a meeting: members in one press, guests once they confirmed; changing, giving a place back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select, update

from app.accounts.models.people import User
from app.core import clock
from app.core.actor import ANYONE, Actor
from app.core.db import db, run
from app.core.errors import N_, Conflict, Invalid
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.events import codes, mails, policy, retention, seating
from app.events.models.meetings import Event
from app.events.models.registrations import CANCELLED, IN, UNCONFIRMED, WAITING, EventRegistration, Registrant
from app.events.queries import registrations
from app.events.signals import GuestRenamed, PlaceGivenBack, PlaceTakenOver

# What a guest types waits under this name for the worker, which calls `expect`.
REQUEST = "event"
CLOSED = N_("Les inscriptions ne sont pas ouvertes pour le moment.")
OVER = N_("Cette rencontre est passée.")
FULL = N_("Il n'y a plus assez de places libres pour vous : elles viennent d'être prises. Vous gardez votre rang.")
HELD = N_(
    "Cette adresse a déjà une place à cette rencontre : celle de son compte, sous « Mes rencontres », ou celle du lien "
    "d'un autre de nos courriels."
)
ARRIVED = N_("Cette personne est arrivée : annulez d'abord son arrivée.")
THERE = N_("Votre arrivée est notée. Si c'est une erreur, dites-le à l'accueil de la rencontre.")
NO_ROOM = N_("Il n'y a pas assez de places libres. Votre place d'avant est gardée.")


@dataclass(frozen=True)
class Wishes:
    """How somebody comes: where, with how many, and what they need; what the team asks them.

    `name` is that of a guest, where they say it on the page of their place.
    """

    mode: str
    party: int = 1
    needs: str = ""
    meal: str = ""
    territory_id: int | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""


@dataclass(frozen=True)
class Guest:
    """Somebody without an account: their normalised address, and the version of the document that they agreed to."""

    email: str
    name: str
    lang: str
    document: str
    version: str


@command
def come(actor: Actor, event: Event, wishes: Wishes) -> EventRegistration:
    """Register a member; whoever is registered already stays as they are, as a member if they were a guest."""
    require(actor, policy.REGISTER, event)
    check_open(event)
    found, as_guest = registrations.find_of_account(event.id, actor.own_id)
    if found and found.is_coming:
        return found
    if as_guest and as_guest.is_coming:
        return _take_over(event, as_guest, found, actor.own_id)
    registration = found or _add(event, wishes, user_id=actor.own_id)
    _enter(event, registration, wishes)
    return registration


def _take_over(
    event: Event, held: EventRegistration, former: EventRegistration | None, user_id: int
) -> EventRegistration:
    """Give an account the place that its address holds as a guest: it is counted once."""
    if former:
        retention.delete_registrations([former])
    guest_id, held.user_id, held.registrant_id = held.registrant_id, user_id, None
    db.session.flush()
    tell(PlaceTakenOver(held.id, user_id))
    run(delete(Registrant).where(Registrant.id == guest_id))
    mails.ask_each(event, mails.PLACE if held.state == IN else mails.WAIT, [held.id])
    return held


@command
def expect(event: Event, person: User | Guest, wishes: Wishes) -> EventRegistration:
    """Keep what was typed at an address until whoever reads its mails confirms it: nothing is held meanwhile.

    Anybody types anybody's address: typed again, what was written stays, what was left empty is added, and the text
    agreed to is that of now; whoever is registered already stays as they are. Raise Conflict where nobody registers any
    more.
    """
    require(ANYONE, policy.REGISTER, event)
    check_open(event)
    found = _find(event.id, person)
    if found and found.is_coming:
        return found
    registration = found or _add_unconfirmed(event, person, wishes)
    if registration.registrant and isinstance(person, Guest):
        _agree(registration.registrant, person)
    registration.needs = registration.needs or wishes.needs
    registration.state, registration.created_at = UNCONFIRMED, clock.now()
    db.session.flush()
    return registration


def _find(event_id: int, person: User | Guest) -> EventRegistration | None:
    as_guest = registrations.find_of_guest(event_id, person.email or "")
    if isinstance(person, Guest) or (as_guest and as_guest.is_coming):
        return as_guest
    return registrations.find_of_user(event_id, person.id)


def _add_unconfirmed(event: Event, person: User | Guest, wishes: Wishes) -> EventRegistration:
    if isinstance(person, User):
        return _add(event, wishes, user_id=person.id)
    registrant = Registrant(event_id=event.id, email=person.email, name=person.name, lang=person.lang)
    _agree(registrant, person)
    db.session.add(registrant)
    db.session.flush()
    registration = _add(event, wishes, registrant_id=registrant.id)
    registration.registrant = registrant
    return registration


def _agree(registrant: Registrant, guest: Guest) -> None:
    """Note to which version of the document a guest agreed last."""
    registrant.consent_document, registrant.consent_version = guest.document, guest.version
    registrant.consented_at = clock.now()


@command
def keep(actor: Actor, registration: EventRegistration, wishes: Wishes) -> str:
    """Confirm a registration, take it up again, or change it; return its state then.

    Raise Invalid where there is no room for the change, and Conflict where the same address holds a place already, as
    a guest or as a member.
    """
    event = registration.event
    require(actor, policy.REGISTER, event)
    check_open(event)
    if not registration.is_coming:
        if registrations.holds_another(registration):
            raise Conflict(HELD)
        _enter(event, registration, wishes)
        return registration.state
    former = registration.mode
    with seating.settling(event):
        _change_place(event, registration, wishes)
        _write(registration, wishes)
        _rename(registration, wishes.name, is_elsewhere=registration.mode != former)
    return registration.state


def _rename(registration: EventRegistration, name: str, *, is_elsewhere: bool = False) -> None:
    """Write the name that a guest says on their page, if any; it is told anew where they come otherwise."""
    if not name or registration.registrant_id is None:
        return
    guest = db.session.get_one(Registrant, registration.registrant_id)
    if guest.name != name or is_elsewhere:
        guest.name = name
        tell(GuestRenamed(registration.id, name))


def _enter(event: Event, registration: EventRegistration, wishes: Wishes) -> None:
    with seating.settling(event):
        pass  # Whoever waits for what is free comes before.
    registration.mode, registration.party = wishes.mode, wishes.party
    _write(registration, wishes)
    seating.join(event, registration)
    if registration.registrant_id:
        here = Registrant.id == registration.registrant_id
        db.session.execute(update(Registrant).where(here).values(confirmed_at=clock.now()))
        _rename(registration, wishes.name)


def _change_place(event: Event, registration: EventRegistration, wishes: Wishes) -> None:
    if (registration.mode, registration.party) == (wishes.mode, wishes.party):
        return
    is_elsewhere = registration.mode != wishes.mode
    if registration.state == IN:
        more = wishes.party - (0 if is_elsewhere else registration.party)
        if more > 0 and not seating.fits(event, wishes.mode, more):
            raise Invalid(NO_ROOM, "mode" if is_elsewhere else "party")
    seating.leave(event, registration)
    registration.mode, registration.party = wishes.mode, wishes.party
    if is_elsewhere:
        seating.join(event, registration)
    elif registration.state == IN:
        seating.let_in(event, registration)
    else:
        seating.wait(event, registration)


@command
def take(actor: Actor, registration: EventRegistration) -> None:
    """Take a place that came free in the last hours: the first who presses has it. Raise Conflict for the next."""
    event = registration.event
    require(actor, policy.REGISTER, event)
    check_open(event)
    if registration.state != WAITING:
        return
    seating.leave(event, registration)
    if not seating.take(event, registration):
        raise Conflict(FULL)
    db.session.flush()
    mails.ask_each(event, mails.PLACE, [registration.id])


@command
def cancel(actor: Actor, registration: EventRegistration) -> None:
    """Give a place back, or leave the list; who waits next has it. What was needed is forgotten at once.

    What nobody confirmed stays as it is: it holds nothing, and is erased by itself. Raise Conflict where the meeting is
    over, and for somebody who has arrived.
    """
    event = registration.event
    require(actor, policy.READ, event)
    if registration.arrived_at:
        raise Conflict(THERE)
    _give_back(event, registration, mails.DROPPED)


@command
def release(actor: Actor, event: Event, registration_id: int) -> None:
    """Give the place of somebody back who told the team that they do not come: they are told. Done already, do nothing.

    Raise Conflict where the meeting is over, and for somebody who has arrived.
    """
    require(actor, policy.RELEASE_PLACE, event)
    registration = registrations.find_registration(registration_id)
    if registration is None or registration.event_id != event.id or not registration.is_coming:
        return
    if registration.arrived_at:
        raise Conflict(ARRIVED)
    _give_back(event, registration, mails.RELEASED)


def _give_back(event: Event, registration: EventRegistration, kind: str) -> None:
    if event.is_past:
        raise Conflict(OVER)
    had_place = registration.state == IN
    if registration.is_coming:
        drop(event, registration)
    if had_place:
        db.session.flush()
        mails.ask_each(event, kind, [registration.id])


def drop(event: Event, registration: EventRegistration) -> None:
    """Take a registration out of a meeting that is locked, and let in who waits next."""
    with seating.settling(event):
        seating.leave(event, registration)
        registration.state, registration.cancelled_at = CANCELLED, clock.now()
        registration.needs, registration.meal, registration.answers = "", "", {}
    tell(PlaceGivenBack(event.id, registration.id))


@command
def renew_codes(user_id: int) -> None:
    """Give the registrations of an account other codes: what its former address received opens none of them."""
    for registration in db.session.scalars(select(EventRegistration).where(EventRegistration.user_id == user_id)):
        registration.code = codes.new_code(registration.event_id)


def check_open(event: Event) -> None:
    """Raise Conflict where nobody registers now, though the meeting takes registrations."""
    if event.is_past:
        raise Conflict(OVER)
    if event.opens_at and event.opens_at > clock.now():
        raise Conflict(CLOSED)


def _add(event: Event, wishes: Wishes, **person: int) -> EventRegistration:
    registration = EventRegistration(
        event_id=event.id,
        mode=wishes.mode,
        party=wishes.party,
        state=UNCONFIRMED,
        code=codes.new_code(event.id),
        **person,
    )
    _write(registration, wishes)
    db.session.add(registration)
    return registration


def _write(registration: EventRegistration, wishes: Wishes) -> None:
    registration.needs, registration.meal = wishes.needs, wishes.meal
    registration.territory_id, registration.answers = wishes.territory_id, dict(wishes.answers)
