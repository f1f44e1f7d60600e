"""Interest in a topic, one press: it is counted into what everybody sees every few seconds, and never moves a page."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Select, delete, func, select, update

from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.dialect import insert_once
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.forum import policy
from app.forum.models import ForumFold, ForumInterest, ForumTopic
from app.forum.participants import Participant
from app.forum.signals import InterestGrew

# How often the interest in the topics of a forum is counted at most.
PAUSE = timedelta(seconds=5)


def press(actor: Actor, who: Participant, *, is_on: bool) -> None:
    """Note that somebody is interested in a topic, or no more; a second time changes nothing.

    Nothing is locked for it: hundreds press in a minute.
    """
    require(actor, policy.BE_INTERESTED, who)
    assert who.topic and who.registration, "granted to a participant, about a topic"
    _press(who.forum.id, who.registration.id, who.topic.id, is_on=is_on)


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
    """Count the interest in each topic of a forum; write the numbers that changed, and nothing where none did."""
    counted = count_interests(forum_id)
    stored = select(ForumTopic.id, ForumTopic.interest_count).where(ForumTopic.forum_id == forum_id)
    for topic_id, count in db.session.execute(stored).tuples().all():
        present = counted.get(topic_id, 0)
        if count != present:
            run(update(ForumTopic).where(ForumTopic.id == topic_id).values(interest_count=present))
        if count < present:
            tell(InterestGrew(topic_id, present, count))


def count_interests(forum_id: int) -> dict[int, int]:
    """Map the topics of a forum to how many are interested, where some are."""
    query = select(ForumInterest.topic_id, func.count()).join(ForumTopic, ForumTopic.id == ForumInterest.topic_id)
    query = query.where(ForumTopic.forum_id == forum_id).group_by(ForumInterest.topic_id)
    return dict(db.session.execute(query).tuples().all())


def select_forums_of(registration_ids: Sequence[int]) -> Select[tuple[int]]:
    """Select the forums where something was pressed from these places."""
    query = select(ForumTopic.forum_id).join(ForumInterest, ForumInterest.topic_id == ForumTopic.id)
    return query.where(ForumInterest.registration_id.in_(registration_ids)).distinct()


@command
def fold_all() -> None:
    """Count what the last presses of each forum left to count."""
    late = select(ForumFold.forum_id).where(ForumFold.at > clock.now() - timedelta(hours=1))
    for forum_id in db.session.scalars(late).all():
        fold(forum_id)
