"""A forum of several days: each hour is said with its day wherever it would be taken for another."""

import pytest

from app.forum.models import ForumSlot, ForumTopic
from tests.events.stored import at, event_in
from tests.forum.stored import forum_in, topic_in
from tests.support.rows import count, every
from tests.support.world import HERE

AT_TEN = "19 février 2027, 10 h, Salle 1"


@pytest.fixture
def team(clock, fae, sign_in):
    clock.at("2027-01-10")
    return sign_in(fae)


@pytest.fixture
def forum(team, make):
    """A forum whose sessions begin at 10 h and 11 h on the first day, and at 10 h on the second."""
    event = event_in(make, room=make.room(HERE), starts_at=at("2027-02-18 09:00"), hours=31)
    forum = forum_in(make, event=event)
    make.add(ForumSlot(forum_id=forum.id, starts_after=25 * 60, minutes=50, kind="session", title=""))
    return forum


def words_of(page):
    return page.words.replace("\u00a0", " ")


def test_the_place_of_a_topic_is_said_with_its_day(team, forum, make, visitor):
    topic = topic_in(make, forum)
    board = team.get(f"/forums/{forum.id}/board?topic={topic.id}")
    cells = board.soup.select("form[action$=placing]")
    last_day = every(ForumSlot)[-1].id
    cell = next(one for one in cells if one.select_one("[name=slot]")["value"] == str(last_day))
    assert f"est placé : {AT_TEN}" in words_of(team.submit(board, cell, follow=True))
    assert AT_TEN in words_of(visitor.get(f"/forums/{forum.id}"))
    assert AT_TEN in words_of(visitor.get(f"/forums/{forum.id}/topics/{topic.id}"))


def test_an_hour_that_comes_on_two_days_is_refused_where_the_wall_is_copied(team, forum):
    wall = f"/forums/{forum.id}/wall"
    page = team.submit(team.get(wall), "form.form", lines="Un autobus du soir; Luc; Salle 1; 10 h")
    assert page.status_code == 422 and "Ligne 1 : plusieurs séances commencent à « 10 h »" in words_of(page)
    assert count(ForumTopic) == 0
    assert team.submit(page, "form.form", lines="Un autobus du soir; Luc; Salle 1; 11 h").status_code == 303
    assert every(ForumTopic)[0].is_placed
