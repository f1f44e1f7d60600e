"""Who is at the other end of this request."""
from flask import g
from flask_login import current_user

from app.communities.queries import Rooms, actor_for, visible
from app.core.actor import Actor


def me() -> Actor:
    """Give the actor of this request, built once."""
    if "actor" not in g:
        g.actor = actor_for(current_user._get_current_object() if current_user.is_authenticated else None)
    actor: Actor = g.actor
    return actor


def rooms() -> Rooms:
    """Give the communities that this reader may see; no page lists or names another."""
    if "rooms" not in g:
        g.rooms = visible(me())
    found: Rooms = g.rooms
    return found


def forget_me() -> None:
    """Ask again who this is: the account or its roles changed during the request."""
    g.pop("actor", None)
    g.pop("rooms", None)
