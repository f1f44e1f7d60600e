"""A meeting is rehearsed in a draft of its own, at most one: it begins at a press, and nobody comes to it.

The draft is emptied and kept: the next rehearsal of the meeting is held in it again.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from app.comments import threads
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.events import codes, retention, seating
from app.events.models.meetings import Event, EventCommunity
from app.events.models.registrations import EventRegistration
from app.events.queries import rehearsals as queries

COPIED = (
    "lang",
    "title",
    "question",
    "mode",
    "place",
    "territory_id",
    "directions",
    "room_url",
)
NOBODY = dict.fromkeys(("taken_in_person", "taken_online", "waiting_in_person", "waiting_online", "last_rank"), 0)


def begin(actor: Actor, event: Event) -> Event:
    """Return the draft in which a meeting is rehearsed, which begins now and has nobody yet, inside a command."""
    # Hours have no seconds.
    starts_at = clock.now().replace(second=0, microsecond=0)
    former = queries.find_draft(event.id)
    if former:
        empty(former)
    draft = former or _new(actor, event)
    for name in COPIED:
        setattr(draft, name, getattr(event, name))
    draft.starts_at, draft.ends_at = starts_at, starts_at + (event.ends_at - event.starts_at)
    draft.created_at = clock.now()
    draft.author_id, draft.deleted_at, draft.deleted_by = actor.own_id, None, None
    db.session.add(draft)
    db.session.flush()
    _set_team(draft, event)
    return draft


def follow(event: Event) -> None:
    """Have the team of a meeting be that of its rehearsal too, inside a command: a former team reads it no more."""
    draft = queries.find_draft(event.id)
    if draft and not draft.is_deleted:
        _set_team(draft, event)


def _set_team(draft: Event, event: Event) -> None:
    draft.community_id, draft.is_private = event.community_id, event.is_private
    _set_others(draft, event.other_ids)
    threads.sync(draft.thread_id, community_id=event.community_id)


def _set_others(draft: Event, ids: Sequence[int]) -> None:
    """Write the other communities that a rehearsal concerns, on its row and beside it."""
    run(delete(EventCommunity).where(EventCommunity.event_id == draft.id))
    draft.other_ids = list(ids)
    db.session.add_all(EventCommunity(event_id=draft.id, community_id=number) for number in ids)
    db.session.flush()


def _new(actor: Actor, event: Event) -> Event:
    thread = threads.create(
        "event", event.title, community_id=event.community_id, author_id=actor.id, is_public=False, is_open=False
    )
    return Event(thread_id=thread.id, rehearses_id=event.id, reminder=None, takes_registrations=False)


def empty(draft: Event) -> None:
    """Take everybody out of a rehearsal, with the communities that it concerns."""
    mine: Any = EventRegistration.event_id == draft.id
    retention.delete_registrations(
        db.session.execute(select(EventRegistration.id, EventRegistration.registrant_id).where(mine)).all()
    )
    _set_others(draft, [])
    for name, number in NOBODY.items():
        setattr(draft, name, number)


def give_place(actor: Actor, draft: Event) -> None:
    """Have a member of the team be there, in a rehearsal, as participants are; a second time changes nothing."""
    query = select(EventRegistration.id).where(
        EventRegistration.event_id == draft.id, EventRegistration.user_id == actor.id
    )
    if db.session.scalar(query):
        return
    draft.last_rank += 1
    place = EventRegistration(
        event_id=draft.id,
        user_id=actor.id,
        mode=seating.IN_PERSON if draft.is_in_person else seating.ONLINE,
        party=1,
        code=codes.new_code(draft.id),
        rank=draft.last_rank,
        confirmed_at=clock.now(),
        arrived_at=clock.now(),
    )
    seating.let_in(draft, place)
    db.session.add(place)
    db.session.flush()
