"""Who wrote something of the notes, as its row keeps it."""

import hashlib
from typing import Any

from app.core.actor import Actor
from app.forum.participants import Participant
from app.forum.queries import topics


def describe(actor: Actor, who: Participant) -> dict[str, Any]:
    """Return the columns of who writes: a member, or the name of a guest; and the place that they have."""
    place = who.registration
    is_guest = not actor.is_someone and place is not None
    return {
        "user_id": actor.id if actor.is_someone else None,
        "registration_id": place.id if place else None,
        "name": topics.get_guest_name(place) if is_guest and place else "",
    }


def name_sending(key: str, actor: Actor, who: Participant, words: object) -> str:
    """Name a sending by the key that a browser gave it, by whose it is and by what it says.

    One does not answer for another's, nor for other words: whoever goes back to a page sends its key once more.
    """
    place = who.registration.id if who.registration else 0
    return hashlib.sha256(f"{key}\n{actor.id}\n{place}\n{words}".encode()).hexdigest()[:32]
