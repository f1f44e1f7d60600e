"""Who is at a topic is counted there no more once it leaves its room, whatever act took it out of there."""

import pytest

from app.forum.models import ForumGoing, ForumRoom, ForumSlot
from app.operations import recount
from tests.events.stored import at, event_in
from tests.forum.stored import forum_in, place_in, topic_in
from tests.support.clock import LONG_AGO
from tests.support.rows import again, every
from tests.support.world import HERE
from tests.web.forum.test_board import board_of, cell, places, press, put


@pytest.fixture
def team(clock, fae, sign_in):
    clock.at("2027-01-10")
    return sign_in(fae)


@pytest.fixture
def event(team, make):
    return event_in(make, room=make.room(HERE), starts_at=at("2027-02-18 09:00"), hours=7)


@pytest.fixture
def forum(make, event):
    """Two rooms, and two hours of sessions: 10 h and 11 h."""
    return forum_in(make, event=event)


@pytest.fixture
def rooms(forum):
    return every(ForumRoom)


@pytest.fixture
def hours(forum):
    return [slot for slot in every(ForumSlot) if slot.kind == "session"]


@pytest.fixture
def hidden(make, event, forum, rooms, hours):
    """A topic that was hidden, where somebody said that they go."""
    topic = topic_in(make, forum, title="Un bail à deux", going_count=1, hidden_at=LONG_AGO, hidden_reason="Un nom.")
    put(make, topic, hours[0], rooms[0])
    place = place_in(make, forum)
    make.at(again(event), taken_in_person=1)
    make.add(ForumGoing(registration_id=place.id, slot_id=hours[0].id, topic_id=topic.id))
    return topic


def place_there(team, make, forum, rooms, hours):
    page = board_of(team, forum, topic_in(make, forum))
    press(team, page, cell(page, 0, 0), "Placer ici")


def hold_again_there(team, make, forum, rooms, hours):
    held = topic_in(make, forum)
    put(make, held, hours[1], rooms[1])
    page = board_of(team, forum, held)
    press(team, page, cell(page, 0, 0), "Tenir de nouveau ici")


def copy_the_wall_there(team, make, forum, rooms, hours):
    team.submit(f"/forums/{forum.id}/wall", "form.form", lines="Un autobus du soir; Luc; Salle 1; 10 h")


def drop_the_room(team, make, forum, rooms, hours):
    page = team.submit(f"/forums/{forum.id}/edit", "form.form", button="drop rooms 0")
    team.submit(page, "form.form")


def drop_the_hour(team, make, forum, rooms, hours):
    page = team.submit(f"/forums/{forum.id}/edit", "form.form", button="drop slots 1")
    team.submit(page, "form.form")


@pytest.mark.parametrize("act", [place_there, hold_again_there, copy_the_wall_there, drop_the_room, drop_the_hour])
def test_a_topic_that_leaves_its_room_counts_nobody_there(team, make, forum, rooms, hours, hidden, act):
    act(team, make, forum, rooms, hours)
    assert places(hidden) == [(None, None)]
    assert again(hidden).going_count == 0 and recount.list_differences() == []
