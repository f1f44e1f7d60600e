"""Every act on the board: a topic is given a room and an hour, moved, exchanged with another, taken off, held again.

Who said that they are there said so of an hour: once a topic moves, they are counted no more.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.forum import policy
from app.forum.models import ForumTopic, ForumTopicHost
from app.forum.participants import Participant, list_rows
from app.forum.queries import board, topics
from app.forum.service import interests
from app.forum.service.topics import FULL, MOST
from app.forum.signals import TopicChanged

GONE = N_("Cette salle ou cette plage n'est plus au tableau : quelqu'un l'a changée. Choisissez une autre case.")
TAKEN = N_("« %(title)s » est déjà dans cette case : quelqu'un vient de l'y placer. Choisissez-en une autre.")
TAKEN_BY = N_("« %(title)s » est déjà dans cette case : %(by)s vient de l'y placer. Choisissez-en une autre.")
JUST_TAKEN = N_("« %(title)s » n'est pas placé : quelqu'un vient de prendre cette case. Choisissez-en une autre.")
MOVED = N_("Quelqu'un vient de changer ce sujet de case. Le tableau le montre où il est maintenant.")
MOVED_BY = N_("%(by)s vient de changer ce sujet de case. Le tableau le montre où il est maintenant.")
OTHER_MOVED = N_("L'autre séance n'est plus dans cette case : quelqu'un l'a déplacée. Regardez le tableau.")
NOT_PLACED = N_("Ce sujet n'a pas encore de case : choisissez-en une qui est libre.")
SAME_HOUR = N_("Ce sujet se tient déjà à cette heure. Choisissez une autre heure pour le tenir de nouveau.")


@dataclass(frozen=True)
class Place:
    """A room at an hour, by their numbers."""

    slot_id: int
    room_id: int


def get_place(topic: ForumTopic) -> Place | None:
    """Return where a topic is, None where it has no room."""
    return Place(topic.slot_id, topic.room_id) if topic.slot_id and topic.room_id else None


@command(also=list_rows)
def place(actor: Actor, who: Participant, at: Place, seen: Place | None) -> None:
    """Give a topic a room and an hour, or others; `seen` is where the page showed it.

    Raise Conflict where another has the cell, or where somebody moved the topic since.
    """
    require(actor, policy.PLACE_TOPIC, who)
    topic = policy.get_topic(who)
    if get_place(topic) == at:
        return
    _check_seen(topic, seen)
    _free(topic, at)
    what = "moved" if topic.is_placed else "placed"
    topic.take_cell(at.slot_id, at.room_id, by=actor.own_id)
    _store(topic)
    interests.fold(topic.forum_id)
    tell(TopicChanged(topic.id, what, by=actor.id))


@command(also=list_rows)
def swap(actor: Actor, who: Participant, at: Place, seen: Place | None, other_id: int) -> None:
    """Exchange the cells of two topics; `at` is where the page showed the other one. Raise Conflict."""
    require(actor, policy.PLACE_TOPIC, who)
    topic, other = policy.get_topic(who), topics.find_on_wall(who.forum.id, other_id)
    if other and get_place(topic) == at and get_place(other) == seen:
        # The same press came twice.
        return
    _check_seen(topic, seen)
    if seen is None:
        raise Conflict(NOT_PLACED)
    if other is None or get_place(other) != at or other.id == topic.id:
        raise Conflict(OTHER_MOVED)
    # No cell holds two, not even for a moment.
    other.leave_cell()
    db.session.flush()
    topic.take_cell(at.slot_id, at.room_id, by=actor.own_id)
    db.session.flush()
    other.take_cell(seen.slot_id, seen.room_id, by=actor.own_id)
    db.session.flush()
    interests.fold(topic.forum_id)
    for one in (topic, other):
        tell(TopicChanged(one.id, "moved", by=actor.id))


@command(also=list_rows)
def take_off(actor: Actor, who: Participant, seen: Place | None) -> None:
    """Take a topic out of its room: it waits for another. Raise Conflict where somebody moved it since."""
    require(actor, policy.PLACE_TOPIC, who)
    topic = policy.get_topic(who)
    if not topic.is_placed:
        return
    _check_seen(topic, seen)
    topic.leave_cell()
    tell(TopicChanged(topic.id, "taken_off", by=actor.id))


@command(also=list_rows)
def hold_again(actor: Actor, who: Participant, at: Place) -> ForumTopic:
    """Hold a topic a second time, at another hour: another topic, with the same words and hosts, points to the first.

    Raise Conflict where another has the cell, or where it is held at that hour already.
    """
    require(actor, policy.PLACE_TOPIC, who)
    topic = policy.get_topic(who)
    first_id, there = topic.again_of_id or topic.id, board.find_in_cell(at.slot_id, at.room_id)
    if there and there.again_of_id == first_id and there.is_on_the_wall:
        # The same press came twice.
        return there
    if not topic.is_placed:
        raise Conflict(NOT_PLACED)
    if any(one.slot_id == at.slot_id for one in board.list_times(first_id)):
        raise Conflict(SAME_HOUR)
    if topics.count_topics(topic.forum_id) >= MOST:
        raise Conflict(FULL)
    _free(topic, at)
    copy = ForumTopic(again_of_id=first_id, **{name: getattr(topic, name) for name in _COPIED})
    copy.take_cell(at.slot_id, at.room_id, by=actor.own_id)
    _store(copy)
    _copy_hosts(topic, copy)
    tell(TopicChanged(copy.id, "placed", by=actor.id))
    return copy


_COPIED = (
    "forum_id",
    "author_id",
    "registration_id",
    "host_name",
    "lang",
    "title",
    "why",
    "idea_id",
    "wants_step_free",
    "wants_online",
    "wants_quiet",
)


def _copy_hosts(topic: ForumTopic, copy: ForumTopic) -> None:
    query = select(ForumTopicHost).where(ForumTopicHost.topic_id == topic.id, ForumTopicHost.accepted_at.is_not(None))
    for host in db.session.scalars(query).all():
        values = {
            name: getattr(host, name) for name in ("registration_id", "user_id", "name", "asked_at", "accepted_at")
        }
        db.session.add(ForumTopicHost(topic_id=copy.id, **values))


def _check_seen(topic: ForumTopic, seen: Place | None) -> None:
    """Raise Conflict where a topic is not where the page showed it."""
    if get_place(topic) == seen:
        return
    by = board.find_placer(topic)
    raise Conflict(MOVED_BY, by=by) if by else Conflict(MOVED)


def _free(topic: ForumTopic, at: Place) -> None:
    """See that a cell is there and free. Raise Conflict. What is out of sight holds no room: it leaves its own."""
    if not board.is_cell(topic.forum_id, at.slot_id, at.room_id):
        raise Conflict(GONE)
    there = board.find_in_cell(at.slot_id, at.room_id)
    if there is None:
        return
    if there.is_on_the_wall:
        by = board.find_placer(there)
        raise Conflict(TAKEN_BY, title=there.title, by=by) if by else Conflict(TAKEN, title=there.title)
    there.leave_cell()
    db.session.flush()


def _store(topic: ForumTopic) -> None:
    """Store where a topic is. Raise Conflict: the table has the last word."""
    title = topic.title
    db.session.add(topic)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Conflict(JUST_TAKEN, title=title) from error
