"""Sessions whose notes are written, built straight in the tables."""

from datetime import timedelta
from typing import Any

from app.core import clock
from app.core.actor import Actor
from app.forum import policy
from app.forum.models import ForumTopic
from app.forum.participants import Participant
from app.forum.queries import forums, topics
from tests.events.stored import event_in
from tests.forum.stored import forum_in, topic_in
from tests.support.make import Make


def session_in(make: Make, *, phase: str = "sessions", room: Any = None, **columns: Any) -> ForumTopic:
    """Store a topic that has a room and an hour, in a forum of a community (None: of the region) that began an hour ago."""
    event = event_in(
        make, room=room, starts_at=clock.now() - timedelta(hours=1), hours=6, mode="in_person", territory_id=1
    )
    forum = forum_in(make, event=event, phase=phase)
    arrangement = forums.get_arrangement(forum.id)
    slot = next(one for one in arrangement.slots if one.kind == "session")
    cell = {"slot_id": slot.id, "room_id": arrangement.rooms[0].id, "placed_by": forum.phase_by}
    return topic_in(make, forum, **(cell | columns))


def who_at(actor: Actor, topic_id: int, forum_id: int) -> Participant:
    """Return a participant before a session, as a page finds them."""
    forum = forums.get_forum(actor, forum_id, policy.READ)
    who = topics.find_topic(actor, Participant(forum, topics.find_own_place(actor, forum)), topic_id, policy.READ_TOPIC)
    assert who
    return who
