"""The person who sends this request, and what they may see."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from flask import flash, g, session
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts import sessions
from app.accounts.models.people import User
from app.communities.actors import actor_for
from app.communities.models import Restriction
from app.communities.queries import Rooms, get_visible_rooms, list_restrictions
from app.core.actor import ANYONE, Actor

TOKEN = "sid"


def me() -> Actor:
    """Return the actor of this request, built once."""
    actor: Actor | None = g.get("actor")
    if actor is None:
        user = current_user._get_current_object() if current_user.is_authenticated else None
        actor = g.actor = actor_for(user, g.pop("actor_rows", None))
    return actor


def rooms() -> Rooms:
    """Return the communities that this reader may see; no page lists or names another."""
    found: Rooms | None = g.get("rooms")
    if found is None:
        found = g.rooms = get_visible_rooms(me())
    return found


def restrictions() -> Sequence[Restriction]:
    """Return what keeps this reader from taking part now, asked once: a page says it in several places."""
    found: Sequence[Restriction] | None = g.get("restrictions")
    if found is None:
        found = g.restrictions = list_restrictions(me())
    return found


@contextmanager
def read_as_public() -> Iterator[None]:
    """Read as the public does meanwhile, whoever asks."""
    mine = {name: g.pop(name) for name in ("actor", "rooms", "member") if name in g}
    g.actor, g.member = ANYONE, None
    try:
        yield
    finally:
        g.pop("rooms", None)
        for name in ("actor", "member"):
            g.pop(name)
        for name, value in mine.items():
            setattr(g, name, value)


def answer_as_public() -> None:
    """Answer as to the public from now on, because the database is away; the session stays as it is."""
    g.is_nobody = True
    for name in ("_login_user", "is_due"):
        g.pop(name, None)
    forget_me()


def forget_me() -> None:
    """Have the actor built again: the account or its roles changed during the request."""
    for name in ("actor", "actor_rows", "rooms", "restrictions", "member"):
        g.pop(name, None)


def end_other_sessions(user: User) -> None:
    """Close the other sessions of a person who changed how they sign in, and say so."""
    if sessions.end_others(user.id, but=session.get(TOKEN)):
        flash(_("Vos autres sessions sont fermées."), "info")
