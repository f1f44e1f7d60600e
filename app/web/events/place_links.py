"""The page of a registration stands at a signed address, which is the proof: whoever has it is the person, or was told.

It is made again for each mail, and kept nowhere. It names the registration and its code, so that it leads nowhere once
that is erased.
"""

from typing import Any

from flask import current_app, g, url_for

from app.communities.actors import actor_for
from app.core import keys
from app.core.actor import Actor
from app.core.errors import N_, NotFound
from app.core.keys import Purpose
from app.core.permits import Permission
from app.events.models.registrations import EventRegistration
from app.events.queries import registrations
from app.web.frame import locale, mail
from app.web.frame.filters import display_name
from app.web.frame.routes import Loader

GONE = N_(
    "Ce lien ne mène plus à une place : ce qui s'y trouvait est effacé, parce que quelqu'un l'a demandé ou que le "
    "temps de le garder est passé, ou bien un lien plus récent l'a remplacé. Pour venir à une rencontre qui s'annonce, "
    "inscrivez-vous de nouveau."
)


def sign(registration: EventRegistration) -> str:
    """Return the key of the page of a registration."""
    return keys.get_keys(current_app.config).write_token(Purpose.REGISTRATION, [registration.id, registration.code])


def place_url(registration: EventRegistration, endpoint: str = "events.place", **more: Any) -> str:
    return url_for(endpoint, event_id=registration.event_id, token=sign(registration), **more)


def absolute_place_url(registration: EventRegistration, **more: Any) -> str:
    return mail.endpoint_url("events.place", event_id=registration.event_id, token=sign(registration), **more)


def get_person(registration: EventRegistration) -> Actor:
    """Return whose registration it is, as the law knows them: a guest is nobody."""
    return actor_for(registration.user)


def get_place(_reader: Actor, event_id: int, token: str, permission: Permission) -> EventRegistration:
    """Return the registration of a key, whose person may do this; the page is theirs, whoever reads it.

    Raise NotFound for a key that is not ours, in words for one that was, and where they may not read the meeting any
    more.
    """
    g.holds_token = True
    found = keys.get_keys(current_app.config).read_token(Purpose.REGISTRATION, token)
    if found is None:
        raise NotFound()
    registration = registrations.find_by_key(*found)
    if registration is None:
        raise NotFound(GONE)
    event = registration.event
    # One's place in a rehearsal stands in the pages of its forum alone.
    if event.id != event_id or event.is_rehearsal or not permission.permits(get_person(registration), event):
        raise NotFound()
    locale.prefer(get_language(registration))
    return registration


def get_language(registration: EventRegistration) -> str:
    """Return the language in which the person reads."""
    if registration.user:
        return registration.user.locale
    return registration.registrant.lang if registration.registrant else "fr"


def get_name(registration: EventRegistration) -> str:
    """Return how the person is called."""
    person: Any = registration.user or registration.registrant
    return display_name(person.name) if person else ""


def get_email(registration: EventRegistration) -> str:
    """Return the address to write to, "" where there is none any more."""
    person: Any = registration.user or registration.registrant
    return (person.email or "") if person else ""


PLACE = Loader(get_place, "event_id", "token")
