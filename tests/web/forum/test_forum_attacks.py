"""What somebody types, forges or sends again in a forum that is not theirs to say: none of it changes or shows a thing."""

import pytest

from app.core.db import db
from app.events.models.meetings import Event
from app.events.models.registrations import EventRegistration, Registrant
from app.forum.models import ForumGoing, ForumRoom, ForumSlot, ForumTopic, ForumTopicHost
from app.forum.service import topics as service
from tests.events.stored import at
from tests.forum.stored import place_in, topic_in
from tests.support.clock import LONG_AGO
from tests.support.door import comes
from tests.support.rows import again, count, every, last
from tests.web.events.place_pages import url_of
from tests.web.forum.hall import BY_NAME, CODE, LEAVING, address, enter, hall

CANARY = "Ziboulette"
SCRIPT = "<script>alert(1)</script>"
OUT_OF_SIGHT = {
    "hidden": {"hidden_at": LONG_AGO, "hidden_reason": "Un nom."},
    "waiting": {"state": "waiting"},
    "deleted": {"deleted_at": LONG_AGO},
}


@pytest.fixture
def forum(clock, make):
    clock.at(at("2027-02-18 08:00"))
    return hall(make, phase="marketplace")


@pytest.fixture
def other(make, forum):
    """Another forum of the same team."""
    return hall(make, phase="marketplace")


def cells(forum):
    slots = [slot for slot in every(ForumSlot) if slot.forum_id == forum.id and slot.kind == "session"]
    return [(slot, room) for slot in slots for room in every(ForumRoom) if room.forum_id == forum.id]


def put(make, topic, cell):
    make.at(topic, slot_id=cell[0].id, room_id=cell[1].id, placed_by=topic.author_id)


def columns(row):
    found = again(row)
    return {column.name: getattr(found, column.name) for column in found.__table__.columns}


@pytest.mark.parametrize("state", OUT_OF_SIGHT)
def test_what_is_out_of_sight_is_in_no_page_and_in_no_number(make, forum, visitor, member, state):
    hidden = topic_in(make, forum, title=CANARY, why=CANARY, interest_count=7, hands=7, **OUT_OF_SIGHT[state])
    put(make, hidden, cells(forum)[0])
    shown = topic_in(make, forum, title="Un autobus du soir")
    base = f"/forums/{forum.id}"
    asked = f"?topic={hidden.id}"
    pages = (
        base,
        f"{base}/board",
        f"{base}/board{asked}",
        f"{base}/now",
        f"{base}/projector",
        f"{base}/projector{asked}",
    )
    for browser in (visitor, member):
        for path in (*pages, f"{base}/topics/{shown.id}", f"/events/{forum.id}", f"/search?q={CANARY}"):
            page = browser.get(path)
            main = page.soup.select_one("main, body")
            assert page.status_code == 200, path
            assert CANARY not in main.get_text().replace(f"« {CANARY} »", "") or "search" in path, path
            assert "14 personnes" not in page.words and not page.soup.select(f"main a[href$='/topics/{hidden.id}']")
    assert "Au mur, 1 sujet" in visitor.get(base).words
    assert "0 sujet placé" in visitor.get(f"{base}/board").words
    assert visitor.get(f"{base}/topics/{hidden.id}").status_code == 404


def test_an_idea_that_one_may_not_read_comes_with_no_topic(make, forum, team, visitor):
    hidden = make.idea(title=CANARY, hidden_at=LONG_AGO)
    comes(make, forum, "Ana", CODE, arrived_at=LONG_AGO)
    enter(visitor, forum)
    page = visitor.get(f"/forums/{forum.id}/topics/new?idea={hidden.id}")
    assert CANARY not in page.words
    answer = visitor.submit(page, "main form.form", title="Un autobus du soir", idea=f"#{hidden.id}")
    assert answer.status_code == 422 and CANARY not in answer.words and count(ForumTopic) == 0
    shown = make.idea(title="Un potager")
    topic = topic_in(make, forum, idea_id=shown.id)
    make.at(shown, title=CANARY, hidden_at=LONG_AGO)
    for path in (f"/forums/{forum.id}", f"/forums/{forum.id}/topics/{topic.id}"):
        assert CANARY not in visitor.get(path).text


MORE = {
    "state": "open",
    "author_id": "1",
    "registration_id": "1",
    "host_name": "Le maire",
    "hands": "99",
    "interest_count": "99",
    "going_count": "99",
    "slot_id": "1",
    "room_id": "1",
    "placed_by": "1",
    "joined_id": "1",
    "hidden_at": "",
    "forum_id": "1",
    "lang": "de",
    "sent_as": "x",
    "phase": "closed",
    "announcement": CANARY,
}


def test_columns_that_no_form_asks_for_are_not_written(make, forum, other, visitor, team):
    place = comes(make, forum, "Ana", CODE)
    enter(visitor, forum)
    page = visitor.get(f"/forums/{forum.id}/topics/new")
    visitor.forge(f"/forums/{forum.id}/topics/new", {"title": "Un autobus du soir"} | MORE)
    topic = last(ForumTopic)
    assert page.status_code == 200 and topic.title == "Un autobus du soir"
    made = columns(topic)
    kept = ("author_id", "hands", "interest_count", "going_count", "slot_id", "room_id", "placed_by", "joined_id")
    assert [made[name] or None for name in kept] == [None] * len(kept)
    assert (made["state"], made["host_name"], made["lang"]) == ("waiting", "Ana", "fr")
    assert (made["registration_id"], made["forum_id"]) == (place.id, forum.id)
    form = visitor.get(f"/forums/{forum.id}/topics/{topic.id}/edit").soup.select_one("main form.form")
    typed = {field["name"]: field.get("value", "") for field in form.select("input[type=hidden]")}
    answer = visitor.forge(form["action"], typed | {"title": "Un taxi partagé"} | MORE)
    assert answer.status_code == 303, answer.text[:2000]
    assert columns(topic) == made | {"title": "Un taxi partagé", "edited_at": again(topic).edited_at}
    was = columns(forum)
    team.forge(f"/forums/{forum.id}/topics/new", {"title": "Un marché"} | MORE)
    assert columns(forum) == was and (last(ForumTopic).hands, last(ForumTopic).forum_id) == (0, forum.id)
    assert count(ForumTopic, ForumTopic.forum_id == other.id) == 0


NAMES = {
    SCRIPT: SCRIPT,
    "Ana\u202eérialceS": "AnaérialceS",
    "A\u200bn\u2060a": "Ana",
    "Ana\r\nBcc: x": "Ana Bcc: x",
}


@pytest.mark.parametrize("typed", NAMES)
def test_the_name_of_a_guest_is_a_line_of_text_wherever_it_stands(make, forum, visitor, team, new_browser, typed):
    make.at(forum, phase="sessions")
    visitor.submit(address(forum), BY_NAME, name=typed)
    make.at(last(EventRegistration), arrived_at=LONG_AGO)
    visitor.submit(f"/forums/{forum.id}/topics/new", "main form.form", title=SCRIPT, why=SCRIPT)
    topic = last(ForumTopic)
    assert topic.host_name == NAMES[typed]
    put(make, topic, cells(forum)[0])
    base = f"/forums/{forum.id}"
    for path in (base, f"{base}/board", f"{base}/now", f"{base}/projector", f"{base}/topics/{topic.id}"):
        page = new_browser().get(path)
        assert SCRIPT not in page.text and "\u202e" not in page.text, path
    for sheet in ("programme", "rooms", "notes"):
        assert SCRIPT not in team.get(f"{base}/papers/{sheet}").text


@pytest.mark.parametrize("typed", ["\u200b\u200b\u200b\u200b\u200b", "\u3164", "\u2800\u2060", "\u202e"])
def test_a_name_of_which_nothing_is_seen_is_none(make, forum, visitor, team, typed):
    assert visitor.submit(address(forum), BY_NAME, name=typed).status_code == 422
    team.submit(f"/forums/{forum.id}/topics/new", "main form.form", title="Un autobus", host_name=typed)
    assert last(ForumTopic).host_name == ""
    pitch = f"/forums/{forum.id}/topics/new"
    assert team.submit(pitch, "main form.form", title=typed * 5).status_code == 422
    page = team.submit(f"/forums/{forum.id}/wall", "form.form", lines=f"{typed * 5}; Luc")
    assert page.status_code == 422 and count(ForumTopic) == 1


def test_forms_do_not_cross_from_one_forum_to_another(make, forum, other, team):
    mine, theirs = topic_in(make, forum), topic_in(make, other)
    put(make, theirs, cells(other)[0])
    base, before = f"/forums/{forum.id}/topics/{mine.id}", [columns(mine), columns(theirs)]
    slot, room = cells(other)[1]
    there = {"slot": slot.id, "room": room.id, "seen": ""}
    mixed = {"slot": cells(forum)[0][0].id, "room": room.id, "seen": ""}
    at_theirs = {"slot": theirs.slot_id, "room": theirs.room_id, "other": theirs.id, "seen": ""}
    for end, typed in (
        ("placing", there),
        ("placing", mixed),
        ("placing/exchange", at_theirs),
        ("again", there),
        ("joining", {"topic": theirs.id}),
    ):
        team.forge(f"{base}/{end}", typed)
    assert [columns(mine), columns(theirs)] == before and count(ForumTopic) == 2
    put(make, mine, cells(forum)[0])
    before[0] = columns(mine)
    seen = f"{mine.slot_id}-{mine.room_id}"
    team.forge(f"{base}/placing/exchange", at_theirs | {"seen": seen})
    team.forge(f"{base}/again", there)
    team.forge(f"{base}/placing", there | {"seen": seen})
    assert [columns(mine), columns(theirs)] == before and count(ForumTopic) == 2
    for end in ("", "/edit", "/withdrawal", "/joining"):
        assert team.get(f"/forums/{forum.id}/topics/{theirs.id}{end}").status_code == 404
    hour = {"slot": slot.id, "minutes": "10", "seen": ""}
    team.forge(f"/forums/{forum.id}/shift", hour)
    assert again(slot).starts_after == slot.starts_after


def test_a_press_of_one_forum_says_nothing_in_another(make, forum, other, sign_in):
    person = make.user()
    browser, theirs = sign_in(person), topic_in(make, other)
    place_in(make, forum, person)
    put(make, theirs, cells(other)[0])
    for path, typed in (
        (f"/forums/{forum.id}/pause", {"slot": theirs.slot_id}),
        (f"/forums/{forum.id}/topics/{theirs.id}/going", {"slot": theirs.slot_id}),
        (f"/forums/{forum.id}/topics/{theirs.id}/interest", {}),
        (f"/forums/{other.id}/topics/{theirs.id}/interest", {}),
        (f"/forums/{other.id}/topics/{theirs.id}/hosting", {}),
    ):
        browser.forge(path, typed)
    assert count(ForumGoing) == count(ForumTopicHost) == 0 and again(theirs).interest_count == 0


def test_whoever_offers_to_hold_a_topic_is_named_to_its_host_and_the_team_alone(make, forum, visitor, team, member):
    topic = topic_in(make, forum, host_name="Luc")
    place = comes(make, forum, CANARY, CODE)
    enter(visitor, forum)
    visitor.submit(f"/forums/{forum.id}/topics/{topic.id}", "form[action$='/hosting']")
    path = f"/forums/{forum.id}/topics/{topic.id}"
    assert CANARY in team.get(path).words and CANARY not in member.get(path).text
    visitor.forge(f"{path}/hosts", {"place": place.id})
    assert not count(ForumTopicHost, ForumTopicHost.accepted_at.is_not(None)), "nobody accepts themselves"


def test_those_whom_nobody_has_seen_do_not_fill_the_wall_of_those_who_are_there(make, forum, visitor, monkeypatch):
    monkeypatch.setattr(service, "MOST", 3)
    for n in range(3):
        topic_in(make, forum, host_name=f"Passant {n}", state="waiting")
    visitor.submit(address(forum), BY_NAME, name="Un autre")
    refused = visitor.submit(f"/forums/{forum.id}/topics/new", "main form.form", title="Encore un")
    assert refused.status_code == 409 and "attendent" in refused.words
    visitor.submit(address(forum), LEAVING)
    comes(make, forum, "Ana", CODE, arrived_at=LONG_AGO)
    enter(visitor, forum)
    visitor.submit(f"/forums/{forum.id}/topics/new", "main form.form", title="Un autobus du soir")
    assert last(ForumTopic).title == "Un autobus du soir" and last(ForumTopic).state == "open"


def test_a_guest_who_mends_their_name_is_named_so_with_what_they_pitched(make, forum, visitor, new_browser):
    place = comes(make, forum, CANARY, CODE, arrived_at=LONG_AGO)
    enter(visitor, forum)
    visitor.submit(f"/forums/{forum.id}/topics/new", "main form.form", title="Un autobus du soir")
    held = topic_in(make, forum, host_name="Luc", title="Un taxi")
    make.add(ForumTopicHost(topic_id=held.id, registration_id=place.id, name=CANARY, accepted_at=LONG_AGO))
    visitor.submit(url_of(place), "main form.form", name="Ana Lumière")
    assert last(Registrant, Registrant.id == place.registrant_id).name == "Ana Lumière"
    for topic in every(ForumTopic):
        page = new_browser().get(f"/forums/{forum.id}/topics/{topic.id}")
        assert "Ana Lumière" in page.words and CANARY not in page.text


def test_a_guest_whose_name_is_not_on_the_wall_is_told_of_none_there(make, forum, visitor):
    place = comes(make, forum, "Ana", CODE)
    topic_in(make, forum, host_name="Ana", registration_id=place.id, state="waiting")
    page = visitor.submit(url_of(place), "main form.form", name=CANARY, follow=True)
    assert again(place).registrant_id and "Au mur du forum" not in page.soup.select_one("#flashes").text
    assert last(Registrant).name == CANARY


def test_a_name_that_nobody_has_seen_yet_comes_on_the_wall_with_its_person(make, forum, visitor, team, new_browser):
    place = comes(make, forum, "Ana", CODE)
    shown = topic_in(make, forum, host_name="Ana", registration_id=place.id)
    waiting = topic_in(make, forum, host_name="Ana", registration_id=place.id, state="waiting")
    held = topic_in(make, forum, host_name="Luc", title="Un taxi")
    make.add(ForumTopicHost(topic_id=held.id, registration_id=place.id, name="Ana", accepted_at=LONG_AGO))
    page = visitor.submit(url_of(place), "main form.form", name=CANARY, follow=True)
    assert "votre nouveau nom paraît une fois votre arrivée notée" in page.words
    assert (
        "Au mur du forum"
        not in visitor.submit(url_of(place), "main form.form", follow=True).soup.select_one("#flashes").text
    )
    assert (again(shown).host_name, again(waiting).host_name) == ("Ana", CANARY)
    pages = [f"/forums/{forum.id}", f"/forums/{forum.id}/topics/{shown.id}", f"/forums/{forum.id}/topics/{held.id}"]
    assert not any(CANARY in new_browser().get(path).text for path in pages)
    # Once they have been seen, they are named so wherever they hold a topic.
    team.submit(f"/events/{forum.id}/door", f"#guest-{place.id} form")
    assert again(place).arrived_at and all(CANARY in new_browser().get(path).words for path in pages)
    assert "Ana" not in new_browser().get(pages[1]).words and "Avec Ana" not in new_browser().get(pages[2]).words


def test_a_guest_who_comes_online_instead_is_named_on_the_wall_without_an_arrival(make, forum, visitor, new_browser):
    make.at(db.session.get_one(Event, forum.id), mode="hybrid")
    place = comes(make, forum, "Ana", CODE)
    shown = topic_in(make, forum, host_name="Ana", registration_id=place.id)
    visitor.submit(url_of(place), "main form.form", name=CANARY, follow=True)
    assert again(shown).host_name == "Ana"

    visitor.submit(url_of(place), "main form.form", mode="online", follow=True)

    assert again(shown).host_name == CANARY
