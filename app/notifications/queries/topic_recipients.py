"""Whom a topic of a forum is told to: who holds it and who is interested in it, members alone; guests read pages."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Select, select

from app.core.db import db
from app.events.models.meetings import Event
from app.events.models.registrations import IN, EventRegistration
from app.forum.models import ForumInterest, ForumTopic, ForumTopicHost
from app.notifications.models import Fact
from app.notifications.queries.recipients import Audience

# What a fact says of a topic, as it must be still when it is told.
IS_SO: Mapping[str, Callable[[ForumTopic], bool]] = {
    "topic_pitched": lambda topic: topic.is_on_the_wall,
    "topic_withdrawn": lambda topic: topic.is_withdrawn,
    "topic_joined": lambda topic: topic.is_joined,
    "topic_placed": lambda topic: topic.is_placed,
    "topic_moved": lambda topic: topic.is_placed,
    "topic_taken_off": lambda topic: topic.is_on_the_wall and not topic.is_placed,
}


def _of_topic(fact: Fact) -> Audience | None:
    """Something became of a topic, and is so still: who holds it, who is interested in it; nobody after the meeting."""
    topic, event = db.session.get(ForumTopic, fact.facts["topic"]), db.session.get_one(Event, fact.event_id)
    if topic is None or not topic.is_in_sight or not IS_SO[fact.kind](topic):
        return None
    if not event.is_published or event.is_cancelled or event.is_past:
        return None
    paths = [select(ForumTopic.author_id, Event.thread_id).join(Event, Event.id == ForumTopic.forum_id)]
    paths += [_select_people(ForumTopicHost).where(ForumTopicHost.accepted_at.is_not(None))]
    kinds = [f"{fact.kind}.host"] * 2
    if fact.kind != "topic_pitched":
        paths.append(_select_people(ForumInterest))
        kinds.append(f"{fact.kind}.interested")
    paths = [path.where(ForumTopic.id == topic.id) for path in paths]
    # On the day, people are in the room: what moves there is not worth a mail.
    return Audience(event, paths, kinds=kinds, despite_silence=True, without_mail=event.is_under_way)


def _of_notes(fact: Fact) -> Audience | None:
    """The notes of a session are published: who is interested in its topic, after the meeting too."""
    topic, event = db.session.get(ForumTopic, fact.facts["topic"]), db.session.get_one(Event, fact.event_id)
    if topic is None or not topic.is_on_the_wall or not event.is_published or event.is_cancelled:
        return None
    path = _select_people(ForumInterest).where(ForumTopic.id == topic.id)
    kinds = [f"{fact.kind}.interested"]
    return Audience(event, [path], kinds=kinds, despite_silence=True, without_mail=event.is_under_way)


def _select_people(table: Any) -> Select[Any]:
    """Select the members whom a table ties to topics by their places, and the thread of the meeting."""
    query = select(EventRegistration.user_id, Event.thread_id).join(
        table, table.registration_id == EventRegistration.id
    )
    query = query.join(ForumTopic, ForumTopic.id == table.topic_id).join(Event, Event.id == ForumTopic.forum_id)
    return query.where(EventRegistration.user_id.is_not(None), EventRegistration.state == IN)


AUDIENCES: Mapping[str, Callable[[Fact], Audience | None]] = dict.fromkeys(IS_SO, _of_topic) | {
    "topic_noted": _of_notes
}
