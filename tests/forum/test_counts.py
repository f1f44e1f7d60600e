"""A topic out of sight gives its room to whoever presses there, and nobody is counted there any more: equal to the recount."""

import pytest

from app.core import clock
from app.core.db import db
from app.forum import policy
from app.forum.models import ForumGoing, ForumTopic
from app.forum.participants import Participant
from app.forum.queries import forums
from app.forum.queries import topics as queries
from app.forum.service import forums as service
from app.forum.service import interests, placing
from app.forum.service import topics as pitching
from app.forum.service.placing import Place
from app.forum.words import ForumWords, RoomWords, SlotWords, TopicWords, WallLine
from app.operations import recount
from tests.forum.stored import forum_in, place_in, topic_in


def place(team, forum, topic, at):
    placing.place(team, before(team, forum, topic), at, placing.get_place(topic))


def hold_again(team, forum, topic, at):
    placing.hold_again(team, before(team, forum, topic), at)


def copy_wall(team, forum, _topic, at):
    pitching.copy_wall(team, Participant(forum), [WallLine(TopicWords("Un sujet du mur"), (at.slot_id, at.room_id))])


def take_away_the_room(team, forum, _topic, at):
    there = forums.get_arrangement(forum.id)
    rooms = [RoomWords(room.name, id=room.id) for room in there.rooms if room.id != at.room_id]
    hours = [SlotWords(slot.starts_after, slot.minutes, slot.kind, slot.title, slot.id) for slot in there.slots]
    service.edit(team, forum, ForumWords(forum.event.question, rooms, hours))


def before(team, forum, topic):
    return queries.find_topic(team, Participant(forum), topic.id, policy.READ_TOPIC)


@pytest.mark.parametrize("act", [place, hold_again, copy_wall, take_away_the_room])
def test_nobody_is_where_a_hidden_topic_was(make, act):
    forum, team = forum_in(make, phase="sessions"), make.actor(role="coordinator")
    there = forums.get_arrangement(forum.id)
    (_circle, first, second), (room, other) = there.slots, there.rooms
    hidden = topic_in(make, forum, slot_id=first.id, room_id=room.id, hidden_at=clock.now())
    topic = topic_in(make, forum, title="Un taxi partagé", slot_id=second.id, room_id=other.id)
    make.add(ForumGoing(registration_id=place_in(make, forum).id, slot_id=first.id, topic_id=hidden.id))
    interests.fold_forum(forum.id)
    assert db.session.get_one(ForumTopic, hidden.id, populate_existing=True).going_count == 1

    act(team, forums.get_forum(team, forum.id, policy.READ), topic, Place(first.id, room.id))

    assert db.session.get_one(ForumTopic, hidden.id, populate_existing=True).slot_id is None
    assert [one for one in recount.list_differences() if one.counter.startswith("forum_")] == []
