"""Interest in a topic, and being there, in one press: counted into what everybody sees every few seconds.

A press writes private tables alone, so that no page of the site is made anew for it.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.dialect import insert_once, upsert
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.events.models.meetings import Event
from app.forum import policy
from app.forum.models import ForumFold, ForumGoing, ForumInterest, ForumTopic
from app.forum.pace import count_press
from app.forum.participants import Participant
from app.forum.queries import presses, topics
from app.forum.retention import GOINGS_FOR
from app.forum.signals import InterestGrew

# How often the interest in the topics of a forum is counted at most.
PAUSE = timedelta(seconds=5)
MOVED = N_("Ce sujet n'est plus là à cette heure : regardez où il est maintenant.")


def press(actor: Actor, who: Participant, *, is_on: bool) -> None:
    """Note that somebody is interested in a topic, or no more; a second time changes nothing.

    Nothing is locked for it: hundreds press in a minute, and each is counted for its person. Raise TooMany.
    """
    require(actor, policy.BE_INTERESTED, who)
    assert who.topic and who.registration, "granted to a participant, about a topic"
    forum_id, registration_id, topic_id = who.forum.id, who.registration.id, who.topic.id
    count_press(actor, registration_id)
    _press(forum_id, registration_id, topic_id, is_on=is_on)


def go(actor: Actor, who: Participant) -> None:
    """Note that somebody is at a topic, at its hour; what they said of that hour before is forgotten.

    Raise Conflict where it has no room any more.
    """
    require(actor, policy.GO, who)
    topic = policy.get_topic(who)
    _count_then_go(actor, who, topic.slot_id or 0, topic.id)


def take_pause(actor: Actor, who: Participant, slot_id: int) -> None:
    """Note that somebody takes a pause at an hour."""
    require(actor, policy.TAKE_PAUSE, who)
    _count_then_go(actor, who, slot_id, None)


def _count_then_go(actor: Actor, who: Participant, slot_id: int, topic_id: int | None) -> None:
    assert who.registration, "granted to a participant"
    forum_id, registration_id = who.forum.id, who.registration.id
    count_press(actor, registration_id)
    _go(forum_id, registration_id, slot_id, topic_id)


@command
def _go(forum_id: int, registration_id: int, slot_id: int, topic_id: int | None) -> None:
    if not topics.is_held(forum_id, slot_id, topic_id):
        raise Conflict(MOVED)
    mine = {"registration_id": registration_id, "slot_id": slot_id}
    try:
        upsert(ForumGoing, *mine, **mine, topic_id=topic_id, at=clock.now())
    except IntegrityError as error:
        raise Conflict(MOVED) from error  # The hour was taken off at this very moment.
    _fold_when_due(forum_id)


@command
def _press(forum_id: int, registration_id: int, topic_id: int, *, is_on: bool) -> None:
    if is_on:
        insert_once(ForumInterest, registration_id=registration_id, topic_id=topic_id, at=clock.now())
    else:
        here = (ForumInterest.registration_id == registration_id, ForumInterest.topic_id == topic_id)
        run(delete(ForumInterest).where(*here))
    _fold_when_due(forum_id)


def _fold_when_due(forum_id: int) -> None:
    now = clock.now()
    if insert_once(ForumFold, forum_id=forum_id, at=now):
        fold(forum_id)
        return
    is_due = (ForumFold.forum_id == forum_id, ForumFold.at <= now - PAUSE)
    if run(update(ForumFold).where(*is_due).values(at=now)).rowcount:
        fold(forum_id)


def fold(forum_id: int) -> None:
    """Count the presses about each topic of a forum; write the numbers that changed, and nothing where none did.

    Who was where is forgotten after the day: the numbers stay as they were then.
    """
    wanted, there = presses.count_interests(forum_id), presses.count_goings(forum_id)
    ends_at = db.session.scalar(select(Event.ends_at).where(Event.id == forum_id))
    is_over = ends_at is None or ends_at < clock.now() - GOINGS_FOR
    columns = ForumTopic.id, ForumTopic.interest_count, ForumTopic.going_count
    stored = select(*columns).where(ForumTopic.forum_id == forum_id)
    for topic_id, interest, going in db.session.execute(stored).tuples().all():
        counts = wanted.get(topic_id, 0), going if is_over else there.get(topic_id, 0)
        if counts != (interest, going):
            changed = update(ForumTopic).where(ForumTopic.id == topic_id)
            run(changed.values(interest_count=counts[0], going_count=counts[1]))
        if interest < counts[0]:
            tell(InterestGrew(topic_id, counts[0], interest))


def select_forums_of(registration_ids: Sequence[int]) -> Select[tuple[int]]:
    """Select the forums where something was pressed from these places."""
    pressed = [
        ForumTopic.id.in_(select(table.topic_id).where(table.registration_id.in_(registration_ids)))
        for table in (ForumInterest, ForumGoing)
    ]
    return select(ForumTopic.forum_id).where(or_(*pressed)).distinct()


@command
def fold_all() -> None:
    """Count what the last presses of each forum left to count; an hour after them, nothing is left."""
    late = select(ForumFold.forum_id).where(ForumFold.at > clock.now() - timedelta(hours=1))
    for forum_id in db.session.scalars(late).all():
        fold(forum_id)
