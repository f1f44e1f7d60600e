"""A Forum ouvert: who holds a topic, who is interested in it; what became of what was said."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select

from app.accounts.models.people import User
from app.core.db import db
from app.events import mails
from app.events.models.meetings import Event
from app.forum.models import ForumSlot, ForumTopic
from app.forum.signals import HostChanged, InterestGrew, TopicChanged
from app.notes.models import PublishedLine
from app.notes.queries import outcomes
from app.notes.signals import LineLinked, NotesPublished, ReviewEnded
from app.notifications.reactions.talk import TEN
from app.notifications.service import facts, notices
from app.plan.queries import holders


def note_topic(signal: TopicChanged) -> None:
    """Tell who holds a topic, and who is interested in it, what becomes of it; of one let onto the wall, its host."""
    topic = db.session.get_one(ForumTopic, signal.topic_id)
    if signal.what == "pitched" and signal.by == topic.author_id:
        return
    slot = db.session.get(ForumSlot, topic.slot_id) if topic.slot_id else None
    event = db.session.get_one(Event, topic.forum_id)
    if event.is_rehearsal:
        return
    more: dict[str, Any] = {"starts_at": slot.starts_at(event).isoformat()} if slot else {}
    facts.note(f"topic_{signal.what}", by=signal.by, event_id=event.id, topic=topic.id, **more)


def note_notes(signal: NotesPublished) -> None:
    """Tell who is interested in a topic that the public reads the notes of its session."""
    topic = db.session.get_one(ForumTopic, signal.topic_id)
    if not db.session.get_one(Event, topic.forum_id).is_rehearsal:
        facts.note("topic_noted", by=signal.by, event_id=topic.forum_id, topic=topic.id)


def tell_of_interest(signal: InterestGrew) -> None:
    """Tell the host of a topic each time that ten more people are interested; a number is told once."""
    count = signal.count // TEN * TEN
    if count <= signal.former:
        return
    topic = db.session.get_one(ForumTopic, signal.topic_id)
    event, key = db.session.get_one(Event, topic.forum_id), f"{topic.id}-{count}"
    if event.is_rehearsal:
        return
    about: dict[str, Any] = {"event_id": event.id, "topic": topic.id, "count": count}
    notices.tell(topic.author_id, "topic_interest.host", key, **about)
    if event.is_under_way:
        notices.keep_on_site("topic_interest.host", key)


def tell_of_host(signal: HostChanged) -> None:
    """Tell the host of a topic who offers to hold it with them, or does no more; who offered, that they are accepted.

    An offer that is taken back is told to nobody, nor is what was told of it.
    """
    topic = db.session.get_one(ForumTopic, signal.topic_id)
    event, key = db.session.get_one(Event, topic.forum_id), f"{topic.id}-{signal.registration_id}"
    if signal.what in ("taken_back", "left"):
        for kind in ("topic_offered.host", "topic_accepted.offered"):
            notices.call_back(kind, key)
    if signal.what == "taken_back" or not event.is_published or event.is_cancelled or event.is_past:
        return
    kind = f"topic_{signal.what}.{'offered' if signal.what == 'accepted' else 'host'}"
    told = signal.user_id if signal.what == "accepted" else topic.author_id
    if told == signal.by:
        return
    notices.tell(told, kind, key, event_id=event.id, topic=topic.id)
    if event.is_under_way:
        notices.keep_on_site(kind, key)


def tell_of_review(signal: ReviewEnded) -> None:
    """Tell the members who were at a forum, once, what became of what was said where they were."""
    told = defaultdict[outcomes.Outcome, list[int]](list)
    for one in outcomes.list_hearers(db.session.get_one(Event, signal.forum_id)):
        if one.user_id and one.user_id != signal.by:
            told[one.outcome].append(one.user_id)
    for outcome, user_ids in told.items():
        words: dict[str, Any] = {"count": outcome.count, "sessions": int(outcome.has_sessions)}
        if outcome.starts_at:
            words["starts_at"] = outcome.starts_at.isoformat()
        for ids in mails.in_parts(user_ids):
            people = select(User.id).where(User.id.in_(ids))
            notices.tell_each(people, "review.there", str(signal.forum_id), event_id=signal.forum_id, **words)


def tell_of_line(signal: LineLinked) -> None:
    """Tell whoever keeps an action up to date that something said in a session was linked to it."""
    line = db.session.get_one(PublishedLine, signal.line_id)
    topic = db.session.get_one(ForumTopic, line.topic_id)
    for holder in holders.list_holders_of_actions([line.action_id or 0]):
        if holder.user_id != signal.by:
            about: dict[str, Any] = {"action_id": line.action_id, "forum": topic.forum_id, "session": topic.id}
            notices.tell(holder.user_id, "said.holder", str(line.id), **about)
