"""Now: where one is, what happens at this hour, the law of two feet in one press; the line that the team announces."""

import pytest

from app.core import clock as core_clock
from app.core.db import db
from app.core.unit import unit
from app.events.models.meetings import Event
from app.events.models.registrations import EventRegistration
from app.forum import retention
from app.forum.models import ForumGoing, ForumTopicHost
from app.forum.queries.forums import get_arrangement
from app.forum.service import interests
from tests.events.stored import at, event_in
from tests.forum.stored import forum_in, place_in, topic_in
from tests.support.rows import again, count, every
from tests.support.world import HERE
from tests.web.forum.hall import BY_NAME


@pytest.fixture
def team(clock, fae, sign_in):
    clock.at("2027-02-18T15:10:00Z")
    return sign_in(fae)


@pytest.fixture
def forum(team, make):
    """A forum that runs since 9 h; it is 10 h 10, ten minutes into the first session."""
    event = event_in(make, room=make.room(HERE), starts_at=at("2027-02-18 09:00"), hours=7, author_id=make.user().id)
    return forum_in(make, event=event, phase="sessions")


@pytest.fixture
def topics(make, forum):
    """Two topics at 10 h, one at 11 h."""
    there = get_arrangement(forum.id)
    cells = [(there.slots[1], there.rooms[0]), (there.slots[1], there.rooms[1]), (there.slots[2], there.rooms[0])]
    titles = ("Un autobus du soir", "Un potager d'hiver", "Un taxi partagé")
    return [
        topic_in(make, forum, title=title, slot_id=slot.id, room_id=room.id)
        for title, (slot, room) in zip(titles, cells, strict=True)
    ]


@pytest.fixture
def mia(make):
    return make.user("Mia Membre")


@pytest.fixture
def place(make, forum, mia):
    return place_in(make, forum, mia)


@pytest.fixture
def member(place, mia, sign_in):
    return sign_in(mia)


def shown(page):
    return page.soup.select_one("#now").get_text(" ", strip=True).replace("\u00a0", " ")


def press(browser, page, label, about=""):
    forms = page.soup.select("main form.post")
    words = [(form, form.get_text(" ", strip=True).replace("'", "’")) for form in forms]
    return browser.submit(
        page, next(form for form, one in words if one.startswith(label) and about in one), follow=True
    )


def test_everybody_reads_the_present_hour_and_what_comes_next(visitor, forum, topics):
    page = visitor.get(f"/forums/{forum.id}/now")
    assert "il reste 40 minutes" in shown(page) and "10 h à 10 h 50" in shown(page)
    assert "Un autobus du soir" in page.words and "Ensuite" in page.words and "J’y vais" not in page.words
    assert page.soup.select_one("#now + section li .title").text.strip() == topics[0].title


def test_one_press_goes_there_and_another_leaves_for_another_room(member, forum, topics, visitor, clock):
    page = press(member, member.get(f"/forums/{forum.id}/now"), "J’y vais", "autobus")
    assert "Un autobus du soir" in shown(page) and "vous y êtes" in shown(page)
    assert again(topics[0]).going_count == 1
    clock.forward(seconds=6)
    page = press(member, page, "J’y vais", "potager")
    assert "Un potager d'hiver" in shown(page).replace("’", "'")
    assert (again(topics[0]).going_count, again(topics[1]).going_count) == (0, 1)
    assert "1 y est" in visitor.get(f"/forums/{forum.id}/now").words.replace("\u00a0", " ")
    clock.forward(seconds=6)
    page = press(member, page, "Je prends une pause")
    assert "Vous prenez une pause" in shown(page) and again(topics[1]).going_count == 0
    assert count(ForumGoing) == 1


def test_who_presses_reads_the_numbers_with_their_press_at_once_and_the_public_some_seconds_later(
    member, forum, topics, make, visitor
):
    url = f"/forums/{forum.id}/now"
    other = place_in(make, forum)
    for topic in topics[:2]:
        with unit():
            make.add(ForumGoing(registration_id=other.id, slot_id=topic.slot_id, topic_id=topic.id))
        other = place_in(make, forum)
    page = press(member, member.get(url), "J’y vais", "autobus")
    assert said_there(page) == {"Un autobus du soir": "2 y sont", "Un potager d'hiver": "1 y est"}
    page = press(member, page, "J’y vais", "potager")
    assert said_there(page) == {"Un autobus du soir": "1 y est", "Un potager d'hiver": "2 y sont"}
    page = press(member, page, "Je prends une pause")
    assert said_there(page) == {"Un autobus du soir": "1 y est", "Un potager d'hiver": "1 y est"}
    assert said_there(visitor.get(url))["Un autobus du soir"] == "2 y sont"


def said_there(page):
    """Map the sessions of the hour to how many are said to be there, those where it is said."""
    found = {}
    for row in page.soup.select("#others ~ ul > li"):
        facts = [one.get_text().replace("\u00a0", " ") for one in row.select(".facts span")]
        found |= {row.select_one(".title").text.strip().replace("’", "'"): one for one in facts if " y " in one}
    return found


def test_an_hour_of_another_day_is_said_with_its_day(forum, topics, make, visitor, clock):
    """The present hour of a forum of one day has none; those of a forum of two days have theirs."""
    url = f"/forums/{forum.id}/now"
    days = ("18 février", "19 février")
    assert not any(day in visitor.get(url).words for day in days)
    clock.at("2027-02-17T15:10:00Z")
    assert "Ça commence le 18 février 2027, à 9 h" in shown(visitor.get(url))
    clock.at("2027-02-18T15:10:00Z")
    make.at(get_arrangement(forum.id).slots[2], starts_after=24 * 60)
    page = visitor.get(url)
    assert "18 février" in shown(page) and days[1] in page.soup.select_one("section:has(#next)").text
    clock.forward(hours=3)
    assert "19 février" in shown(visitor.get(url))


def test_who_was_at_a_topic_that_is_withdrawn_is_counted_there_no_more(member, team, forum, topics):
    press(member, member.get(f"/forums/{forum.id}/now"), "J’y vais", "autobus")
    assert again(topics[0]).going_count == 1
    team.submit(team.get(f"/forums/{forum.id}/topics/{topics[0].id}/withdrawal"), "form.form")
    assert again(topics[0]).is_withdrawn and again(topics[0]).going_count == 0


def test_what_interests_is_proposed_first(member, forum, topics, make, place):
    with unit():
        make.add(interests.ForumInterest(registration_id=place.id, topic_id=topics[1].id))
    page = member.get(f"/forums/{forum.id}/now")
    assert "dans vos intérêts" in shown(page) and "potager" in shown(page)


def test_who_presses_on_a_topic_that_moved_is_told_and_nothing_is_noted(member, forum, topics, make):
    page = member.get(f"/forums/{forum.id}/now")
    make.at(topics[0], slot_id=None, room_id=None)
    assert "n’est plus là à cette heure" in press(member, page, "J’y vais", "autobus").words
    assert count(ForumGoing) == 0


def test_the_link_of_an_online_room_is_given_to_who_goes_there_alone(member, forum, topics, make, visitor):
    room = get_arrangement(forum.id).rooms[0]
    make.at(room, url="https://salle.exemple.test/secrete")
    assert "salle.exemple.test" not in visitor.get(f"/forums/{forum.id}/now").text
    assert "salle.exemple.test" not in member.get(f"/forums/{forum.id}/now").text
    assert "salle.exemple.test" in press(member, member.get(f"/forums/{forum.id}/now"), "J’y vais", "autobus").text


def test_once_the_schedule_is_over_the_page_says_so(visitor, forum, clock):
    clock.forward(hours=9)
    assert "L’horaire est passé" in visitor.get(f"/forums/{forum.id}/now").words


def test_who_was_where_is_forgotten_after_the_day_and_the_numbers_stay(member, forum, topics, clock):
    press(member, member.get(f"/forums/{forum.id}/now"), "J’y vais", "autobus")
    clock.forward(days=3)
    retention.purge()
    interests.fold_all()
    with unit():
        interests.fold(forum.id)
    assert count(ForumGoing) == 0 and again(topics[0]).going_count == 1
    assert retention.count_overdue() == 0


def test_the_check_counts_the_names_of_guests_beside_topics_that_nobody_forgot(forum, topics, make, clock):
    place, topic_id = place_in(make, forum), topics[0].id
    clock.forward(days=92)
    make.add(ForumTopicHost(topic_id=topic_id, registration_id=place.id, name="Ana", accepted_at=core_clock.now()))
    assert retention.count_overdue() == 1
    retention.purge()
    assert retention.count_overdue() == 0 and count(ForumTopicHost, ForumTopicHost.name != "") == 0


def test_the_team_announces_a_line_and_takes_it_off(team, forum, visitor):
    page = team.get(f"/forums/{forum.id}/announcement")
    page = team.submit(page, "form.form", follow=True, announcement="Dîner à 12 h 30, à la cafétéria.")
    assert "L’annonce est affichée" in page.words
    for path in ("", "/now"):
        assert "à la cafétéria" in visitor.get(f"/forums/{forum.id}{path}").words
    assert (
        "Rien n’a changé" in team.submit(team.get(f"/forums/{forum.id}/announcement"), "form.form", follow=True).words
    )
    team.submit(team.get(f"/forums/{forum.id}/announcement"), "form.form", announcement="")
    assert "à la cafétéria" not in visitor.get(f"/forums/{forum.id}").words


def test_an_hour_that_nobody_holds_any_more_goes_with_what_people_said_of_it(team, member, forum):
    page = member.get(f"/forums/{forum.id}/now")
    press(member, page, "Je prends une pause")
    assert count(ForumGoing) == 1
    page = team.submit(f"/forums/{forum.id}/edit", "form.form", button="drop slots 1")
    page = team.submit(page, "form.form", follow=True)
    assert "sont à jour" in page.words and count(ForumGoing) == 0


def test_a_room_online_opens_for_whoever_is_there_and_for_no_name_that_is_typed_from_afar(
    forum, topics, make, visitor, clock
):
    make.at(get_arrangement(forum.id).rooms[0], url="https://salle.example.org/secrete")
    make.at(db.session.get_one(Event, forum.id), mode="hybrid", territory_id=1)
    visitor.submit(f"/forums/{forum.id}/pass", BY_NAME, name="Luz")
    page = press(visitor, visitor.get(f"/forums/{forum.id}/now"), "J’y vais", "autobus")
    assert "vous y êtes" in shown(page) and "salle.example.org" not in str(page.soup)
    make.at(every(EventRegistration)[0], arrived_at=at("2027-02-18 10:00"))
    assert "Ouvrir la salle en ligne" in visitor.get(f"/forums/{forum.id}/now").words
