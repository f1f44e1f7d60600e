"""What one does next from a page of a forum: whoever has no place reads how to come in, the team what it presses."""

import pytest

from tests.events.stored import at, event_in
from tests.forum.stored import forum_in, place_in, topic_in
from tests.support.world import HERE


@pytest.fixture
def team(clock, fae, sign_in):
    clock.at("2027-01-10")
    return sign_in(fae)


@pytest.fixture
def forum(team, make):
    return forum_in(make, event=event_in(make, room=make.room(HERE), starts_at=at("2027-02-18 09:00"), hours=7))


def test_the_page_of_a_topic_and_the_present_hour_lead_in_whoever_has_no_place(team, forum, make, sign_in, visitor):
    mia, other = make.user(), make.user()
    place_in(make, forum, mia)
    topic = topic_in(make, forum)
    way = f"main a[href='/forums/{forum.id}/pass']"
    for path in (f"/forums/{forum.id}/topics/{topic.id}", f"/forums/{forum.id}/now"):
        assert visitor.get(path).soup.select_one(way) and sign_in(other).get(path).soup.select_one(way)
        assert not team.get(path).soup.select_one(way) and not sign_in(mia).get(path).soup.select_one(way)
    make.at(forum, phase="closed")
    assert not visitor.get(f"/forums/{forum.id}/topics/{topic.id}").soup.select_one(way)


def test_what_the_team_presses_comes_before_the_topics_of_the_wall(team, forum, make):
    topic_in(make, forum)
    places = [one.name for one in team.get(f"/forums/{forum.id}").soup.select(".forum-presses, #wall .topic")]
    assert places == ["div", "li"]


def test_whoever_is_in_is_led_to_their_place_and_not_in_again(team, forum, make, sign_in, visitor):
    mia = make.user()
    place = place_in(make, forum, mia)
    topic = topic_in(make, forum, author_id=mia.id, registration_id=place.id, state="waiting")
    way = f"main a[href='/forums/{forum.id}/pass']"
    member = sign_in(mia)
    for path in (f"/forums/{forum.id}", f"/forums/{forum.id}/topics/{topic.id}"):
        assert [one.text for one in member.get(path).soup.select(way)] == ["Votre place au forum"]
    assert {one.text for one in visitor.get(f"/forums/{forum.id}").soup.select(way)} == {"Entrer au forum"}
    assert not team.get(f"/forums/{forum.id}/topics/{topic.id}").soup.select_one(way)


def test_the_team_goes_from_a_topic_to_its_place_on_the_board(team, forum, make, visitor):
    topic = topic_in(make, forum)
    address, way = f"/forums/{forum.id}/topics/{topic.id}", f"main a[href*='/board?topic={topic.id}']"
    page = team.get(address)
    assert "Vous placez" in team.get(page.soup.select_one(way)["href"]).words
    assert not visitor.get(address).soup.select_one(way)


def test_taking_a_forum_back_says_that_its_topics_are_erased(team, forum):
    assert "les sujets" in team.get(f"/forums/{forum.id}/deletion").words
