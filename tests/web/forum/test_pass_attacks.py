"""A pass that opens nothing says why, opens nothing else, and who has one pitches in the name of their place alone."""

from datetime import timedelta

import pytest

from app.accounts import limits
from app.accounts.limits import Rules
from app.core import keys
from app.core.actor import ANYONE
from app.core.errors import Conflict, Invalid, NotFound, TooMany
from app.core.keys import Keys, Purpose
from app.core.unit import unit
from app.events.models.registrations import EventRegistration
from app.events.queries import registrations
from app.events.service import erasure
from app.forum import policy
from app.forum.models import ForumGoing
from app.forum.participants import Participant
from app.forum.queries import forums
from app.forum.queries.forums import get_arrangement
from app.forum.service import passes, topics
from app.forum.words import TopicWords
from app.web.forum import participants, pass_cookie
from tests.events.stored import at
from tests.forum.stored import topic_in
from tests.support.accounts import allow
from tests.support.door import comes
from tests.support.rows import again, count
from tests.support.world import SECLUDED
from tests.web.forum.hall import BY_NAME, CODE, LEAVING, address, enter, get_pass, hall

WORDS = TopicWords("Un autobus du soir", host_name="Le maire")


@pytest.fixture
def forum(clock, make):
    clock.at(at("2027-02-18 10:00"))
    return hall(make)


@pytest.fixture
def mine(forum, make):
    return comes(make, forum, "Ana Sans Compte", CODE)


def find(forum):
    return forums.get_forum(ANYONE, forum.id, policy.READ)


def guest(forum, place):
    """Return a guest in their forum, as a request with their pass has them."""
    return Participant(find(forum), registrations.find_registration(place.id))


def write_pass(app, *named, purpose=Purpose.PASS, key=None):
    known = Keys(key) if key else keys.get_keys(app.config)
    return known.write_token(purpose, list(named))


def recognise(app, forum, token, actor=ANYONE):
    with app.test_request_context(f"/forums/{forum.id}", headers={"Cookie": f"pass={token}"}):
        return participants.get_participant(actor, forum.id, policy.PITCH)


def erase(mine):
    erasure.erase_own(ANYONE, registrations.find_registration(mine.id))


def change(row, **columns):
    with unit():
        found = again(row)
        for name, value in columns.items():
            setattr(found, name, value)


FAULTS = {
    "another forum": lambda app, make, mine: (
        write_pass(app, (other := comes(make, hall(make), "Bea")).id, other.code),
        pass_cookie.UNKNOWN,
    ),
    "another code": lambda app, make, mine: (write_pass(app, mine.id, "ZZZZZZ"), pass_cookie.ERASED),
    "the key of a page": lambda app, make, mine: (
        write_pass(app, mine.id, mine.code, purpose=Purpose.REGISTRATION),
        pass_cookie.UNKNOWN,
    ),
    "another key": lambda app, make, mine: (
        write_pass(app, mine.id, mine.code, key="a key that is not ours, and long"),
        pass_cookie.UNKNOWN,
    ),
    "a forgery": lambda app, make, mine: ("W10.faux", pass_cookie.UNKNOWN),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_pass_that_was_not_given_for_this_place_opens_nothing(app, forum, make, mine, visitor, name):
    token, fault = FAULTS[name](app, make, mine)
    with pytest.raises(NotFound) as refusal:
        recognise(app, forum, token)
    assert refusal.value.message == fault and refusal.value.values["way"][1] == address(forum)
    visitor.set_cookie("pass", token, path=f"/forums/{forum.id}")
    page = visitor.get(address(forum))
    assert page.soup.select_one("main .notice.is-warning") and "Ana Sans Compte" not in page.words
    assert page.headers["Cache-Control"] == "no-store"


def end(clock, forum):
    clock.at(at("2027-02-19 17:00"), stops=True)


ENDS = {
    "erased": (lambda clock, make, forum, mine: erase(mine), pass_cookie.ERASED),
    "given back": (lambda clock, make, forum, mine: change(mine, state="cancelled"), pass_cookie.GIVEN_BACK),
    "of an account": (
        lambda clock, make, forum, mine: change(mine, registrant_id=None, user_id=make.user().id),
        pass_cookie.OF_ACCOUNT,
    ),
    "a day after": (lambda clock, make, forum, mine: end(clock, forum), pass_cookie.OVER),
}


@pytest.mark.parametrize("name", ENDS)
def test_a_pass_ends_with_its_place_and_a_day_after_the_meeting(clock, app, forum, make, mine, visitor, name):
    enter(visitor, forum)
    token = get_pass(visitor).value
    assert recognise(app, forum, token).registration.id == mine.id
    ending, fault = ENDS[name]
    ending(clock, make, forum, mine)
    with pytest.raises(NotFound) as refusal:
        recognise(app, forum, token)
    assert refusal.value.message == fault
    visitor.set_cookie("pass", token, path=f"/forums/{forum.id}")
    page = visitor.get(address(forum))
    assert page.status_code == 200 and "Ana Sans Compte" not in page.words


def test_a_closed_forum_ends_its_passes(app, forum, mine, visitor):
    enter(visitor, forum)
    change(forum, phase="closed")
    page = visitor.get(address(forum))
    assert "plus que se lire" in page.words and not page.soup.select("main form")
    with app.test_request_context("/", headers={"Cookie": f"pass={get_pass(visitor).value}"}):
        assert pass_cookie.read(find(forum)).fault == pass_cookie.OVER
    assert visitor.forge(address(forum), code=CODE).status_code == 409


def test_a_session_is_asked_and_no_pass_beside_it(app, forum, make, mine):
    token = write_pass(app, mine.id, mine.code)
    with pytest.raises(NotFound) as refusal:
        recognise(app, forum, token, make.actor())
    assert refusal.value.message == participants.NO_PLACE


def test_a_private_meeting_lets_nobody_in_without_an_account(app, clock, make, visitor):
    clock.at(at("2027-02-18 10:00"))
    make.community(slug=SECLUDED, is_private=True)
    forum = hall(make, room=SECLUDED)
    place = comes(make, forum, "Ana", CODE)
    visitor.set_cookie("pass", write_pass(app, place.id, CODE), path=f"/forums/{forum.id}")
    assert visitor.get(address(forum)).status_code == visitor.get(f"/f/{forum.id}").status_code == 404
    for end_of, typed in (("", {"code": CODE}), ("/name", {"name": "Maude"}), ("/leaving", {})):
        assert visitor.forge(address(forum, end_of), typed).status_code == 404
    assert count(EventRegistration) == 1


def test_a_pass_opens_no_page_of_a_place_and_no_account(forum, mine, visitor):
    enter(visitor, forum)
    page = visitor.get(address(forum))
    assert not page.soup.select("main a[href*='/me/']")
    assert visitor.get("/account").status_code == 303


def test_no_page_of_everybody_names_a_guest(forum, mine, visitor, new_browser):
    enter(visitor, forum)
    stranger = new_browser()
    for path in (address(forum), f"/forums/{forum.id}", f"/events/{forum.id}"):
        assert "Ana Sans Compte" not in stranger.get(path).words and CODE not in stranger.get(path).words


def test_a_guest_pitches_in_the_name_of_their_place_and_waits_for_the_door(forum, mine):
    topic = topics.pitch(ANYONE, guest(forum, mine), WORDS)
    assert (topic.host_name, topic.author_id, topic.registration_id) == ("Ana Sans Compte", None, mine.id)
    assert topic.state == "waiting"


@pytest.mark.parametrize("columns", [{"mode": "online"}, {"arrived_at": at("2027-02-18 09:50")}])
def test_who_is_there_or_joins_from_elsewhere_writes_at_once(forum, make, columns):
    place = comes(make, forum, "Ana Sans Compte", **columns)
    assert topics.pitch(ANYONE, guest(forum, place), WORDS).state == "open"


def test_a_guest_changes_the_words_of_their_topic_and_not_whose_it_is(forum, make, mine):
    topic = again(topic_in(make, forum, host_name="Ana Sans Compte", registration_id=mine.id))
    who = guest(forum, mine)
    topics.edit(ANYONE, Participant(who.forum, who.registration, topic), WORDS)
    assert again(topic).host_name == "Ana Sans Compte"


def test_a_guest_without_a_name_says_one_before_they_pitch(forum, make):
    place = comes(make, forum, "")
    with pytest.raises(Conflict, match="prénom"):
        topics.pitch(ANYONE, guest(forum, place), WORDS)


def test_a_place_given_back_meanwhile_pitches_nothing(forum, mine):
    who = guest(forum, mine)
    change(mine, state="cancelled")
    with pytest.raises(Exception, match="forum:pitch"):
        topics.pitch(ANYONE, who, WORDS)


def test_guesses_from_many_networks_stop_neither_a_hall_nor_its_people(app, forum, mine, monkeypatch):
    allow(monkeypatch, pass_all=2)

    def guess(typed, place, seats=0):
        token = limits.rules.set(Rules(keys.get_keys(app.config), is_on=True, place=place, seats=seats))
        try:
            return passes.enter(ANYONE, find(forum), typed)
        finally:
            limits.rules.reset(token)

    for n in range(2):
        with pytest.raises(Invalid):
            guess("ZZZZZZ", f"address:192.0.2.{n}")
    with pytest.raises(TooMany):
        guess(CODE, "address:192.0.2.9")
    assert guess(CODE, "address:198.51.100.1", seats=500).id == mine.id
    # A right code of the hall gives back none of the tries of others.
    with pytest.raises(TooMany):
        guess(CODE, "address:192.0.2.9")


def test_five_hundred_in_one_hall_may_each_mistype_their_code(app, forum, mine):
    rules = Rules(keys.get_keys(app.config), is_on=True, place="address:198.51.100.1", seats=500)
    token = limits.rules.set(rules)
    try:
        for _person in range(120):
            with pytest.raises(Invalid):
                passes.enter(ANYONE, find(forum), "ZZZZZZ")
    finally:
        limits.rules.reset(token)


def test_the_pass_of_a_meeting_that_is_moved_ends_with_it(clock, app, forum, mine, visitor):
    enter(visitor, forum)
    with unit():
        event = find(forum).event
        event.starts_at, event.ends_at = event.starts_at + timedelta(days=7), event.ends_at + timedelta(days=7)
    clock.at(at("2027-02-25 12:00"))
    assert recognise(app, forum, write_pass(app, mine.id, mine.code)).has_place


def test_a_guest_who_is_erased_before_they_confirm_again_leaves_no_name(forum, make, mine):
    topic = topic_in(make, forum, host_name="Ana Sans Compte", registration_id=mine.id)
    change(mine, state="unconfirmed")
    erase(mine)
    assert again(topic).host_name == "" and count(EventRegistration) == 0


def test_what_a_guest_pitched_and_nobody_let_in_is_erased_with_them(forum, make, mine, team):
    waiting = topic_in(make, forum, host_name="Ana Sans Compte", registration_id=mine.id, state="waiting")
    shown = topic_in(make, forum, host_name="Ana Sans Compte", registration_id=mine.id, title="Un potager d'hiver")
    erase(mine)
    assert (again(waiting).title, again(waiting).is_deleted) == ("", True)
    assert (again(shown).title, again(shown).host_name) == ("Un potager d'hiver", "")
    assert team.get(f"/forums/{forum.id}").status_code == 200


def test_who_is_deleted_is_counted_there_no_more(forum, make, mine):
    hour, room = get_arrangement(forum.id).slots[1], get_arrangement(forum.id).rooms[0]
    topic = topic_in(make, forum, slot_id=hour.id, room_id=room.id, going_count=1)
    make.add(ForumGoing(registration_id=mine.id, slot_id=hour.id, topic_id=topic.id))
    change(mine, state="unconfirmed")
    erase(mine)
    assert again(topic).going_count == 0


def test_another_name_from_the_same_page_is_another_person(forum, visitor):
    page = visitor.get(address(forum))
    for name in ("Luz", "Ana", "Ana"):
        visitor.submit(page, BY_NAME, name=name)
        visitor.submit(address(forum), LEAVING)
    assert count(EventRegistration) == 2
