"""Whoever has no account comes into a forum by a code, a first name or the page of their place; their pass says who they are."""

import re

import pytest

from app.core.db import db
from app.events.models.registrations import EventRegistration, Registrant
from app.forum.models import ForumTopic
from app.web.events import place_links
from app.web.forum import day_code
from tests.events.stored import at
from tests.forum.stored import topic_in
from tests.support.accounts import allow, enforce_limits
from tests.support.door import comes
from tests.support.rows import again, count, last
from tests.web.forum.hall import BY_CODE, BY_DAY, BY_NAME, LEAVING, address, enter, get_pass, hall

NONE = "Ce n’est le code d’aucune place"


@pytest.fixture
def forum(clock, make):
    clock.at(at("2027-02-18 10:00"))
    return hall(make)


def test_the_short_address_leads_to_the_way_in(forum, visitor):
    page = visitor.get(f"/f/{forum.id}?lang=en", follow_redirects=True)
    assert page.request.path == address(forum) and page.soup.h1.get_text() == "Enter the forum"
    assert [one["action"] for one in page.soup.select("main form.form")] == [address(forum), address(forum, "/name")]
    assert page.soup.select_one("main a[href^='/login?next=']")


def test_a_code_gives_a_pass_of_this_forum_alone_until_a_day_after(forum, make, visitor):
    mine = comes(make, forum, "Ana Sans Compte", "ABC234")
    page = enter(visitor, forum, "abc-234")
    assert "Ana Sans Compte" in page.words and "ABC234" in page.words
    cookie = get_pass(visitor)
    assert (cookie.path, cookie.http_only, cookie.same_site) == (f"/forums/{forum.id}", True, "Lax")
    assert (1 + 6 + 24) * 3600 - 60 < cookie.max_age <= (1 + 6 + 24) * 3600
    assert "Ana" not in visitor.get(f"/events/{forum.id}").words and again(mine).arrived_at is None


def test_a_place_leads_to_what_is_on_now_and_says_who_reads_the_name(forum, make, visitor):
    assert "aux gens du forum seulement, avec ce que vous notez" in visitor.get(address(forum)).words
    comes(make, forum, "Ana Sans Compte", "ABC234")
    enter(visitor, forum, "abc-234")
    for phase, page in (("before", ""), ("sessions", "/now"), ("convergence", "/convergence")):
        make.at(forum, phase=phase)
        shown = visitor.get(address(forum)).soup.select_one("main .form-acts a.button:not(.is-plain)")
        assert shown["href"] == f"/forums/{forum.id}{page}"


@pytest.mark.parametrize("state", ["cancelled", "unconfirmed"])
def test_a_code_that_opens_nothing_is_answered_alike_whatever_it_is(forum, make, visitor, state):
    comes(make, forum, "Ana", "ABC234", state=state)
    comes(make, hall(make), "Bea", "DEF567")
    pages = [visitor.submit(address(forum), BY_CODE, code=code) for code in ("ABC234", "DEF567", "GHJ222")]
    assert {page.status_code for page in pages} == {422}
    said = {re.sub(r"[A-Z]{3}\d{3}", "", page.soup.select_one("main").get_text(" ")) for page in pages}
    assert len(said) == 1 and NONE in said.pop() and get_pass(visitor) is None


def test_the_code_of_a_member_asks_them_to_sign_in(forum, make, visitor):
    comes(make, forum, make.user(), "ABC234")
    page = visitor.submit(address(forum), BY_CODE, code="ABC234")
    assert page.status_code == 422 and "connectez-vous" in page.words and get_pass(visitor) is None


def test_a_first_name_is_one_person_more_whom_the_door_has_yet_to_see(forum, visitor, team):
    page = visitor.submit(address(forum), BY_NAME, name="Maude", follow=True)
    came = last(EventRegistration)
    assert "Maude" in page.words and "pas encore notée" in page.words
    assert (came.is_walk_in, came.state, came.arrived_at) == (True, "in", None)
    door = team.get(f"/events/{forum.id}/door")
    row = door.soup.select_one(f"#guest-{came.id}")
    assert "Maude" in row.get_text() and "sans inscription" in row.get_text()
    team.submit(door, row.form)
    assert again(came).arrived_at and "est notée, à 10 h" in visitor.get(address(forum)).words


def test_the_same_form_sent_twice_is_one_person(forum, visitor):
    page = visitor.get(address(forum))
    for _time in range(2):
        visitor.submit(page, BY_NAME, name="Maude")
    assert count(EventRegistration) == 1


@pytest.mark.parametrize("name", ["", " \u200b ", "x" * 81])
def test_a_first_name_is_asked_for(forum, visitor, name):
    page = visitor.submit(address(forum), BY_NAME, name=name)
    assert page.status_code == 422 and not count(EventRegistration)


@pytest.mark.parametrize("where", [{"starts_at": at("2027-02-18 12:30")}, {"mode": "online", "territory_id": None}])
def test_a_first_name_is_taken_in_the_room_alone(clock, make, visitor, where):
    clock.at(at("2027-02-18 10:00"))
    forum = hall(make, **where)
    assert not visitor.get(address(forum)).soup.select(BY_NAME)
    page = visitor.forge(address(forum, "/name"), name="Maude")
    assert page.status_code == 409 and "dans la salle" in page.words and not count(EventRegistration)


def test_the_page_of_a_place_leads_into_the_forum_in_one_press(forum, make, visitor):
    mine = comes(make, forum, "Ana Sans Compte")
    own = f"/events/{forum.id}/me/{place_links.sign(mine)}"
    page = visitor.submit(own, "form[action*='/forums/']", follow=True)
    assert page.request.path == address(forum) and "Ana Sans Compte" in page.words and get_pass(visitor)


def test_whom_the_door_let_in_without_a_name_says_theirs(forum, make, visitor):
    mine = comes(make, forum, "", "ABC234", is_walk_in=True)
    page = visitor.submit(enter(visitor, forum, "ABC234"), BY_NAME, name="Maude", follow=True)
    assert "Maude" in page.words and count(EventRegistration) == 1
    assert db.session.get_one(Registrant, again(mine).registrant_id).name == "Maude"


def test_a_shared_phone_forgets_whose_place_it_has(forum, make, visitor):
    comes(make, forum, "Ana", "ABC234")
    comes(make, forum, "Bea", "DEF567")
    page = visitor.submit(enter(visitor, forum, "ABC234"), LEAVING, follow=True)
    assert "ne sait plus qui vous êtes" in page.words and get_pass(visitor) is None
    assert "Bea" in enter(visitor, forum, "DEF567").words


def test_one_phone_is_at_two_forums_at_once(forum, make, visitor):
    other = hall(make)
    comes(make, forum, "Ana", "ABC234")
    comes(make, other, "Bea", "DEF567")
    enter(visitor, forum, "ABC234"), enter(visitor, other, "DEF567")
    assert "Ana" in visitor.get(address(forum)).words and "Bea" in visitor.get(address(other)).words


def test_a_session_says_alone_who_somebody_is(forum, make, new_browser, sign_in):
    comes(make, forum, "Ana Sans Compte", "ABC234")
    member = make.user()
    browser = sign_in(member)
    assert "n'a pas de place" in browser.get(address(forum)).words.replace("’", "'")
    page = browser.forge(address(forum), code="ABC234", follow=True)
    assert "avec votre compte" in page.words and get_pass(browser) is None
    comes(make, forum, member)
    assert "avec votre compte" in browser.get(address(forum)).words


def test_a_suspended_member_reads_why_they_take_no_part(forum, make, sign_in):
    member = make.user()
    make.restriction(member)
    page = sign_in(member).get(address(forum))
    assert page.soup.select_one("main .notice.is-warning") and "suspend" in page.words.lower()


def test_the_code_of_the_day_lets_in_whoever_is_in_the_room(app, forum, make, visitor, team):
    came = comes(make, forum, "Ana", "ABC234")
    waiting = topic_in(make, forum, host_name="Ana", registration_id=came.id, state="waiting")
    page = enter(visitor, forum, "ABC234")
    wrong = visitor.submit(page, BY_DAY, day_code="2222")
    assert wrong.status_code == 422 and "pas le code du jour" in wrong.words
    shown = re.search(r"Code du jour[^:]*: (\w{4})\b", team.get(f"/forums/{forum.id}").words)
    page = visitor.submit(page, BY_DAY, day_code=shown[1].lower(), follow=True)
    assert "droit au mur" in page.words and not page.soup.select(BY_DAY)
    assert again(came).arrived_at and again(waiting).state == "open"
    assert "par le code du jour" in team.get(f"/events/{forum.id}/door").words
    assert shown[1] == day_code.read_day_code(forum) and "Code du jour" not in visitor.get(f"/forums/{forum.id}").words


def test_the_code_of_the_day_is_another_tomorrow_and_elsewhere(clock, forum, make):
    codes = {day_code.read_day_code(one) for one in (forum, hall(make))}
    clock.forward(days=1)
    assert len(codes | {day_code.read_day_code(forum)}) == 3


def test_the_press_of_the_door_puts_on_the_wall_what_waited(forum, make, team):
    came, other = comes(make, forum, "Ana"), comes(make, forum, "Bea")
    of_came, of_other, hidden = (
        topic_in(make, forum, host_name="Elle", registration_id=one.id, state="waiting", **more)
        for one, more in (
            (came, {}),
            (other, {}),
            (came, {"hidden_at": at("2027-02-18 09:00"), "hidden_reason": "Non"}),
        )
    )
    door = team.get(f"/events/{forum.id}/door")
    team.submit(door, door.soup.select_one(f"#guest-{came.id} form"))
    assert [again(one).state for one in (of_came, of_other, hidden)] == ["open", "waiting", "waiting"]
    assert count(ForumTopic) == 3


def test_wrong_codes_are_counted_and_right_ones_are_not(app, forum, make, visitor, monkeypatch):
    allow(monkeypatch, pass_at=2)
    comes(make, forum, "Ana", "ABC234")
    with enforce_limits(app):
        for _time in range(4):
            assert "Ana" in enter(visitor, forum, "ABC234").words
            visitor.submit(visitor.get(address(forum)), LEAVING)
        codes = [visitor.submit(address(forum), BY_CODE, code="ZZZZZZ").status_code for _time in range(3)]
        assert codes == [422, 422, 429]
