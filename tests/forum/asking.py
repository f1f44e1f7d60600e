"""Who asks for a right in a forum: everybody by their account, and those who have a place there."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.events.models.registrations import EventRegistration, Registrant
from app.forum.models import Forum
from tests.events.stored import event_in
from tests.forum.stored import forum_in, place_in
from tests.support.clock import LONG_AGO
from tests.support.law import EVERYONE
from tests.support.make import Make
from tests.support.world import HERE, SECLUDED

# `author` and `comer` have a place, `left` gave it back; `guest` and `host` have one without an account.
ALL = f"{EVERYONE} comer left guest host"
MEETINGS: dict[str, dict[str, Any]] = {
    "of a closed meeting": {"status": "closed"},
    "of a cancelled meeting": {"status": "cancelled"},
    "of a hidden meeting": {"hidden_at": LONG_AGO},
    "of a deleted meeting": {"deleted_at": LONG_AGO},
    "of a draft": {"status": "draft"},
}


def add_people(make: Make, people: dict[str, Actor]) -> dict[str, Actor]:
    """Return the people of a law, with those who come to a forum; `author` is of a private community, too."""
    make.community(slug=SECLUDED, is_private=True)
    return people | {"author": make.actor(member_of=[SECLUDED]), "comer": make.actor(), "left": make.actor()}


def store_forum(make: Make, state: str, phase: str, **columns: Any) -> Forum:
    """Store the forum that a line of a law is about, at a phase; `columns` are those of its table."""
    rooms = {"of the region": None, "private": make.room(SECLUDED)}
    more = MEETINGS.get(state.removeprefix("closed, "), {})
    if state == "of a rehearsal":
        more = {"status": "draft", "rehearses_id": event_in(make, room=make.room(HERE)).id}
    event = event_in(make, room=rooms.get(state, make.room(HERE)), **more)
    return forum_in(make, event=event, phase=phase, **columns)


def find_forum(forum_id: int) -> Forum:
    """Return a forum with its meeting, whoever may read it."""
    return db.session.scalars(select(Forum).where(Forum.id == forum_id).options(joinedload(Forum.event))).one()


def give_places(make: Make, forum: Forum, everybody: dict[str, Actor]) -> dict[str, EventRegistration]:
    """Store the places of those who come, and of who came no more; return them by whose they are."""
    places = {who: place_in(make, forum, user_id=everybody[who].id) for who in ("author", "comer")}
    places["left"] = place_in(make, forum, user_id=everybody["left"].id, state="cancelled")
    for who in ("guest", "host"):
        registrant = make.add(Registrant(event_id=forum.id, name="Luc", email=f"{who}@exemple.test"))
        places[who] = place_in(make, forum, registrant_id=registrant.id)
    return places


def list_actors(everybody: dict[str, Actor]) -> dict[str, Actor]:
    """Return everybody, with the two who have no account."""
    return everybody | {"guest": ANYONE, "host": ANYONE}
