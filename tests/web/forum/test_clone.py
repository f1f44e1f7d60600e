"""A forum that is held again begins as a forum: its question, its rooms and its hours, and nothing that people pitched."""

import pytest

from app.events.models.meetings import Event
from app.forum.models import Forum, ForumRoom, ForumSlot, ForumTopic
from tests.events.stored import at, event_in
from tests.forum.stored import QUESTION, forum_in
from tests.support.rows import again, count, every, last
from tests.support.world import HERE


@pytest.fixture
def team(clock, fae, sign_in):
    clock.at("2027-01-10")
    return sign_in(fae)


@pytest.fixture
def forum(team, make, fae):
    event = event_in(make, room=make.room(HERE), author_id=fae.id, starts_at=at("2027-02-18 09:00"), hours=7)
    forum = forum_in(make, event=event, rooms=3, phase="convergence")
    make.at(
        every(ForumRoom)[0], url="https://rencontre.example.org/salle", note="Au fond", has_captions=True, places=12
    )
    make.add(ForumTopic(forum_id=forum.id, author_id=fae.id, title="Un marché le samedi"))
    return forum


def clone(team, forum, **more):
    page = team.get(f"/events/{forum.id}/clone")
    assert "les salles et l’horaire" in page.words
    typed = {"starts_on": "2027-03-20", "starts_hour": "13:00", "ends_on": "2027-03-20", "ends_hour": "20:00"}
    answer = team.submit(page, "main form.form", **typed, **more)
    assert answer.status_code == 303
    return last(Event)


def rows(model, forum_id):
    left_out = {"id", "forum_id"}
    names = [column.key for column in model.__table__.columns if column.key not in left_out]
    return [[getattr(row, name) for name in names] for row in every(model, model.forum_id == forum_id)]


def test_a_forum_is_held_again_with_its_question_rooms_and_hours_and_no_topic(team, forum, fae):
    other = clone(team, forum)
    copied = last(Forum)
    assert (copied.id, copied.phase, copied.phase_by, other.question) == (other.id, "before", fae.id, QUESTION)
    for model in (ForumRoom, ForumSlot):
        assert rows(model, other.id) == rows(model, forum.id) and len(rows(model, other.id)) == 3
    assert count(ForumTopic) == 1 and again(forum).phase == "convergence"
    page = team.get(f"/forums/{other.id}")
    assert page.status_code == 200 and "13 h Cercle d'ouverture" in page.words.replace("\xa0", " ")


def test_the_topics_that_were_not_held_go_with_it_where_one_wants(team, forum, make, fae):
    rooms, slots = every(ForumRoom), every(ForumSlot)
    for title, columns in (
        ("Une séance tenue", {"slot_id": slots[1].id, "room_id": rooms[0].id}),
        ("Un sujet retiré", {"state": "withdrawn"}),
        ("Un sujet joint", {"joined_id": every(ForumTopic)[0].id}),
        ("Un sujet qui attend", {"state": "waiting"}),
        ("Un sujet masqué", {"hidden_at": at("2027-01-01 09:00"), "hidden_reason": "Une adresse"}),
        ("Un bail à deux générations", {"why": "Elle a une chambre.", "wants_quiet": True, "hands": 7}),
    ):
        make.add(ForumTopic(forum_id=forum.id, author_id=fae.id, title=title, **columns))

    other = clone(team, forum, takes_rest="y")

    found = [
        (one.title, one.why, one.wants_quiet, one.author_id, one.people_count, one.state)
        for one in every(ForumTopic, ForumTopic.forum_id == other.id)
    ]
    assert found == [
        ("Un marché le samedi", "", False, None, 0, "open"),
        ("Un bail à deux générations", "Elle a une chambre.", True, None, 0, "open"),
    ]
    assert team.get(f"/forums/{other.id}").status_code == 200


def test_a_meeting_that_is_no_forum_makes_none(team, forum, make, fae):
    plain = event_in(make, room=make.room(HERE), author_id=fae.id)
    page = team.get(f"/events/{plain.id}/clone")
    assert "les salles" not in page.words and not page.soup.select_one("[name=takes_rest]")
    typed = {"starts_on": "2027-03-20", "starts_hour": "13:00", "ends_on": "2027-03-20", "ends_hour": "20:00"}
    team.submit(page, "main form.form", **typed)
    assert last(Event).id != plain.id and count(Forum) == 1 and last(Event).question == ""
