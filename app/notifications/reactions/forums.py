"""Topics of a Forum ouvert: who holds one, and who is interested in it."""

from typing import Any

from app.core.db import db
from app.events.models.meetings import Event
from app.forum.models import ForumSlot, ForumTopic
from app.forum.signals import InterestGrew, TopicChanged
from app.notifications.reactions.talk import TEN
from app.notifications.service import facts, notices


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
