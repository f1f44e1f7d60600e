"""A forum is rehearsed: by its team alone, with invented people, in every phase, and nothing of it is told."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import url_for

from app.core.db import db
from app.events.models.meetings import Event
from app.events.models.registrations import EventMail, EventRegistration, Registrant
from app.forum.models import Forum, ForumGoing, ForumInterest, ForumRoom, ForumSlot, ForumTopic, ForumTopicHost
from app.forum.queries.faults import list_faults
from app.forum.service import rehearsals
from app.journal.models import Entry
from app.notifications.models import Fact, Notice
from app.operations.recount import list_differences
from app.web.events import place_links
from tests.events.stored import at, event_in
from tests.forum.stored import QUESTION, forum_in, place_in
from tests.support.rows import again, count, every, last
from tests.support.world import ELSEWHERE, HERE

ON = "form[action$='/phase']"
REHEARSE, AGAIN, END = (f"form[action$='/rehearsal{end}']" for end in ("", "/again", "/deletion"))


@pytest.fixture
def team(clock, fae, sign_in):
    clock.at("2027-01-10 14:20")
    return sign_in(fae)


@pytest.fixture
def forum(team, make, fae):
    event = event_in(make, room=make.room(HERE), author_id=fae.id, starts_at=at("2027-02-18 09:00"), hours=7)
    return forum_in(make, event=event, rooms=3)


def begin(team, forum):
    """Press « Répéter » on the page of a forum, and return the page that comes."""
    return team.submit(f"/forums/{forum.id}", REHEARSE, follow=True)


def draft():
    return last(Event)


def rows_of(forum_id):
    models = (ForumRoom, ForumSlot, ForumTopic)
    return [count(model, model.forum_id == forum_id) for model in models]


def test_one_press_begins_a_copy_now_that_has_something_to_say(team, forum, fae):
    page = begin(team, forum)
    assert page.status_code == 200 and "C’est une répétition" in page.words and QUESTION in page.words
    event = draft()
    assert (event.rehearses_id, event.status) == (forum.id, "draft")
    assert event.starts_at == datetime(2027, 1, 10, 14, 20, tzinfo=UTC)
    assert event.ends_at - event.starts_at == timedelta(hours=7)
    assert rows_of(event.id) == [3, 3, 13] and last(Forum).phase == "before"
    placed = every(ForumTopic, ForumTopic.slot_id.is_not(None))
    assert len(placed) == 2 and {one.placed_by for one in placed} == {fae.id}
    assert sum(one.interest_count for one in every(ForumTopic)) == count(ForumInterest) > 50
    assert count(ForumTopicHost) == 2 and count(ForumTopic, ForumTopic.state == "waiting") == 1
    assert list_differences() == [] == list_faults()
    assert rows_of(forum.id) == [3, 3, 0]


@pytest.fixture
def rehearsal(team, forum):
    begin(team, forum)
    return last(Forum)


def test_each_page_says_what_it_is_and_leads_back(team, forum, rehearsal):
    topic = every(ForumTopic)[2]
    ends = (
        *(
            "",
            "/edit",
            "/shift",
            "/board",
            f"/board?topic={topic.id}",
            "/now",
            "/projector",
            "/papers",
            "/papers/notes",
        ),
        *("/pass", "/wall", "/announcement", "/topics/new", f"/topics/{topic.id}", f"/topics/{topic.id}/edit"),
        *(f"/topics/{topic.id}/withdrawal", f"/topics/{topic.id}/joining"),
    )
    for end in ends:
        page = team.get(f"/forums/{rehearsal.id}{end}")
        assert page.status_code == 200, end
        link = page.soup.select_one("#is-rehearsal a")
        assert link and link["href"].startswith(f"/forums/{forum.id}"), end
        assert not page.soup.select(f"a[href='/events/{rehearsal.id}']"), end
    assert "is-rehearsal" not in team.get(f"/forums/{forum.id}").text


def test_every_phase_is_tried_alone(team, forum, rehearsal, fae):
    here = f"/forums/{rehearsal.id}"
    for _on in range(2):
        team.submit(here, ON)
    topics = every(ForumTopic, ForumTopic.slot_id.is_(None), ForumTopic.state == "open")
    page = team.get(f"{here}/board?topic={topics[-1].id}")
    assert "Bouleau" in page.words and "Rien ne s’y oppose" in page.words
    team.submit(page, "form[action$='/placing']:has(.is-best)")
    assert again(topics[-1]).is_placed
    placed = every(ForumTopic, ForumTopic.slot_id.is_not(None))[0]
    team.submit(f"{here}/topics/{placed.id}", "form[action$='/interest']")
    team.submit(f"{here}/now", f"form[action$='/topics/{placed.id}/going']")
    assert count(ForumGoing, ForumGoing.topic_id == placed.id) == 1
    team.submit(f"{here}/topics/{topics[0].id}", "form[action$='/hands']", hands="7")
    assert again(topics[0]).hands == 7
    waiting = last(ForumTopic, ForumTopic.state == "waiting")
    team.submit(f"{here}/topics/{waiting.id}", "form[action$='/opening']")
    assert again(waiting).state == "open"
    team.submit(f"{here}/announcement", "main form", announcement="On commence dans cinq minutes.")
    assert "On commence dans cinq minutes." in team.get(f"{here}/projector").words
    team.submit(f"{here}/topics/new", "main form", title="Mon propre sujet", why="")
    assert last(ForumTopic).author_id == fae.id and last(ForumTopic).registration_id
    team.submit(here, ON)
    team.submit(f"{here}/closing", "main form")
    assert again(rehearsal).phase == "closed" and again(forum).phase == "before"
    assert "Recommencer" in team.get(here).words


def test_nothing_of_it_is_told_or_found(team, forum, rehearsal, visitor, make, sign_in):
    team.submit(f"/forums/{rehearsal.id}", ON)
    member = sign_in(make.user())
    title = every(ForumTopic)[0].title
    for browser in (visitor, member):
        for path in (f"/forums/{rehearsal.id}", f"/forums/{rehearsal.id}/board", f"/f/{rehearsal.id}"):
            assert browser.get(path).status_code == 404, path
        for path in ("/events", "/events.ics", "/events.atom", "/search?q=répare", "/journal", f"/forums/{forum.id}"):
            answer = browser.get(path)
            assert answer.status_code == 200 and "répare ensemble" not in answer.text, path
    for path in (f"/events/{rehearsal.id}", f"/events/{rehearsal.id}/edit", f"/events/{rehearsal.id}/deletion"):
        assert team.get(path).status_code == 404, path
    assert team.forge(f"/events/{rehearsal.id}/publication").status_code == 404
    drafts = team.get("/account/events")
    assert not drafts.soup.select(f"a[href*='/events/{rehearsal.id}']")
    assert title not in team.get("/search?q=répare").words
    assert count(Entry) == count(Notice) == count(Fact) == 0


def test_ones_place_in_it_has_no_page_of_its_own(app, team, rehearsal, fae):
    """Its page would change it, give it back by mail, and put the rehearsal into a calendar."""
    page = team.get(f"/forums/{rehearsal.id}/pass")
    assert page.status_code == 200 and not page.soup.select(f"a[href^='/events/{rehearsal.id}']")
    with app.test_request_context():
        url = place_links.place_url(last(EventRegistration, EventRegistration.user_id == fae.id))
    assert team.get(url).status_code == 404 and team.forge(url).status_code == 404
    assert count(EventMail) == 0


def test_a_colleague_joins_it_and_takes_part(team, forum, rehearsal, make, sign_in):
    colleague = make.user("Colin")
    make.facilitator(colleague, make.room(HERE))
    browser = sign_in(colleague)
    page = browser.get(f"/forums/{rehearsal.id}/pass")
    page = browser.submit(page, REHEARSE, follow=True)
    assert "Voici la répétition en cours" in page.words and count(Forum) == 2
    assert count(EventRegistration, EventRegistration.user_id == colleague.id) == 1
    browser.submit(f"/forums/{forum.id}", REHEARSE)
    assert count(EventRegistration, EventRegistration.user_id == colleague.id) == 1


def test_it_is_begun_anew_at_the_same_address(team, forum, rehearsal, clock):
    here = f"/forums/{rehearsal.id}"
    for _on in range(2):
        team.submit(here, ON)
    team.submit(f"{here}/now", "form[action$='/going']")
    clock.at("2027-01-10 15:45")
    page = team.submit(here, AGAIN, follow=True)
    assert "La répétition commence" in page.words and page.request.path == here
    assert count(Forum) == 2 and again(rehearsal).phase == "before" and rows_of(rehearsal.id) == [3, 3, 13]
    assert draft().starts_at == datetime(2027, 1, 10, 15, 45, tzinfo=UTC) and count(ForumGoing) == 0
    assert list_differences() == []


def test_one_press_takes_it_away_and_the_next_is_held_in_the_same_draft(team, forum, rehearsal):
    number = rehearsal.id
    page = team.submit(f"/forums/{number}", END, follow=True)
    assert page.request.path == f"/forums/{forum.id}" and "La répétition est effacée" in page.words
    assert rows_of(number) == [0, 0, 0] and count(Forum) == 1
    assert count(EventRegistration) == count(Registrant) == count(ForumInterest) == 0
    assert team.get(f"/forums/{number}").status_code == 404
    begin(team, forum)
    assert count(Event) == 2 and last(Forum).id == number and list_differences() == []


def test_it_goes_by_itself_after_a_day(team, forum, rehearsal, clock):
    clock.at("2027-01-11 14:10")
    rehearsals.purge()
    assert count(Forum) == 2
    assert "s’efface d’elle-même" in team.get(f"/forums/{forum.id}").words
    clock.at("2027-01-11 14:30")
    rehearsals.purge()
    assert count(Forum) == 1 and count(ForumTopic) == 0 and draft().is_deleted


def test_its_day_counts_from_the_press_wherever_its_first_session_is_moved(team, forum, rehearsal, clock):
    """The sessions are on the second day: that they begin now moves its beginning to the day before."""
    for slot in every(ForumSlot, ForumSlot.forum_id == rehearsal.id):
        slot.starts_after += 24 * 60
    db.session.commit()
    clock.at("2027-01-10 18:00")
    for _on in range(2):
        team.submit(f"/forums/{rehearsal.id}", ON)
    assert draft().starts_at < datetime(2027, 1, 10, tzinfo=UTC)
    rehearsals.purge()
    assert count(Forum) == 2 and "le 11 janvier" in team.get(f"/forums/{forum.id}").words.replace("\u00a0", " ")
    clock.at("2027-01-11 14:30")
    rehearsals.purge()
    assert count(Forum) == 1


@pytest.mark.parametrize("status", ["draft", "published"])
def test_a_meeting_that_goes_to_another_team_takes_its_rehearsal_there(
    team, forum, rehearsal, make, sign_in, ned, boss, status
):
    event = db.session.get_one(Event, forum.id)
    make.at(event, status=status)
    here, theirs = f"/forums/{rehearsal.id}", sign_in(ned)
    assert (team.get(here).status_code, theirs.get(here).status_code) == (200, 404)
    other = str(make.room(ELSEWHERE).id)
    if status == "draft":
        boss.submit(f"/events/{forum.id}/edit", "form.form", community=other)
        assert (team.get(here).status_code, theirs.get(here).status_code) == (404, 200)
    else:
        boss.submit(f"/events/{forum.id}/edit", "form.form", communities=[other])
        assert (team.get(here).status_code, theirs.get(here).status_code) == (200, 200)
        boss.submit(f"/events/{forum.id}/edit", "form.form", communities=[])
        assert (team.get(here).status_code, theirs.get(here).status_code) == (200, 404)
    assert list_differences() == []


def test_one_that_was_taken_away_concerns_no_other_community(team, forum, make, boss):
    boss.submit(f"/events/{forum.id}/edit", "form.form", communities=[str(make.room(ELSEWHERE).id)])
    begin(team, forum)
    assert draft().other_ids == [make.room(ELSEWHERE).id]
    team.submit(f"/forums/{draft().id}", END)
    assert list_differences() == []


def test_a_forum_that_is_taken_back_takes_its_rehearsal_with_it(team, forum, rehearsal):
    team.submit(f"/forums/{forum.id}/deletion", "main form")
    assert count(Forum) == count(ForumTopic) == 0 and draft().is_deleted


def test_once_people_come_nobody_rehearses(team, forum, rehearsal, make):
    page = team.get(f"/forums/{forum.id}")
    make.at(forum, **{"phase": "marketplace"})
    answer = team.submit(page, AGAIN, follow=True)
    assert "jusqu’à ce que sa place du marché soit ouverte" in answer.words
    assert team.submit(f"/forums/{forum.id}", END).status_code == 303 and count(Forum) == 1


def test_its_words_are_in_the_language_of_the_meeting(team, forum, make):
    make.at(last(Event), lang="en")
    begin(team, forum)
    assert every(ForumTopic)[0].title == "A café where we mend things together, on Saturdays"


def test_a_rehearsal_is_not_rehearsed_nor_taken_back(team, forum, rehearsal):
    page = team.get(f"/forums/{rehearsal.id}")
    assert not page.soup.select(REHEARSE) and not page.soup.select("a[href$='/deletion']")
    for end in ("/rehearsal", "/rehearsal/again", "/rehearsal/deletion", "/deletion"):
        assert team.forge(f"/forums/{rehearsal.id}{end}").status_code == 404


def test_no_address_of_it_answers_anybody_else(app, team, forum, rehearsal, visitor, make, sign_in):
    """Not even who comes to the meeting that is rehearsed, nor who keeps its door."""
    comer = make.user()
    place_in(make, forum, comer)
    topic = every(ForumTopic)[0]
    routes = [rule for rule in app.url_map.iter_rules() if "forum_id" in rule.arguments]
    assert len(routes) > 30
    words = {"topic_id": topic.id, "forum_id": rehearsal.id, "sheet": "programme", "token": "x", "slot_id": 1}
    for browser in (visitor, sign_in(comer)):
        for rule in routes:
            values = {name: words.get(name, 1) for name in rule.arguments}
            with app.test_request_context():
                path = url_for(rule.endpoint, **values)
            for method in {"GET", "POST"} & set(rule.methods or ()):
                answer = browser.get(path) if method == "GET" else browser.forge(path)
                assert answer.status_code in (303, 401, 404), f"{method} {path}"
                assert topic.title not in answer.text and "répétition" not in answer.text, path
