"""What a browser keeps of a form while it is typed is forgotten once the site has it: a second form begins empty."""

import pytest

from app.forum.models import ForumTopic
from tests.events.stored import at, event_in
from tests.forum.stored import forum_in
from tests.support.rows import last
from tests.support.world import HERE

MEETING = {
    "title": "Se loger près de son travail",
    "starts_on": "2027-02-18",
    "starts_hour": "18:30",
    "ends_on": "2027-02-18",
    "ends_hour": "20:30",
    "mode": "online",
}


@pytest.fixture
def team(clock, fae, sign_in):
    clock.at("2027-01-10")
    return sign_in(fae)


@pytest.fixture
def forum(team, make):
    return forum_in(make, event=event_in(make, room=make.room(HERE), starts_at=at("2027-02-18 09:00"), hours=7))


def is_forgotten(browser, path, typed):
    """Tell whether the page that comes after this form has the browser forget what it kept of it."""
    form = browser.get(path)
    page = browser.submit(form, "main form.form", follow=True, **typed)
    told = page.soup.select_one("meta[name=kept-clear]")
    return bool(told) and told["content"] == form.soup.select_one("main form.form")["data-keep"]


def test_a_topic_that_is_pitched_or_changed_is_not_typed_again_in_the_next(team, forum):
    typed = {"title": "Un autobus du soir", "host_name": "Ginette, à l’accueil", "wants_quiet": "y"}
    assert is_forgotten(team, f"/forums/{forum.id}/topics/new", typed)
    topic = f"/forums/{forum.id}/topics/{last(ForumTopic).id}"
    assert is_forgotten(team, f"{topic}/edit", {"title": "Un autobus du matin"})


def test_a_topic_that_is_refused_stays_in_the_browser(team, forum):
    assert not is_forgotten(team, f"/forums/{forum.id}/topics/new", {"title": "Bus"})


def test_the_question_and_the_rooms_once_saved_are_not_typed_again(team, forum):
    assert is_forgotten(team, f"/forums/{forum.id}/edit", {"rooms-0-name": "Érable"})


def test_a_meeting_once_kept_is_not_typed_again_in_the_next(team, forum):
    assert is_forgotten(team, "/events/new", MEETING)
    assert is_forgotten(team, f"/events/{forum.id}/edit", {"title": "Se loger près de son école"})
