"""The day of a forum of the demonstration: its phases, who is in which room, what is said there."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.accounts.models.people import User
from app.communities.actors import actor_for
from app.core.actor import Actor
from app.core.db import db
from app.events.models.meetings import Event
from app.forum import policy
from app.forum.models import SESSION, ForumTopic
from app.forum.participants import Participant
from app.forum.queries import forums, topics
from app.forum.service import forums as forum_service
from app.forum.service import placing
from app.forum.service import topics as topic_service
from app.forum.service.placing import Place
from app.notes.service import lines, texts
from app.notes.service.texts import Sent
from app.notes.words import LineWords
from app.operations.demo import book

Fact = dict[str, Any]


def move_phase(actor: Actor, event: Event, fact: Fact) -> None:
    forum = forums.get_forum(actor, event.id, policy.READ)
    forum_service.move_phase(actor, forum, fact["to"], seen=forum.phase)


def arrange(actor: Actor, event: Event, fact: Fact) -> None:
    """Give each topic of a file its room and its hour, and join those that are much the same."""
    day, arrangement = book.load(fact["file"]), forums.get_arrangement(event.id)
    hours = [slot for slot in arrangement.slots if slot.kind == SESSION]
    for one in day["sessions"]:
        cell = Place(hours[one["hour"]].id, arrangement.rooms[one["room"]].id)
        placing.place(actor, _find(actor, event, one["title"]), cell, None)
    for one in day["joined"]:
        to = _find(actor, event, one["to"])
        topic_service.join(actor, _find(actor, event, one["title"]), policy.get_topic(to).id)


def write(_actor: Actor, event: Event, fact: Fact) -> None:
    """Have the host of each session of a file write its notes."""
    for one in book.load(fact["file"])["sessions"]:
        host = actor_for(db.session.get_one(User, fact["user_ids"][one["by"]]))
        who = _find(host, event, one["title"])
        lines.count_people(host, who, one["people"])
        texts.save(host, who, Sent(1, 0, is_own=False, text=one["text"], key="demo"))
        for number, line in enumerate(one["lines"]):
            due = _due(event, line["in_days"]) if "in_days" in line else None
            words = LineWords(line["kind"], line["text"], "fr", line.get("who", ""), due)
            lines.add(host, who, words, key=f"demo-{number}")


def _due(event: Event, days: int) -> date:
    return event.starts_at.date() + timedelta(days=days)


def _find(actor: Actor, event: Event, title: str) -> Participant:
    """Return a person before the topic of this title."""
    forum = forums.get_forum(actor, event.id, policy.READ)
    topic_id = db.session.scalars(select(ForumTopic.id).filter_by(forum_id=event.id, title=title)).one()
    who = Participant(forum, topics.find_own_place(actor, forum))
    found = topics.find_topic(actor, who, topic_id, policy.READ_TOPIC)
    assert found, "a topic of the demonstration is on the wall"
    return found
