"""Interest in a topic, and being there, in one press: counted into what everybody sees every few seconds.

A press writes private tables alone, so that no page of the site is made anew for it. It is written while its forum is
locked: what it was granted on holds until it is there, and counting meets no press on its way.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Select, delete, or_, select, update

from app.core import clock, dialect
from app.core.actor import Actor
from app.core.db import db, run
from app.core.dialect import insert_once, upsert
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.events.models.meetings import Event
from app.forum import policy
from app.forum.models import Forum, ForumFold, ForumGoing, ForumInterest, ForumTopic
from app.forum.pace import count_press
from app.forum.participants import Participant, list_rows
from app.forum.queries import counts, topics
from app.forum.retention import GOINGS_FOR
from app.forum.signals import InterestGrew

# How often the interest in the topics of a forum is counted at most.
PAUSE = timedelta(seconds=5)
MOVED = N_("Ce sujet n'est plus là à cette heure : regardez où il est maintenant.")


def press(actor: Actor, who: Participant, *, is_on: bool) -> None:
    """Note that somebody is interested in a topic, or no more; a second time changes nothing. Raise TooMany."""
    require(actor, policy.BE_INTERESTED, who)
    _count(actor, who)
    _press(actor, who, is_on=is_on)


def go(actor: Actor, who: Participant) -> None:
    """Note that somebody is at a topic, at its hour; what they said of that hour before is forgotten.

    Raise Conflict where it has no room any more, TooMany.
    """
    require(actor, policy.GO, who)
    _count(actor, who)
    _go_to_topic(actor, who)


def take_pause(actor: Actor, who: Participant, slot_id: int) -> None:
    """Note that somebody takes a pause at an hour. Raise Conflict where there is no such hour, TooMany."""
    require(actor, policy.TAKE_PAUSE, who)
    _count(actor, who)
    _go_aside(actor, who, slot_id)


def _count(actor: Actor, who: Participant) -> None:
    """Count a press, of whatever becomes of it."""
    assert who.registration, "granted to a participant"
    count_press(actor, who.registration.id)


@command(also=list_rows)
def _press(actor: Actor, who: Participant, *, is_on: bool) -> None:
    require(actor, policy.BE_INTERESTED, who)
    assert who.topic and who.registration, "granted to a participant, about a topic"
    pair = {"registration_id": who.registration.id, "topic_id": who.topic.id}
    if is_on:
        insert_once(ForumInterest, **pair, at=clock.now())
    else:
        run(delete(ForumInterest).filter_by(**pair))
    _fold_when_due(who.forum.id)


@command(also=list_rows)
def _go_to_topic(actor: Actor, who: Participant) -> None:
    require(actor, policy.GO, who)
    topic = policy.get_topic(who)
    _go(who, topic.slot_id or 0, topic.id)


@command(also=list_rows)
def _go_aside(actor: Actor, who: Participant, slot_id: int) -> None:
    require(actor, policy.TAKE_PAUSE, who)
    _go(who, slot_id, None)


def _go(who: Participant, slot_id: int, topic_id: int | None) -> None:
    assert who.registration, "granted to a participant"
    if not topics.is_held(who.forum.id, slot_id, topic_id):
        raise Conflict(MOVED)
    mine = {"registration_id": who.registration.id, "slot_id": slot_id}
    upsert(ForumGoing, *mine, **mine, topic_id=topic_id, at=clock.now())
    _fold_when_due(who.forum.id)


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

    Who was where is forgotten after the day: the numbers stay as they were then. Two who count wait for one another.
    """
    dialect.lock_rows(Forum.__table__, [forum_id])
    wanted, there = counts.count_interests(forum_id), counts.count_goings(forum_id)
    ends_at = db.session.scalar(select(Event.ends_at).where(Event.id == forum_id))
    is_over = ends_at is None or ends_at < clock.now() - GOINGS_FOR
    columns = ForumTopic.id, ForumTopic.interest_count, ForumTopic.going_count
    stored = select(*columns).where(ForumTopic.forum_id == forum_id).order_by(ForumTopic.id)
    for topic_id, interest, going in db.session.execute(stored).tuples().all():
        now = wanted.get(topic_id, 0), going if is_over else there.get(topic_id, 0)
        if now != (interest, going):
            changed = update(ForumTopic).where(ForumTopic.id == topic_id)
            run(changed.values(interest_count=now[0], going_count=now[1]))
        if interest < now[0]:
            tell(InterestGrew(topic_id, now[0], interest))


def select_forums_of(registration_ids: Sequence[int]) -> Select[tuple[int]]:
    """Select the forums where something was pressed from these places."""
    pressed = [
        ForumTopic.id.in_(select(table.topic_id).where(table.registration_id.in_(registration_ids)))
        for table in (ForumInterest, ForumGoing)
    ]
    return select(ForumTopic.forum_id).where(or_(*pressed)).distinct()


def fold_all() -> None:
    """Count what the last presses of each forum left to count; an hour after them, nothing is left."""
    late = select(ForumFold.forum_id).where(ForumFold.at > clock.now() - timedelta(hours=1))
    for forum_id in db.session.scalars(late.order_by(ForumFold.forum_id)).all():
        fold_forum(forum_id)


@command
def fold_forum(forum_id: int) -> None:
    """Count the presses of one forum."""
    fold(forum_id)
