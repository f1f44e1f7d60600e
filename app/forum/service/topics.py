"""Every act on a topic: pitched, changed, withdrawn, let onto the wall, joined, hidden; the whole wall copied."""

import hashlib
from collections.abc import Sequence

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict, Invalid
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.forum import policy
from app.forum.models import OPEN, WAITING, WITHDRAWN, ForumTopic
from app.forum.participants import Participant, list_rows
from app.forum.queries import board, topics
from app.forum.service import interests
from app.forum.signals import TopicChanged
from app.forum.words import TopicWords, WallLine

MOST = 400
FULL = N_("Ce forum a déjà 400 sujets. Joignez-vous à l'un d'eux, ou demandez à l'équipe d'animation.")
ITSELF = N_("Choisissez un autre sujet que celui-ci.")
NAMELESS = N_("Dites d'abord votre prénom, à l'entrée du forum : il est montré avec le sujet.")
NO_CELL = N_("Ligne %(line)s : quelqu'un vient de changer cette salle ou cette plage. Regardez l'horaire.")
TAKEN = N_("Ligne %(line)s : cette salle a déjà « %(title)s » à cette heure.")
NOT_THERE = N_("Ce sujet n'est plus au mur : il a été retiré, ou joint à un autre.")
PLACED = N_("Ce sujet vient d'être placé : il se change maintenant en le demandant à l'équipe.")


@command(also=list_rows)
def pitch(actor: Actor, who: Participant, words: TopicWords, *, form_key: str = "") -> ForumTopic:
    """Put a topic on the wall; the same form sent again gives the same topic.

    It waits for the team where nobody knows yet that whoever pitches it is there. Raise Conflict past `MOST` topics.
    """
    require(actor, policy.PITCH, who)
    forum_id, sent_as = who.forum.id, _name_sending(form_key, words, who)
    found = topics.find_sent(forum_id, sent_as) if sent_as else None
    if found:
        return found
    if topics.count_topics(forum_id) >= MOST:
        raise Conflict(FULL)
    topic = ForumTopic(forum_id=forum_id, sent_as=sent_as, **_name_host(actor, words, who))
    topic.state = OPEN if writes_at_once(actor, who) else WAITING
    _write(topic, words)
    db.session.add(topic)
    db.session.flush()
    if topic.state == OPEN:
        tell(TopicChanged(topic.id, "pitched", by=actor.id))
    return topic


def writes_at_once(actor: Actor, who: Participant) -> bool:
    """Tell whether what they pitch is read at once: the team, who is there, and members who are trusted already."""
    return policy.runs_it(actor, who.forum) or who.is_there or (actor.is_someone and not actor.is_new)


def _name_host(actor: Actor, words: TopicWords, who: Participant) -> dict[str, object]:
    """Return the columns of who holds a topic: the team writes for others by name, a guest has that of their place.

    Raise Conflict for a guest who gave none.
    """
    if words.host_name and policy.runs_it(actor, who.forum):
        return {"host_name": words.host_name}
    place = who.registration
    if actor.is_someone:
        return {"author_id": actor.own_id, "registration_id": place.id if place else None}
    assert place, "granted to a participant"
    name = topics.get_guest_name(place)
    if not name:
        raise Conflict(NAMELESS)
    return {"host_name": name, "registration_id": place.id}


def _name_sending(form_key: str, words: TopicWords, who: Participant) -> str | None:
    """Name a sending of a form by its key, its words and whose it is; None for a form without a key."""
    if not form_key:
        return None
    place = who.registration.id if who.registration else 0
    return hashlib.sha256("\n".join([form_key, str(place), words.title, words.why]).encode()).hexdigest()[:32]


@command(also=list_rows)
def edit(actor: Actor, who: Participant, words: TopicWords) -> None:
    """Write a topic over; the same words change nothing. Raise Conflict where it was placed or left the wall meanwhile.

    Once it is placed, its team alone changes it. What is changed by whom nobody has seen yet waits for the team again.
    """
    topic = policy.get_topic(who)
    if not policy.EDIT_TOPIC.permits(actor, who) and (topic.is_placed or not policy.is_topic_live(actor, who)):
        raise Conflict(PLACED if topic.is_placed else NOT_THERE)
    require(actor, policy.EDIT_TOPIC, who)
    before = [getattr(topic, name) for name in _COLUMNS]
    _write(topic, words)
    if topic.author_id is None and words.host_name and policy.runs_it(actor, who.forum):
        topic.host_name = words.host_name
    if before != [getattr(topic, name) for name in _COLUMNS]:
        topic.edited_at = clock.now()
        topic.state = topic.state if writes_at_once(actor, who) else WAITING


_COLUMNS = ("title", "why", "lang", "wants_step_free", "wants_online", "wants_quiet", "idea_id")


def _write(topic: ForumTopic, words: TopicWords) -> None:
    for name in _COLUMNS:
        setattr(topic, name, getattr(words, name))


@command(also=list_rows)
def withdraw(actor: Actor, who: Participant) -> None:
    """Take a topic off the wall, and out of its room: it stays readable at its address.

    One that waited is deleted: nobody had let it in sight.
    """
    topic = policy.get_topic(who)
    require(actor, policy.WITHDRAW_TOPIC, who)
    if topic.is_waiting:
        topic.deleted_at, topic.deleted_by = clock.now(), actor.id
        return
    topic.state = WITHDRAWN
    _leave_cell(topic)
    tell(TopicChanged(topic.id, "withdrawn", by=actor.id))


@command(also=list_rows)
def admit(actor: Actor, who: Participant) -> None:
    """Let a topic that waited onto the wall."""
    topic = policy.get_topic(who)
    require(actor, policy.ADMIT_TOPIC, who)
    topic.state = OPEN
    tell(TopicChanged(topic.id, "pitched", by=actor.id))


@command
def hide(actor: Actor, topic: ForumTopic, *, reason: str) -> None:
    """Take a topic out of sight: it keeps its room and its hour until the team gives them to another."""
    require(actor, policy.HIDE_TOPIC, topic)
    topic.hide(actor.own_id, reason)


@command
def restore(actor: Actor, topic: ForumTopic) -> None:
    """Show a topic again, where it was if no other has its cell; one that waited waits again."""
    require(actor, policy.RESTORE_TOPIC, topic)
    topic.show()


@command(also=list_rows)
def count_hands(actor: Actor, who: Participant, hands: int) -> None:
    """Write how many hands were raised for a topic in the room."""
    topic = policy.get_topic(who)
    require(actor, policy.COUNT_HANDS, who)
    topic.hands = hands


@command(also=list_rows)
def join(actor: Actor, who: Participant, other_id: int) -> None:
    """Join a topic to another, which it leads to from then on. Raise Invalid where that one is not on the wall."""
    topic = policy.get_topic(who)
    require(actor, policy.JOIN_TOPIC, who)
    if other_id == topic.id:
        raise Invalid(ITSELF, "topic")
    other = topics.find_on_wall(topic.forum_id, other_id)
    if other is None:
        raise Invalid(NOT_THERE, "topic")
    topic.joined_id = other.id
    _leave_cell(topic)
    tell(TopicChanged(topic.id, "joined", by=actor.id))


def _leave_cell(topic: ForumTopic) -> None:
    """Free the room and the hour of a topic: who said that they are there is counted there no more."""
    if topic.is_placed:
        topic.leave_cell()
        db.session.flush()
        interests.fold(topic.forum_id)


@command(also=list_rows)
def copy_wall(actor: Actor, who: Participant, lines: Sequence[WallLine], *, form_key: str = "") -> int:
    """Write the topics of the wall of the room, all or none; return how many are new: the same form makes them once.

    Raise Invalid, at `lines`, where two have one room at one hour, or another has it already. What is out of sight
    holds no room: it leaves its own.
    """
    require(actor, policy.COPY_WALL, who)
    held, new = {(topic.slot_id, topic.room_id): topic for topic in board.list_held(who.forum.id)}, 0
    if topics.count_topics(who.forum.id) + len(lines) > MOST:
        raise Conflict(FULL)
    for n, line in enumerate(lines, 1):
        sent_as = _name_sending(f"{form_key}-{n}" if form_key else "", line.words, who)
        if sent_as and topics.find_sent(who.forum.id, sent_as):
            continue
        if line.cell and not board.is_cell(who.forum.id, *line.cell):
            raise Invalid(NO_CELL, "lines", line=n)
        there = held.get(line.cell) if line.cell else None
        if there and there.is_on_the_wall:
            raise Invalid(TAKEN, "lines", line=n, title=there.title)
        if there:
            there.leave_cell()
            db.session.flush()
        topic = ForumTopic(forum_id=who.forum.id, sent_as=sent_as, host_name=line.words.host_name)
        _write(topic, line.words)
        if line.cell:
            topic.slot_id, topic.room_id = line.cell
            topic.placed_by, topic.placed_at = actor.own_id, clock.now()
            held[line.cell] = topic
        db.session.add(topic)
        new += 1
    db.session.flush()
    return new
