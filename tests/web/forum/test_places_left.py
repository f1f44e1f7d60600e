"""A place that is given back, and one that an account takes over: what becomes of what was pressed and pitched from it."""

import pytest

from app.events.models.registrations import Registrant
from app.events.service import door
from app.forum.models import ForumInterest, ForumTopic, ForumTopicHost
from app.forum.queries import faults
from app.forum.queries.forums import get_arrangement
from app.notifications import jobs
from app.operations import recount
from tests.events.stored import at
from tests.forum.stored import topic_in
from tests.support.door import comes
from tests.support.rows import again, count, kinds_told, last
from tests.support.world import HERE
from tests.web.events.place_pages import url_of
from tests.web.forum.hall import CODE, enter, hall

ANA = "Ana Sans Compte"
INTEREST, GO, OFFER, WITHDRAWAL = (
    f"form[action$='/{end}']" for end in ("interest", "going", "hosting", "hosting/withdrawal")
)
ACCEPT, ADMIT, COME = "form[action$='/hosts']", "form[action$='/opening']", "#coming form:has([value='in_person'])"
OWN = "/account/contributions?kind=topics"


@pytest.fixture
def forum(clock, make):
    clock.at(at("2027-02-18 10:10"))
    return hall(make, phase="sessions", starts_at=at("2027-02-18 09:00"))


@pytest.fixture
def topic(make, forum):
    there = get_arrangement(forum.id)
    return topic_in(make, forum, slot_id=there.slots[1].id, room_id=there.rooms[0].id)


@pytest.fixture
def ana(make, forum, topic, visitor, team):
    """A guest who is interested in a topic, said that they go there, and holds it with its host."""
    place = comes(make, forum, ANA, CODE)
    enter(visitor, forum)
    visitor.submit(page_of(topic), INTEREST)
    visitor.submit(f"/forums/{forum.id}/now", GO)
    visitor.submit(page_of(topic), OFFER)
    team.submit(page_of(topic), ACCEPT)
    return place


def page_of(topic):
    return f"/forums/{topic.forum_id}/topics/{topic.id}"


def pressed(topic):
    found = again(topic)
    return found.interest_count, found.going_count


def test_a_place_given_back_takes_its_presses_with_it_and_the_name_of_a_co_host(
    clock, forum, topic, ana, visitor, new_browser
):
    assert f"Avec {ANA}" in new_browser().get(page_of(topic)).words
    clock.forward(seconds=6)
    other = comes_to(forum, new_browser(), topic)
    assert pressed(topic) == (2, 1)
    page = visitor.get(url_of(ana))
    assert "ce qui vous intéressait au forum" in page.soup.select_one("#cancel").get_text().replace("\u2019", "'")
    visitor.submit(page, "#cancel form")
    assert pressed(topic) == (1, 0), "counted at once: the seat that the board counts on is free"
    assert ANA not in new_browser().get(page_of(topic)).words and count(ForumTopicHost) == 0
    assert other.get(page_of(topic)).soup.select(WITHDRAWAL) == []
    assert not [one for one in recount.list_differences() if one.counter.startswith("forum_topics")]


def comes_to(forum, browser, topic):
    """Have somebody else come in and press their interest."""
    browser.submit(f"/forums/{forum.id}/pass", "form[action$='/pass/name']", name="Bea")
    browser.submit(page_of(topic), INTEREST)
    return browser


def test_a_place_taken_again_begins_anew(forum, topic, ana, visitor):
    visitor.submit(url_of(ana), "#cancel form")
    visitor.submit(url_of(ana), "main form.form")
    assert again(ana).state == "in" and pressed(topic) == (0, 0)
    page = visitor.get(page_of(topic))
    assert page.soup.select(INTEREST) and page.soup.select(OFFER) and not page.soup.select(WITHDRAWAL)


def test_a_place_that_the_team_gives_back_or_the_door_undoes_counts_no_more(make, forum, topic, ana, team):
    team.submit(f"/events/{forum.id}/door/{ana.id}/release", "main form")
    assert again(ana).state == "cancelled" and pressed(topic) == (0, 0)
    came = comes(make, forum, "Luz", is_walk_in=True, arrived_at=at("2027-02-18 07:50"), arrival_key="k")
    make.add(ForumInterest(registration_id=came.id, topic_id=topic.id))
    door.withdraw(make.actor(role="coordinator"), again(came), key="k")
    assert again(came).state == "cancelled" and count(ForumInterest) == 0


@pytest.fixture
def maude(make):
    """Whose address has a place as a guest, and who facilitates the community of the forum since."""
    return make.user("Maude Roy", email="maude@example.org", facilitates=[HERE])


@pytest.fixture
def as_guest(make, forum, maude):
    place = comes(make, forum, ANA, CODE)
    make.at(again_guest(place), email=maude.email)
    return place


def again_guest(place):
    return last(Registrant, Registrant.id == place.registrant_id)


def test_what_a_guest_pitched_follows_the_account_that_takes_their_place(
    make, forum, topic, as_guest, maude, visitor, sign_in, team
):
    enter(visitor, forum)
    visitor.submit(f"/forums/{forum.id}/topics/new", "main form.form", title="Ziboulette")
    visitor.submit(page_of(topic), OFFER)
    team.submit(page_of(topic), ACCEPT)
    waiting = last(ForumTopic)
    browser = sign_in(maude)
    assert "Ziboulette" not in browser.get(OWN).words and browser.get(page_of(waiting)).soup.select(ADMIT)
    page = browser.get(f"/events/{forum.id}")
    assert "ils porteront le nom de votre compte" in page.soup.select_one("#coming").get_text(" ")
    browser.submit(page, COME)
    assert again(as_guest).user_id == maude.id
    assert "Ziboulette" in browser.get(OWN).words
    own = browser.get(page_of(waiting))
    assert "Maude Roy" in own.words and ANA not in own.words and not own.soup.select(ADMIT), "nobody admits their own"
    team.submit(page_of(waiting), ADMIT)
    jobs.tell_followers()
    assert kinds_told(maude) == ["topic_pitched.host"]
    page = visitor.get(page_of(topic))
    assert "Avec Maude Roy" in page.words and ANA not in page.words


def test_a_member_whose_address_has_no_place_is_not_told_of_names(forum, member):
    assert "le nom de votre compte" not in member.get(f"/events/{forum.id}").words


def test_an_account_holds_its_own_topic_once_and_is_not_interested_in_it(
    make, forum, as_guest, maude, visitor, sign_in, team
):
    """They pitched it with their account, and offered from the place that they had as a guest to hold it, and were."""
    topic = topic_in(make, forum, author_id=maude.id, title="Ziboulette")
    enter(visitor, forum)
    visitor.submit(page_of(topic), INTEREST)
    visitor.submit(page_of(topic), OFFER)
    other = topic_in(make, forum, author_id=maude.id, title="Un autre")
    visitor.submit(page_of(other), OFFER)
    jobs.tell_followers()
    team.submit(page_of(topic), ACCEPT)
    browser = sign_in(maude)
    browser.submit(f"/events/{forum.id}", COME)
    page = browser.get(page_of(topic))
    assert "Maude Roy" in page.words and "Avec" not in page.soup.select_one("#hosts").get_text()
    assert count(ForumTopicHost) == count(ForumInterest) == 0 and again(topic).interest_count == 0
    assert faults.list_faults() == [] and "topic_offered.host" not in kinds_told(maude)
    assert not [one for one in recount.list_differences() if one.counter.startswith("forum_topics")]
