"""Rooms and hours are written over those that are there, inside a command: what keeps its number stays itself."""

from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import delete, select

from app.core.db import db, run
from app.core.errors import N_, Conflict, Invalid
from app.core.text.plain import sort_key
from app.events.models.meetings import Event
from app.forum.models import SESSION, ForumGoing, ForumRoom, ForumSlot, ForumTopic
from app.forum.queries import board
from app.forum.queries.forums import get_arrangement
from app.forum.words import ForumWords, SlotWords

SAME_NAME = N_("Deux salles ne peuvent pas porter le même nom : on ne saurait pas où aller.")
OVERLAP = N_("Cette plage commence avant la fin de la précédente.")
TOO_EARLY = N_("Cette plage commencerait avant la fin de la précédente.")
BEFORE_IT = N_("Cette plage commencerait avant le début de la rencontre.")
MOVED = N_("L'horaire vient de changer. Le voici : regardez-le avant de décaler ce qui suit.")
ROOM_HELD = N_(
    "La salle %(room)s tient encore : %(topics)s. Déplacez-les sur la place du marché, puis enlevez la salle."
)
HOUR_HELD = N_(
    "La plage de %(hour)s tient encore : %(topics)s. Déplacez-les sur la place du marché, puis changez la plage."
)
# In minutes: after any hour of a meeting.
FAR = 1_000_000
ROOM_COLUMNS = ("name", "places", "is_step_free", "has_hearing_loop", "has_captions", "is_noisy", "url", "note")
SLOT_COLUMNS = ("starts_after", "minutes", "kind", "title")


def write(forum_id: int, words: ForumWords) -> None:
    """Write the rooms and the hours of a forum. Raise Invalid at the field of the row that is not right."""
    check_rooms([room.name for room in words.rooms])
    check_slots(words.slots)
    _check_topics(forum_id, words)
    _forget_goings(forum_id, words)
    # A name or an hour that two rows exchange is free for a moment.
    _write_rows(ForumRoom, forum_id, words.rooms, ROOM_COLUMNS, lambda row: setattr(row, "name", f"{row.id}\n"))
    slots = sorted(words.slots, key=lambda slot: slot.starts_after)
    _write_rows(ForumSlot, forum_id, slots, SLOT_COLUMNS, lambda row: setattr(row, "starts_after", FAR + row.id))


def copy(former_id: int, forum_id: int) -> None:
    """Give a new forum the rooms and the hours of another."""
    found = get_arrangement(former_id)
    for model, rows, columns in ((ForumRoom, found.rooms, ROOM_COLUMNS), (ForumSlot, found.slots, SLOT_COLUMNS)):
        for n, row in enumerate(rows):
            position = {"position": n} if model is ForumRoom else {}
            db.session.add(model(forum_id=forum_id, **position, **{name: getattr(row, name) for name in columns}))
    db.session.flush()


def check_rooms(names: Sequence[str]) -> None:
    """Raise Invalid where two rooms have one name."""
    seen = set[str]()
    for n, name in enumerate(names):
        key = sort_key(name)
        if key in seen:
            raise Invalid(SAME_NAME, f"rooms-{n}-name")
        seen.add(key)


def check_slots(slots: Sequence[SlotWords]) -> None:
    """Raise Invalid where two hours overlap, at the later one."""
    ordered = sorted(enumerate(slots), key=lambda pair: pair[1].starts_after)
    for (_m, before), (n, slot) in pairwise(ordered):
        if slot.starts_after < before.starts_after + before.minutes:
            raise Invalid(OVERLAP, f"slots-{n}-starts_hour")


def _check_topics(forum_id: int, words: ForumWords) -> None:
    """Raise Invalid where a room or an hour that topics have would be there no more.

    What is out of sight holds no room: it leaves its own.
    """
    rooms = {room.id for room in words.rooms}
    hours = {slot.id for slot in words.slots if slot.kind == SESSION}
    leaving = [topic for topic in board.list_held(forum_id) if topic.room_id not in rooms or topic.slot_id not in hours]
    for topic in leaving:
        if not topic.is_on_the_wall:
            topic.leave_cell()
    held = [topic for topic in leaving if topic.is_on_the_wall]
    if held:
        raise _say_held(held, rooms)


def _forget_goings(forum_id: int, words: ForumWords) -> None:
    """Forget who said where they are at an hour that leaves."""
    leaving = db.session.scalars(
        select(ForumSlot.id).where(
            ForumSlot.forum_id == forum_id, ForumSlot.id.not_in([slot.id for slot in words.slots])
        )
    ).all()
    if leaving:
        run(delete(ForumGoing).where(ForumGoing.slot_id.in_(leaving)))


def _say_held(held: Sequence[ForumTopic], rooms: Collection[int]) -> Invalid:
    """Return the refusal that names a room, or an hour, and the topics that it has; `rooms` are those that stay."""
    room, slot = db.session.get(ForumRoom, held[0].room_id), db.session.get(ForumSlot, held[0].slot_id)
    assert room and slot, "a topic has a room and an hour that are there"
    if room.id not in rooms:
        return Invalid(ROOM_HELD, room=room.name, topics=_name([one for one in held if one.room_id == room.id]))
    event = db.session.get_one(Event, slot.forum_id)
    topics = _name([one for one in held if one.slot_id == slot.id])
    return Invalid(HOUR_HELD, hour=slot.starts_at(event), topics=topics)


def _name(topics: Sequence[ForumTopic]) -> str:
    return ", ".join(f"«\u00a0{topic.title}\u00a0»" for topic in topics)


def _write_rows(
    model: Any, forum_id: int, typed: Sequence[Any], columns: Sequence[str], free: Callable[[Any], None]
) -> None:
    """Write rows of one kind; a number that is not of this forum, or that comes twice, is that of another row."""
    stored = {row.id: row for row in db.session.scalars(select(model).where(model.forum_id == forum_id))}
    rows: list[Any] = [stored.pop(one.id, None) for one in typed]
    for row in stored.values():
        db.session.delete(row)
    changed = [
        row
        for row, one in zip(rows, typed, strict=True)
        if row and any(getattr(row, c) != getattr(one, c) for c in columns)
    ]
    for row in changed:
        free(row)
    db.session.flush()
    for n, (row, one) in enumerate(zip(rows, typed, strict=True)):
        target = row or model(forum_id=forum_id)
        for column in columns:
            setattr(target, column, getattr(one, column))
        if hasattr(target, "position"):
            target.position = n
        db.session.add(target)
    db.session.flush()


def name_hours(slots: Sequence[ForumSlot]) -> str:
    """Name the hours of a forum with when each begins, for a page that shows them."""
    return " ".join(f"{slot.id}:{slot.starts_after}" for slot in slots)


def shift(forum_id: int, slot_id: int, minutes: int, *, seen: str) -> int:
    """Move an hour and those that follow it; return how many. Raise Conflict where they are not as they were seen."""
    slots = get_arrangement(forum_id).slots
    at = next((n for n, slot in enumerate(slots) if slot.id == slot_id), None)
    if at is None or name_hours(slots) != seen:
        raise Conflict(MOVED)
    if slots[at].starts_after + minutes < (slots[at - 1].ends_after if at else 0):
        raise Invalid(TOO_EARLY if at else BEFORE_IT, "minutes")
    moved = slots[at:]
    for slot in reversed(moved) if minutes > 0 else moved:
        slot.starts_after += minutes
        db.session.flush()
    return len(moved)


def is_ready(forum_id: int) -> bool:
    """Tell whether there is a room, and an hour of sessions."""
    has_room = db.session.scalar(select(ForumRoom.id).where(ForumRoom.forum_id == forum_id).limit(1))
    sessions = select(ForumSlot.id).where(ForumSlot.forum_id == forum_id, ForumSlot.kind == SESSION).limit(1)
    return has_room is not None and db.session.scalar(sessions) is not None
