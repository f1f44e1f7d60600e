"""Every act on a topic: pitched, changed, withdrawn, let onto the wall, joined to another; hands counted."""

import hashlib

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict, Invalid
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.forum import policy
from app.forum.models import OPEN, WAITING, WITHDRAWN, Forum, ForumTopic
from app.forum.participants import Participant
from app.forum.queries import topics
from app.forum.signals import TopicChanged
from app.forum.words import TopicWords

MOST = 400
FULL = N_("Ce forum a déjà 400 sujets. Joignez-vous à l'un d'eux, ou demandez à l'équipe d'animation.")
ITSELF = N_("Choisissez un autre sujet que celui-ci.")
NOT_THERE = N_("Ce sujet n'est plus sur le mur. Choisissez-en un autre.")


def _rows(_actor: Actor, who: Participant, *_words: object) -> tuple[ForumTopic | None, Forum]:
    """Return what an act changes, to be read again and locked."""
    return who.topic, who.forum


@command(also=_rows)
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
    """Return the columns of who holds a topic: the team writes for another by their name."""
    if words.host_name:
        place = None if policy.runs_it(actor, who.forum) else who.registration
        return {"host_name": words.host_name, "registration_id": place.id if place else None}
    return {"author_id": actor.own_id, "registration_id": who.registration.id if who.registration else None}


def _name_sending(form_key: str, words: TopicWords, who: Participant) -> str | None:
    """Name a sending of a form by its key, its words and whose it is; None for a form without a key."""
    if not form_key:
        return None
    place = who.registration.id if who.registration else 0
    return hashlib.sha256("\n".join([form_key, str(place), words.title, words.why]).encode()).hexdigest()[:32]


@command(also=_rows)
def edit(actor: Actor, who: Participant, words: TopicWords) -> None:
    """Write a topic over; once it is placed, its team alone does. The same words change nothing."""
    topic = policy.get_topic(who)
    require(actor, policy.EDIT_TOPIC, who)
    before = [getattr(topic, name) for name in _COLUMNS]
    _write(topic, words)
    if topic.author_id is None and words.host_name:
        topic.host_name = words.host_name
    if before != [getattr(topic, name) for name in _COLUMNS]:
        topic.edited_at = clock.now()


_COLUMNS = ("title", "why", "lang", "wants_step_free", "wants_online", "wants_quiet", "idea_id")


def _write(topic: ForumTopic, words: TopicWords) -> None:
    for name in _COLUMNS:
        setattr(topic, name, getattr(words, name))


@command(also=_rows)
def withdraw(actor: Actor, who: Participant) -> None:
    """Take a topic off the wall, and out of its room: it stays readable at its address."""
    topic = policy.get_topic(who)
    require(actor, policy.WITHDRAW_TOPIC, who)
    topic.state = WITHDRAWN
    leave_cell(topic)
    tell(TopicChanged(topic.id, "withdrawn", by=actor.id))


@command(also=_rows)
def admit(actor: Actor, who: Participant) -> None:
    """Let a topic that waited onto the wall."""
    topic = policy.get_topic(who)
    require(actor, policy.ADMIT_TOPIC, who)
    topic.state = OPEN
    tell(TopicChanged(topic.id, "pitched", by=actor.id))


@command(also=_rows)
def count_hands(actor: Actor, who: Participant, hands: int) -> None:
    """Write how many hands were raised for a topic in the room."""
    topic = policy.get_topic(who)
    require(actor, policy.COUNT_HANDS, who)
    topic.hands = hands


@command(also=_rows)
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
    leave_cell(topic)
    tell(TopicChanged(topic.id, "joined", by=actor.id))


def leave_cell(topic: ForumTopic) -> None:
    """Free the room and the hour of a topic."""
    topic.slot_id = topic.room_id = topic.placed_by = topic.placed_at = None
