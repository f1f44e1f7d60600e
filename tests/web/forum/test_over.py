"""A forum that is closed, or does not take place, says so on the page of the present hour, and nothing is said to happen there."""

import pytest

from tests.events.stored import at, event_in
from tests.forum.stored import forum_in, topic_in
from tests.support.clock import LONG_AGO
from tests.support.world import HERE


@pytest.fixture
def event(clock, make):
    clock.at("2027-02-18T15:10:00Z")
    return event_in(make, room=make.room(HERE), starts_at=at("2027-02-18 09:00"), hours=7)


@pytest.fixture
def forum(event, make):
    """A forum whose first session runs for ten minutes."""
    return forum_in(make, event=event, phase="sessions")


def test_nothing_happens_now_in_a_forum_that_is_closed(forum, make, visitor):
    assert visitor.get(f"/forums/{forum.id}/now").soup.select_one("#now")
    make.at(forum, phase="closed")
    page = visitor.get(f"/forums/{forum.id}/now")
    assert not page.soup.select_one("#now") and "Le forum est clos" in page.words
    assert page.soup.select_one(f"main p a[href='/forums/{forum.id}']")


def test_nothing_happens_now_in_a_forum_that_does_not_take_place(event, forum, make, visitor):
    make.at(event, status="cancelled", cancelled_at=LONG_AGO, cancelled_reason="Une tempête")
    page = visitor.get(f"/forums/{forum.id}/now")
    assert not page.soup.select_one("#now") and "Une tempête" in page.words


TEAM = ("edit", "shift", "closing", "deletion", "announcement", "wall", "topics/new")
OF_TOPIC = ("edit", "withdrawal", "joining")


@pytest.mark.parametrize("is_cancelled", [False, True])
def test_an_old_link_of_a_forum_that_is_over_says_so_and_leads_back_to_it(
    event, forum, make, fae, sign_in, is_cancelled
):
    team, topic = sign_in(fae), topic_in(make, forum)
    if is_cancelled:
        make.at(event, status="cancelled", cancelled_at=LONG_AGO, cancelled_reason="Une tempête")
    else:
        make.at(forum, phase="closed")
    said = "Ce forum n’a pas lieu" if is_cancelled else "Le forum est clos"
    for end in (*TEAM, *(f"topics/{topic.id}/{one}" for one in OF_TOPIC)):
        page = team.get(f"/forums/{forum.id}/{end}")
        assert page.status_code == 404 and said in page.soup.h1.text, end
        assert page.soup.select_one(f"main a[href='/forums/{forum.id}']"), end
    assert said not in team.get(f"/forums/{forum.id}/topics/999999").words


def test_nobody_is_led_into_a_forum_that_ended_two_days_ago(forum, visitor, clock):
    doors = "main a[href$='/pass']"
    assert len(visitor.get(f"/forums/{forum.id}").soup.select(doors)) == 2
    clock.forward(days=2)
    assert visitor.get(f"/forums/{forum.id}").soup.select(doors) == []


def test_what_is_sent_to_a_forum_once_it_is_closed_is_told_so(forum, make, fae, sign_in):
    team, topic = sign_in(fae), topic_in(make, forum)
    pages = [team.get(f"/forums/{forum.id}/{end}") for end in ("announcement", "topics/new", f"topics/{topic.id}/edit")]
    make.at(forum, phase="closed")
    for page in pages:
        answer = team.submit(page, "form.form")
        assert answer.status_code == 404 and "Le forum est clos" in answer.words


def test_a_forum_that_one_does_not_read_says_nothing_of_being_closed(event, forum, make, visitor):
    make.at(forum, phase="closed")
    make.at(event, hidden_at=LONG_AGO, hidden_by=event.author_id, hidden_reason="x")
    assert "Le forum est clos" not in visitor.get(f"/forums/{forum.id}/edit").words
