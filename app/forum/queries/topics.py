"""The topics of a forum: one, those that a person is shown, and what they pressed themselves."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.sql.base import ExecutableOption

from app.accounts.models.people import User
from app.communities import policy as communities
from app.communities.sql_policy import stands_in
from app.core.actor import Actor
from app.core.db import constant, db
from app.core.dialect import unindexed
from app.core.errors import NotFound
from app.core.paging import SIZE, Page, page_by_id
from app.core.permits import Permission
from app.events.models.meetings import PUBLISHED, Event
from app.events.models.registrations import EventRegistration, Registrant
from app.events.queries import reading as events
from app.events.queries import registrations
from app.forum import policy
from app.forum.models import (
    CLOSED,
    OPEN,
    WAITING,
    Forum,
    ForumGoing,
    ForumInterest,
    ForumRoom,
    ForumSlot,
    ForumTopic,
    ForumTopicHost,
)
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
    query = select_contents().where(ForumTopic.id == topic_id, ForumTopic.forum_id == who.forum.id)
    topic: ForumTopic | None = db.session.scalar(query)
    found = Participant(who.forum, who.registration, topic) if topic else None
    return found if found and permission.permits(actor, found) else None


def get_topic(actor: Actor, topic_id: int, permission: Permission) -> ForumTopic:
    """Return a topic with its forum and its meeting. Raise NotFound where it is absent or forbidden."""
    topic: ForumTopic | None = db.session.scalar(_select_shown(actor).where(ForumTopic.id == topic_id))
    if topic is None or not permission.permits(actor, topic):
        raise NotFound()
    return topic


def get_topics(actor: Actor, ids: Collection[int]) -> dict[int, ForumTopic]:
    """Map those of these topics that a person may read to themselves."""
    return {topic.id: topic for topic in db.session.scalars(_select_shown(actor).where(ForumTopic.id.in_(ids)))}


def _select_shown(actor: Actor) -> Select[tuple[ForumTopic]]:
    return select_contents().where(shown_to(actor))


def select_contents() -> Select[tuple[ForumTopic]]:
    """Select topics, each joined to its forum and its meeting and read with them."""
    query = select(ForumTopic).join(ForumTopic.forum).join(Forum.event)
    return query.options(contains_eager(ForumTopic.forum).contains_eager(Forum.event), *with_host())


def shown_to(actor: Actor) -> ColumnElement[bool]:
    """SQL twin of `policy.READ_TOPIC`, asked of a topic alone, where each is joined to its meeting."""
    is_kept = ForumTopic.deleted_at.is_(None)
    clauses = [is_in_sight()]
    if actor.is_someone:
        is_near = ForumTopic.hidden_at.is_not(None) & stands_in(actor, Event, ForumTopic.author_id)
        clauses.append(is_kept & or_(ForumTopic.author_id == actor.id, events.run_by(actor), is_near))
    return and_(or_(events.readable_by(actor), events.own_of(actor)), or_(*clauses))


def list_own(actor: Actor, *, before: int | None = None) -> Page[ForumTopic]:
    """Return the topics that a person pitched with their account and still reads, the last first."""
    query = _select_shown(actor).where(ForumTopic.author_id == actor.id, unindexed(Event.rehearses_id).is_(None))
    query = query.where(ForumTopic.id < before if before else true())
    rows = db.session.scalars(query.order_by(ForumTopic.id.desc()).limit(SIZE + 1)).all()
    return page_by_id(rows, is_first=not before)


def list_topics(actor: Actor, who: Participant) -> Sequence[ForumTopic]:
    """Return the topics of a forum that a person is shown, in the order in which they were pitched."""
    return db.session.scalars(select_readable(actor, who).options(*with_host()).order_by(ForumTopic.id)).all()


def select_readable(actor: Actor, who: Participant) -> Select[tuple[ForumTopic]]:
    """Select the topics of a forum that a person is shown."""
    return select(ForumTopic).where(ForumTopic.forum_id == who.forum.id, readable_by(actor, who))


def readable_by(actor: Actor, who: Participant) -> ColumnElement[bool]:
    """SQL twin of `policy.READ_TOPIC`, for whoever reads the forum."""
    is_kept = ForumTopic.deleted_at.is_(None)
    if policy.runs_it(actor, who.forum):
        return is_kept
    clauses = [is_in_sight()]
    if actor.is_someone:
        clauses.append(is_kept & (ForumTopic.author_id == actor.id))
    lone = communities.alone_in_charge(actor, who.forum.event.community_id)
    if communities.stands_in(actor, who.forum.event, lone):
        clauses.append(is_kept & ForumTopic.hidden_at.is_not(None) & (ForumTopic.author_id == lone))
    if who.registration:
        clauses.append(is_kept & (ForumTopic.registration_id == who.registration.id))
    return or_(*clauses)


def awaits_team() -> ColumnElement[bool]:
    """Match, where each is joined to its forum and its meeting, the topics that may be let onto the wall now."""
    is_running = and_(Event.status == constant(PUBLISHED), Event.in_sight(), Forum.phase != constant(CLOSED))
    return and_(
        ForumTopic.state == constant(WAITING), ForumTopic.in_sight(), ForumTopic.joined_id.is_(None), is_running
    )


def is_in_sight() -> ColumnElement[bool]:
    """SQL twin of `ForumTopic.is_in_sight`."""
    return (ForumTopic.state != WAITING) & ForumTopic.in_sight()


def with_host(topic: type[ForumTopic] = ForumTopic) -> list[ExecutableOption]:
    """Load the member who pitched a topic (of the class, or an alias of it), and nothing else of the account."""
    return [joinedload(topic.author).load_only(User.name, User.closed_at)]


def get_guest_name(registration: EventRegistration) -> str:
    """Return the name that somebody without an account gave, "" for none."""
    return db.session.scalar(select(Registrant.name).where(Registrant.id == registration.registrant_id)) or ""


def is_named_on_wall(registration: EventRegistration) -> bool:
    """Tell whether people read on the wall of a forum the name of somebody who has no account."""
    pitched = (ForumTopic.registration_id == registration.id, ForumTopic.host_name != "", ForumTopic.state != WAITING)
    held = (ForumTopicHost.registration_id == registration.id, ForumTopicHost.accepted_at.is_not(None))
    named = or_(select(ForumTopic.id).where(*pitched).exists(), select(ForumTopicHost.topic_id).where(*held).exists())
    return bool(db.session.scalar(select(named)))


def read_of_meeting(actor: Actor, event_id: int) -> tuple[bool, bool]:
    """Tell whether the forum of a meeting is closed, and a member whether they pitched there as a guest."""
    query = select(Forum.phase == CLOSED, _has_pitched_as_guest(actor, event_id)).where(Forum.id == event_id)
    row = db.session.execute(query).one_or_none()
    return (bool(row[0]), bool(row[1])) if row else (False, False)


def _has_pitched_as_guest(actor: Actor, forum_id: int) -> ColumnElement[bool]:
    """Match where somebody with the address of a member, and no account, is named with a topic of a forum."""
    if not actor.is_someone:
        return false()
    address = select(User.email).where(User.id == actor.id, User.confirmed_at.is_not(None)).scalar_subquery()
    query = select(EventRegistration.id).join(Registrant, Registrant.id == EventRegistration.registrant_id)
    is_named = or_(
        select(ForumTopic.id).where(ForumTopic.registration_id == EventRegistration.id).exists(),
        select(ForumTopicHost.topic_id).where(ForumTopicHost.registration_id == EventRegistration.id).exists(),
    )
    query = query.where(EventRegistration.event_id == forum_id, Registrant.email == address)
    return query.where(registrations.is_coming(), is_named).exists()


def list_interests(registration: EventRegistration | None) -> frozenset[int]:
    """Return the topics that somebody is interested in, for themselves alone."""
    if registration is None:
        return frozenset()
    query = select(ForumInterest.topic_id).where(ForumInterest.registration_id == registration.id)
    return frozenset(db.session.scalars(query))


def select_topics(forum_id: int) -> Select[tuple[ForumTopic]]:
    """Select the topics of a forum that stand on its wall: neither withdrawn nor joined to another."""
    return select(ForumTopic).where(ForumTopic.forum_id == forum_id, is_on_the_wall())


def is_on_the_wall() -> ColumnElement[bool]:
    """SQL twin of `ForumTopic.is_on_the_wall`."""
    return (ForumTopic.state == OPEN) & ForumTopic.joined_id.is_(None) & ForumTopic.in_sight()


def find_on_wall(forum_id: int, topic_id: int) -> ForumTopic | None:
    """Return a topic of a forum that stands on its wall."""
    found: ForumTopic | None = db.session.scalar(select_topics(forum_id).where(ForumTopic.id == topic_id))
    return found


def count_topics(forum_id: int, *, is_waiting: bool = False) -> int:
    """Count the topics of a forum that wait for the team, or the others, whatever became of them."""
    which = ForumTopic.state == WAITING if is_waiting else ForumTopic.state != WAITING
    return db.session.scalar(select(func.count()).where(ForumTopic.forum_id == forum_id, which)) or 0


def find_sent(forum_id: int, sent_as: str) -> ForumTopic | None:
    """Return the topic that a sending of a form made."""
    query = select(ForumTopic).where(ForumTopic.forum_id == forum_id, ForumTopic.sent_as == sent_as)
    found: ForumTopic | None = db.session.scalar(query)
    return found


def name_topics(actor: Actor, who: Participant, ids: Collection[int]) -> dict[int, str]:
    """Map those of these topics that a person is shown to their titles."""
    if not ids:
        return {}
    query = select(ForumTopic.id, ForumTopic.title).where(ForumTopic.forum_id == who.forum.id, ForumTopic.id.in_(ids))
    return dict(db.session.execute(query.where(readable_by(actor, who))).tuples().all())


def get_cells(topics: Sequence[ForumTopic]) -> dict[int, tuple[ForumRoom, ForumSlot]]:
    """Map those of these topics that have a room to it and to their hour."""
    placed = [topic.id for topic in topics if topic.is_placed]
    if not placed:
        return {}
    query = select(ForumTopic.id, ForumRoom, ForumSlot).join(ForumRoom, ForumRoom.id == ForumTopic.room_id)
    query = query.join(ForumSlot, ForumSlot.id == ForumTopic.slot_id).where(ForumTopic.id.in_(placed))
    return {topic_id: (room, slot) for topic_id, room, slot in db.session.execute(query).tuples()}


def find_host(topic_id: int, registration_id: int) -> ForumTopicHost | None:
    """Return the offer of somebody to hold a topic, accepted or not."""
    return db.session.get(ForumTopicHost, (topic_id, registration_id))


def list_hosts(topic_id: int) -> Sequence[ForumTopicHost]:
    """Return who offered to hold a topic with its host, accepted or not, the first first."""
    query = select(ForumTopicHost).where(ForumTopicHost.topic_id == topic_id)
    name = joinedload(ForumTopicHost.user).load_only(User.name, User.closed_at)
    return db.session.scalars(
        query.options(name).order_by(ForumTopicHost.asked_at, ForumTopicHost.registration_id)
    ).all()


def is_held(forum_id: int, slot_id: int, topic_id: int | None) -> bool:
    """Tell whether a topic has a room at this hour of its forum; without a topic, whether there is the hour."""
    query = select(ForumSlot.id).where(ForumSlot.id == slot_id, ForumSlot.forum_id == forum_id)
    if topic_id is not None:
        query = select(ForumTopic.id).where(ForumTopic.id == topic_id, ForumTopic.slot_id == slot_id)
        query = query.where(ForumTopic.forum_id == forum_id, is_on_the_wall())
    return db.session.scalar(query) is not None


def list_goings(registration: EventRegistration | None) -> dict[int, int | None]:
    """Map the hours at which somebody said where they are to the topic, None for a pause; for themselves alone."""
    if registration is None:
        return {}
    query = select(ForumGoing.slot_id, ForumGoing.topic_id).where(ForumGoing.registration_id == registration.id)
    return dict(db.session.execute(query).tuples().all())
