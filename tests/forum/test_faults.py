"""What no press leads to in the tables of a forum is found by `check`, each as it is, and nothing else is."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.db import db
from app.events.models.meetings import Event
from app.forum.models import ForumGoing, ForumInterest, ForumTopicHost
from app.forum.queries import faults
from app.forum.queries.forums import get_arrangement
from app.operations import check
from tests.forum.stored import forum_in, place_in, topic_in
from tests.support.door import comes


class Hall:
    """Two forums alike: what is of the other is out of place in the first."""

    def __init__(self, make):
        self.make, self.forum, self.other = make, forum_in(make), forum_in(make)
        self.slots, self.rooms = (getattr(get_arrangement(self.forum.id), name) for name in ("slots", "rooms"))
        self.their_slots, self.their_rooms = (
            getattr(get_arrangement(self.other.id), name) for name in ("slots", "rooms")
        )
        self.place, self.their_place = place_in(make, self.forum), place_in(make, self.other)
        self.guest = comes(make, self.forum, "Luz")
        self.theirs = topic_in(make, self.other)

    def topic(self, slot=None, room=None, **columns):
        cell = {"slot_id": slot.id, "room_id": (room or self.rooms[0]).id} if slot else {}
        return topic_in(self.make, self.forum, **cell | columns)


def in_their_room(hall):
    return hall.topic(hall.slots[1], hall.their_rooms[0])


def at_their_hour(hall):
    return hall.topic(hall.their_slots[1])


def at_the_circle(hall):
    return hall.topic(hall.slots[0])


def withdrawn(hall):
    return hall.topic(hall.slots[1], state="withdrawn")


def waiting(hall):
    return hall.topic(hall.slots[1], state="waiting")


def joined(hall):
    return hall.topic(hall.slots[1], joined_id=hall.topic().id)


def deleted(hall):
    return hall.topic(hall.slots[1], deleted_at=clock.now())


def joined_elsewhere(hall):
    return hall.topic(joined_id=hall.theirs.id)


def joined_to_itself(hall):
    topic = hall.topic()
    return hall.make.at(topic, joined_id=topic.id)


def again_elsewhere(hall):
    return hall.topic(again_of_id=hall.theirs.id)


def again_of_again(hall):
    return hall.topic(again_of_id=hall.topic(again_of_id=hall.topic().id).id)


def from_their_place(hall):
    return hall.topic(registration_id=hall.their_place.id)


def with_their_host(hall):
    topic = hall.topic()
    hall.make.add(ForumTopicHost(topic_id=topic.id, registration_id=hall.their_place.id))
    return topic


def that_interests_them(hall):
    topic = hall.topic()
    hall.make.add(ForumInterest(topic_id=topic.id, registration_id=hall.their_place.id))
    return topic


def with_its_host_beside(hall):
    """They pitched it with their account, and hold it from their place too."""
    topic = hall.topic(author_id=hall.place.user_id)
    hall.make.add(ForumTopicHost(topic_id=topic.id, registration_id=hall.place.id, user_id=hall.place.user_id))
    return topic


def that_interests_its_host(hall):
    topic = hall.topic(host_name="Luz", registration_id=hall.guest.id)
    hall.make.add(ForumInterest(topic_id=topic.id, registration_id=hall.guest.id))
    return topic


def going_from_elsewhere(hall):
    hall.make.add(ForumGoing(registration_id=hall.their_place.id, slot_id=hall.slots[1].id))
    return hall.slots[1]


def going_elsewhere(hall):
    hall.make.add(ForumGoing(registration_id=hall.place.id, slot_id=hall.slots[1].id, topic_id=hall.theirs.id))
    return hall.slots[1]


def overlapping(hall):
    hall.make.at(hall.slots[0], minutes=90)
    return hall.slots[0]


def without_a_question(hall):
    hall.make.at(db.session.get_one(Event, hall.forum.id), question="")
    return hall.forum


FAULTS = {
    in_their_room: "topic {} is in a room of another forum",
    at_their_hour: "topic {} is at an hour of another forum",
    at_the_circle: "topic {} is at an hour that is for everybody",
    withdrawn: "topic {} has a room and is on the wall no more",
    waiting: "topic {} has a room and is on the wall no more",
    joined: "topic {} has a room and is on the wall no more",
    deleted: "topic {} has a room and is on the wall no more",
    joined_elsewhere: "topic {} is joined to itself, or to one of another forum",
    joined_to_itself: "topic {} is joined to itself, or to one of another forum",
    again_elsewhere: "topic {} is held again for one that is not the first",
    again_of_again: "topic {} is held again for one that is not the first",
    from_their_place: "topic {} was pitched from a place at another meeting",
    with_their_host: "topic {} has a host who has their place at another meeting",
    that_interests_them: "topic {} interests somebody who has their place at another meeting",
    with_its_host_beside: "topic {} has its host twice",
    that_interests_its_host: "topic {} interests its own host",
    going_from_elsewhere: "somebody is at hour {} from another meeting, or at a topic of one",
    going_elsewhere: "somebody is at hour {} from another meeting, or at a topic of one",
    overlapping: "hour {} lasts beyond the next one",
    without_a_question: "forum {} has no question",
}


@pytest.fixture
def hall(make):
    return Hall(make)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_each_is_found_and_named(app, hall, fault):
    row = fault(hall)
    assert faults.list_faults() == [FAULTS[fault].format(row.id)]
    [found] = [one for one in check.examine(app.config, app.extensions["huey"]) if one.subject == "forums"]
    assert found.grade == "wrong" and FAULTS[fault].format(row.id) in found.text


def test_what_people_do_is_none(hall):
    """Hidden where it stands, joined, withdrawn, held again, pressed: all that presses lead to."""
    first = hall.topic(hall.slots[1], registration_id=hall.place.id)
    hall.topic(hall.slots[2], again_of_id=first.id)
    hall.topic(hall.slots[1], hall.rooms[1], hidden_at=clock.now())
    hall.topic(joined_id=first.id)
    hall.topic(state="withdrawn", deleted_at=clock.now() - timedelta(days=1))
    hall.make.add(ForumTopicHost(topic_id=first.id, registration_id=hall.guest.id, accepted_at=clock.now()))
    hall.make.add(ForumInterest(topic_id=first.id, registration_id=hall.guest.id))
    hall.make.add(ForumGoing(registration_id=hall.place.id, slot_id=hall.slots[1].id, topic_id=first.id))
    hall.make.add(ForumGoing(registration_id=hall.place.id, slot_id=hall.slots[0].id))
    assert faults.list_faults() == []
