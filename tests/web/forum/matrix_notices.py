"""What people are told of the topics of a forum."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from app.core import clock
from app.forum.models import ForumTopic
from app.notifications.topics import BESIDE, PITCHED
from tests.events.stored import event_in
from tests.forum.stored import forum_in
from tests.support.world import HERE


def tell(told: Any) -> Iterator[Any]:
    """Tell of a topic that is let onto the wall, placed, moved, taken off, joined, withdrawn, and of who cares for it."""
    make = told.make
    event = event_in(make, room=make.room(HERE), author_id=told.other.id, title="Un forum sur le logement")
    forum = forum_in(make, event=event)
    topic = make.add(ForumTopic(forum_id=forum.id, author_id=told.reader.id, title="Un marché le samedi"))
    moment = (clock.now() + timedelta(days=9)).isoformat()
    about = {"event_id": forum.id, "topic": topic.id}
    yield told.tell("host", "topic_pitched.host", **about)
    yield told.tell("interested", "topic_noted.interested", **about)
    yield told.tell("host", "topic_interest.host", **about, count=10)
    for what in BESIDE:
        yield told.tell(what, f"topic_{what}", **about)
    for who in PITCHED:
        for what in ("placed", "moved"):
            yield told.tell(who, f"topic_{what}.{who}", **about, starts_at=moment)
        for what in ("taken_off", "withdrawn", "joined"):
            yield told.tell(who, f"topic_{what}.{who}", **about)
        gone = {"event_id": forum.id, "topic": 0}
        yield told.tell(f"{who} of what is out of sight", f"topic_joined.{who}", **gone)
