"""Rooms and hours of a forum that topics have: neither goes before its topics are moved."""

import pytest

from app.forum.models import ForumRoom, ForumSlot
from tests.events.stored import at, event_in
from tests.forum.stored import forum_in, topic_in
from tests.support.rows import again, every
from tests.support.world import HERE
from tests.web.forum.test_board import places, put, words_of


@pytest.fixture
def team(clock, fae, sign_in):
    clock.at("2027-01-10")
    return sign_in(fae)


@pytest.fixture
def forum(team, make):
    """Two rooms, and two hours of sessions: 10 h and 11 h."""
    return forum_in(make, event=event_in(make, room=make.room(HERE), starts_at=at("2027-02-18 09:00"), hours=7))


@pytest.fixture
def rooms(forum):
    return every(ForumRoom)


@pytest.fixture
def hours(forum):
    return [slot for slot in every(ForumSlot) if slot.kind == "session"]


def test_a_room_that_has_topics_is_kept_and_nothing_typed_is_lost(team, forum, make, rooms, hours):
    put(make, topic_in(make, forum, title="Un jardin"), hours[0], rooms[0])
    page = team.get(f"/forums/{forum.id}/edit")
    page = team.submit(page, "form.form", button="drop rooms 0", **{"question": "Une autre question, plus juste?"})
    page = team.submit(page, "form.form")
    said = words_of(page.soup.select_one(".error-summary"))
    assert page.status_code == 422 and "La salle Salle 1 tient encore : « Un jardin »." in said
    assert page.soup.select_one("[name=question]").get_text() or page.soup.select_one("[name=question]")["value"]
    assert "Une autre question, plus juste?" in str(page.soup.select_one("[name=question]"))
    assert [room.name for room in every(ForumRoom)] == ["Salle 1", "Salle 2"]


def test_an_hour_that_has_topics_neither_leaves_nor_becomes_that_of_all(team, forum, make, rooms, hours):
    put(make, topic_in(make, forum, title="Un jardin"), hours[0], rooms[1])
    page = team.get(f"/forums/{forum.id}/edit")
    refused = team.submit(page, "form.form", **{"slots-1-kind": "plenary"})
    assert "La plage de 10 h tient encore : « Un jardin »." in words_of(refused.soup.select_one(".error-summary"))
    assert refused.soup.select_one("[name=slots-1-kind] [selected]")["value"] == "plenary"
    page = team.submit(page, "form.form", button="drop slots 1")
    page = team.submit(page, "form.form")
    assert "La plage de 10 h tient encore" in words_of(page.soup.select_one(".error-summary"))
    assert len(every(ForumSlot)) == 3


def test_a_room_goes_once_its_topics_are_moved_or_out_of_sight(team, forum, make, rooms, hours):
    topic = topic_in(make, forum, state="withdrawn")
    put(make, topic, hours[0], rooms[0])
    page = team.submit(team.get(f"/forums/{forum.id}/edit"), "form.form", button="drop rooms 0")
    page = team.submit(page, "form.form", follow=True)
    assert "sont à jour" in page.words
    assert [room.name for room in every(ForumRoom)] == ["Salle 2"] and places(topic) == [(None, None)]


def test_rooms_that_exchange_names_keep_their_topics(team, forum, make, rooms, hours):
    topic = topic_in(make, forum)
    put(make, topic, hours[0], rooms[0])
    typed = {"rooms-0-name": "Salle 2", "rooms-1-name": "Salle 1"}
    team.submit(team.get(f"/forums/{forum.id}/edit"), "form.form", **typed)
    assert places(topic) == [(hours[0].id, rooms[0].id)] and again(rooms[0]).name == "Salle 2"


def test_a_room_is_said_to_be_noisy(team, forum, visitor):
    team.submit(team.get(f"/forums/{forum.id}/edit"), "form.form", **{"rooms-1-is_noisy": "y"})
    assert "bruyante" in visitor.get(f"/forums/{forum.id}").words
