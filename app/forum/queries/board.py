"""What the board of a forum shows: who has which room at which hour, and what has to be known to place a topic."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.accounts.models.people import User
from app.accounts.profiles import HIDDEN_NAME
from app.core.db import db
from app.core.text.plain import sort_key
from app.events.models.registrations import EventRegistration, Registrant
from app.forum.conflicts import Identity
from app.forum.models import SESSION, ForumInterest, ForumRoom, ForumSlot, ForumTopic, ForumTopicHost
from app.forum.queries.topics import is_on_the_wall, select_topics, with_host


def list_on_wall(forum_id: int) -> Sequence[ForumTopic]:
    """Return the topics on the wall of a forum, placed or not, the most wanted first."""
    return sort_by_people(db.session.scalars(select_topics(forum_id).options(*with_host())).all())


def sort_by_people(topics: Iterable[ForumTopic]) -> Sequence[ForumTopic]:
    """Return topics in their order, the most wanted first."""
    return sorted(topics, key=lambda topic: (-topic.people_count, topic.id))


def find_in_cell(slot_id: int, room_id: int) -> ForumTopic | None:
    """Return the topic that has a room at an hour, in sight or not."""
    query = select(ForumTopic).where(ForumTopic.slot_id == slot_id, ForumTopic.room_id == room_id)
    found: ForumTopic | None = db.session.scalar(query)
    return found


def is_cell(forum_id: int, slot_id: int, room_id: int) -> bool:
    """Tell whether a forum has this room, and this hour of sessions."""
    query = select(ForumRoom.id).join(ForumSlot, ForumSlot.forum_id == ForumRoom.forum_id)
    query = query.where(ForumRoom.forum_id == forum_id, ForumRoom.id == room_id)
    return db.session.scalar(query.where(ForumSlot.id == slot_id, ForumSlot.kind == SESSION)) is not None


def find_placer(topic: ForumTopic) -> str:
    """Return the name of whoever gave a topic its room; "" where nobody did, or where it is shown no more."""
    query = select(User.name).where(User.id == topic.placed_by, User.closed_at.is_(None), User.name != HIDDEN_NAME)
    return db.session.scalar(query) or ""


def count_shared(topic_id: int, others: Collection[int]) -> dict[int, int]:
    """Map other topics to how many people are interested in both, where some are."""
    if not others:
        return {}
    mine, theirs = aliased(ForumInterest), aliased(ForumInterest)
    query = select(theirs.topic_id, func.count()).join(mine, mine.registration_id == theirs.registration_id)
    query = query.where(mine.topic_id == topic_id, theirs.topic_id.in_(others), theirs.topic_id != topic_id)
    return dict(db.session.execute(query.group_by(theirs.topic_id)).tuples().all())


def identify_hosts(topics: Iterable[ForumTopic]) -> dict[int, frozenset[Identity]]:
    """Map topics to who holds them: whoever pitched each, and those whose offer was accepted."""
    found = {topic.id: set(_identify(topic.author_id, topic.registration_id, topic.host_name)) for topic in topics}
    query = select(
        ForumTopicHost.topic_id, EventRegistration.user_id, EventRegistration.id, func.coalesce(Registrant.name, "")
    )
    query = query.join(EventRegistration, EventRegistration.id == ForumTopicHost.registration_id)
    query = query.outerjoin(Registrant, Registrant.id == EventRegistration.registrant_id)
    query = query.where(ForumTopicHost.topic_id.in_(found), ForumTopicHost.accepted_at.is_not(None))
    for topic_id, user_id, registration_id, name in db.session.execute(query).tuples():
        found[topic_id].update(_identify(user_id, registration_id, name))
    return {topic_id: frozenset(identities) for topic_id, identities in found.items()}


def _identify(user_id: int | None, registration_id: int | None, name: str) -> list[Identity]:
    known: tuple[tuple[str, int | str | None], ...] = (
        ("user", user_id),
        ("place", registration_id),
        ("name", sort_key(name)),
    )
    return [(kind, value) for kind, value in known if value]


def list_held(forum_id: int) -> Sequence[ForumTopic]:
    """Return the topics of a forum that have a room, in sight or not, by hour then room."""
    query = select(ForumTopic).where(ForumTopic.forum_id == forum_id, ForumTopic.slot_id.is_not(None))
    return db.session.scalars(query.order_by(ForumTopic.slot_id, ForumTopic.room_id)).all()


def list_times(first_id: int) -> Sequence[ForumTopic]:
    """Return each time that a topic is held: itself and those that point to it, as far as they stand on the wall."""
    is_it = (ForumTopic.id == first_id) | (ForumTopic.again_of_id == first_id)
    return db.session.scalars(select(ForumTopic).where(is_it, is_on_the_wall())).all()
