"""Coming into a forum without an account: by the code of one's place, by a first name alone, by the code of the day."""

import hashlib
from collections.abc import Collection

from app.accounts import limits
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict, Invalid
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.events import codes
from app.events.models.registrations import EventRegistration, Registrant
from app.events.queries import door as door_queries
from app.events.queries import registrations
from app.events.service import door
from app.events.signals import GuestRenamed
from app.forum import policy
from app.forum.models import Forum
from app.forum.pace import get_key
from app.forum.participants import Participant, list_rows

# One answer for a code that nobody has, that of a place that was given back, and that of another meeting.
WRONG = N_("Ce n'est le code d'aucune place à ce forum. Relisez-le, ou dites-le à l'accueil.")
BY_ACCOUNT = N_("Votre session est ouverte : vous participez avec votre compte.")
NOBODY = N_("Dites d'abord qui vous êtes.")
OF_ACCOUNT = N_("Cette place est celle d'un compte : connectez-vous pour participer en votre nom.")
NOT_COMING = N_("Cette place n'est pas prise : confirmez-la ci-dessous, puis entrez au forum.")
NOT_HERE = N_("On ne donne son prénom que dans la salle, le jour venu. Inscrivez-vous sur la page de la rencontre.")
NOT_OF_TODAY = N_("Ce n'est pas le code du jour. Il est affiché dans la salle et change chaque jour.")


def enter(actor: Actor, forum: Forum, typed: str) -> EventRegistration:
    """Return the place of a code, of somebody without an account.

    Raise Invalid for any other code, TooMany where many were wrong, and Conflict for a member.
    """
    require(actor, policy.ENTER, forum)
    here, everywhere = limits.rules.get(), f"forum:{forum.id}"
    limits.take("pass_at", here.place)
    # What strangers try elsewhere does not stop those in a hall.
    if not here.seats:
        limits.take("pass_all", everywhere)
    if actor.is_someone:
        raise Conflict(BY_ACCOUNT)
    found = registrations.find_by_code(forum.id, codes.clean_code(typed))
    if found is None:
        raise Invalid(WRONG, "code")
    if found.registrant_id is None:
        raise Invalid(OF_ACCOUNT, "code")
    limits.give_back("pass_at", here.place)
    if not here.seats:
        limits.give_back("pass_all", everywhere)
    return found


def check_place(actor: Actor, forum: Forum, registration: EventRegistration) -> None:
    """Raise Invalid or Conflict for a place that one does not come in with: of an account, or given back."""
    require(actor, policy.ENTER, forum)
    if registration.registrant_id is None:
        raise Invalid(OF_ACCOUNT)
    if not registration.is_coming:
        raise Conflict(NOT_COMING)


@command
def enter_by_name(actor: Actor, forum: Forum, name: str, *, lang: str, key: str = "") -> EventRegistration:
    """Give a place to somebody in the room by their first name alone: the door has yet to see them.

    The same form sent again gives the same place, and another name another. Raise Conflict where nobody is in the room.
    """
    require(actor, policy.ENTER, forum)
    if not policy.is_in_the_room(actor, forum):
        raise Conflict(NOT_HERE)
    key = hashlib.sha256(f"{key}\n{name}".encode()).hexdigest()[:32] if key else ""
    found = door_queries.find_walk_in(forum.id, key) if key else None
    if found and not found.arrived_at:
        return found
    return door.add_walk_in(forum.event, key=key, name=name, lang=lang)


@command(also=list_rows)
def say_name(actor: Actor, who: Participant, name: str) -> None:
    """Give a name to the place of somebody whom the door let in as one person more."""
    require(actor, policy.BE_THERE, who)
    assert who.registration, "granted to a participant"
    guest = db.session.get_one(Registrant, who.registration.registrant_id)
    if not guest.name:
        guest.name = name
        tell(GuestRenamed(who.registration.id, name))


def show_day_code(actor: Actor, who: Participant, typed: str, right: Collection[str]) -> None:
    """Have somebody arrive who gives the code of the day: it is shown in the room alone.

    Raise Invalid for another code, TooMany where many were tried, and Conflict for whoever has no place.
    """
    require(actor, policy.ENTER, who.forum)
    place = who.registration if policy.comes(actor, who) else None
    if place:
        require(actor, policy.BE_THERE, who)
    limits.take("day_code", get_key(actor, place.id if place else 0))
    if place is None:
        raise Conflict(NOBODY)
    if codes.clean_code(typed) not in right:
        raise Invalid(NOT_OF_TODAY, "day_code")
    door.arrive_by_oneself(place)
