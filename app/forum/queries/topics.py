"""The topics of a forum: one, those that a person is shown, and what they pressed themselves."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from app.accounts.models.people import User
from app.core.actor import Actor
from app.core.db import db
from app.core.permits import Permission
from app.events.models.registrations import EventRegistration
from app.forum import policy
from app.forum.models import WAITING, Forum, ForumInterest, ForumTopic
from app.forum.participants import Participant


def find_own_place(actor: Actor, forum: Forum) -> EventRegistration | None:
    """Return the registration of a member at the meeting of a forum, whatever its state."""
    if not actor.is_someone:
        return None
    mine = (EventRegistration.event_id == forum.id, EventRegistration.user_id == actor.id)
    found: EventRegistration | None = db.session.scalar(select(EventRegistration).where(*mine))
    return found


def find_topic(actor: Actor, who: Participant, topic_id: int, permission: Permission) -> Participant | None:
    """Return a participant with a topic of their forum, where they have a permission on it; else None."""
    query = select(ForumTopic).where(ForumTopic.id == topic_id, ForumTopic.forum_id == who.forum.id)
    topic: ForumTopic | None = db.session.scalar(query.options(*with_host()))
    found = Participant(who.forum, who.registration, topic) if topic else None
    return found if found and permission.permits(actor, found) else None


def list_topics(actor: Actor, who: Participant) -> Sequence[ForumTopic]:
    """Return the topics of a forum that a person is shown, in the order in which they were pitched."""
    query = select(ForumTopic).where(ForumTopic.forum_id == who.forum.id, readable_by(actor, who))
    return db.session.scalars(query.options(*with_host()).order_by(ForumTopic.id)).all()


def readable_by(actor: Actor, who: Participant) -> ColumnElement[bool]:
    """SQL twin of `policy.READ_TOPIC`, for whoever reads the forum."""
    is_kept = ForumTopic.deleted_at.is_(None)
    if policy.runs_it(actor, who.forum):
        return is_kept
    clauses = [is_in_sight()]
    if actor.is_someone:
        clauses.append(is_kept & (ForumTopic.author_id == actor.id))
    if who.registration:
        clauses.append(is_kept & (ForumTopic.registration_id == who.registration.id))
    return or_(*clauses)


def is_in_sight() -> ColumnElement[bool]:
    """SQL twin of `ForumTopic.is_in_sight`."""
    return (ForumTopic.state != WAITING) & ForumTopic.in_sight()


def with_host() -> list[ExecutableOption]:
    """Load the member who pitched a topic, and nothing else of the account."""
    return [joinedload(ForumTopic.author).load_only(User.name, User.closed_at)]


def list_interests(registration: EventRegistration | None) -> frozenset[int]:
    """Return the topics that somebody is interested in, for themselves alone."""
    if registration is None:
        return frozenset()
    query = select(ForumInterest.topic_id).where(ForumInterest.registration_id == registration.id)
    return frozenset(db.session.scalars(query))


def select_topics(forum_id: int) -> Select[Any]:
    """Select the topics of a forum that stand on its wall: neither withdrawn nor joined to another."""
    return select(ForumTopic).where(ForumTopic.forum_id == forum_id, is_on_the_wall())


def is_on_the_wall() -> ColumnElement[bool]:
    """SQL twin of `ForumTopic.is_on_the_wall`."""
    return (ForumTopic.state == "open") & ForumTopic.joined_id.is_(None) & ForumTopic.in_sight()


def find_on_wall(forum_id: int, topic_id: int) -> ForumTopic | None:
    """Return a topic of a forum that stands on its wall."""
    found: ForumTopic | None = db.session.scalar(select_topics(forum_id).where(ForumTopic.id == topic_id))
    return found


def list_in_sight(ids: Collection[int]) -> dict[int, ForumTopic]:
    """Return those of these topics that are in sight of whoever reads their forum, by their numbers."""
    query = select(ForumTopic).where(ForumTopic.id.in_(ids), is_in_sight())
    return {topic.id: topic for topic in db.session.scalars(query)}


def count_topics(forum_id: int) -> int:
    """Count the topics of a forum, whatever became of them."""
    return db.session.scalar(select(func.count()).where(ForumTopic.forum_id == forum_id)) or 0


def find_sent(forum_id: int, sent_as: str) -> ForumTopic | None:
    """Return the topic that a sending of a form made."""
    query = select(ForumTopic).where(ForumTopic.forum_id == forum_id, ForumTopic.sent_as == sent_as)
    found: ForumTopic | None = db.session.scalar(query)
    return found
