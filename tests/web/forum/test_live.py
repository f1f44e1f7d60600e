"""What the pages of a forum ask for again: what anybody is shown, kept for all; and nothing of whoever asks."""

import pytest

from app.communities.models import Membership
from app.core import clock as time
from app.core.db import db
from app.events.models.meetings import Event
from app.forum.models import ForumGoing, ForumInterest
from app.forum.queries.forums import get_arrangement
from app.forum.service import interests
from tests.events.stored import at, event_in
from tests.forum.stored import forum_in, place_in, topic_in
from tests.support.queries import PUBLIC, record_statements
from tests.support.rows import count
from tests.support.world import HERE

ASKED = {"HX-Request": "true"}
PAGES = ("", "/board", "/now", "/topics/{topic}")


@pytest.fixture
def forum(clock, make):
    """A forum that runs since 9 h; it is 10 h 10, ten minutes into the first session."""
    clock.at("2027-02-18T15:10:00Z")
    event = event_in(make, room=make.room(HERE), starts_at=at("2027-02-18 09:00"), hours=7, author_id=make.user().id)
    return forum_in(make, event=event, phase="sessions")


@pytest.fixture
def topic(make, forum):
    there = get_arrangement(forum.id)
    topic = topic_in(make, forum, slot_id=there.slots[1].id, room_id=there.rooms[0].id, host_name="Luz")
    topic_in(make, forum, title="Un potager d'hiver", host_name="Guy")
    return topic


@pytest.fixture
def member(make, forum, sign_in):
    mia = make.user("Mia Membre")
    place_in(make, forum, mia)
    return sign_in(mia)


def live(page):
    return page.soup.select_one("[data-live]")


def pieces(soup):
    """Map what changes on a page to its words, by the name of each piece that holds no other."""
    found = [one for one in soup.select("[data-piece]") if not one.select("[data-piece]")]
    return {one["data-piece"]: " ".join(one.get_text(" ").split()) for one in found}


def pages(forum, topic):
    return [f"/forums/{forum.id}{end.format(topic=topic.id)}" for end in PAGES]


@pytest.mark.parametrize("end", PAGES)
def test_what_is_asked_for_again_is_what_every_reader_of_the_page_sees(
    visitor, member, fae, sign_in, forum, topic, make, end
):
    make.at(forum, announcement="Dîner à midi.")
    path = f"/forums/{forum.id}{end.format(topic=topic.id)}"
    page = visitor.get(path)
    part = visitor.get(live(page)["data-live"], headers=ASKED)
    asked = pieces(part.soup)
    assert asked["announcement"] == "Dîner à midi." and "Un autobus du soir" in part.words
    assert asked == pieces(page.soup) == pieces(member.get(path).soup)
    team = sign_in(fae).get(path)
    theirs = team if end != "/board" else sign_in(fae).get(live(team)["data-live"], headers=ASKED)
    assert pieces(theirs.soup) == pieces(team.soup) and asked.keys() <= pieces(team.soup).keys()
    assert not part.soup.select("form, [data-marks], noscript, [data-own], h1 ~ footer")


@pytest.mark.parametrize("end", PAGES)
def test_it_is_asked_for_without_cookies_and_is_told_once_until_something_changes(visitor, forum, topic, end, make):
    page = visitor.get(f"/forums/{forum.id}{end.format(topic=topic.id)}")
    address = live(page)["data-live"]
    assert live(page).has_attr("data-open") and address.endswith("?lang=fr")
    with record_statements() as statements:
        part = visitor.get(address, headers=ASKED)
    assert len(statements) <= PUBLIC, statements
    assert "Set-Cookie" not in part.headers and "no-store" not in part.headers.get("Cache-Control", "")
    asked_again = {**ASKED, "If-None-Match": part.headers["ETag"]}
    assert visitor.get(address, headers=asked_again).status_code == 304
    make.at(forum, announcement="On se retrouve au gymnase.")
    assert visitor.get(address, headers=asked_again).status_code == 200


def test_a_press_changes_nothing_of_it_before_it_is_counted(visitor, member, forum, topic):
    address = live(visitor.get(f"/forums/{forum.id}"))["data-live"]

    def press():
        form = member.get(f"/forums/{forum.id}").soup.select(f"form[action*='/topics/{topic.id}/interest']")[0]
        return member.submit(f"/forums/{forum.id}", form)

    press()  # The first press of a forum is counted at once.
    part = visitor.get(address, headers=ASKED)
    press()
    asked_again = {**ASKED, "If-None-Match": part.headers["ETag"]}
    assert count(ForumInterest) == 0 and visitor.get(address, headers=asked_again).status_code == 304
    interests.fold_all()
    assert visitor.get(address, headers=asked_again).status_code == 200


@pytest.mark.parametrize("state", ["draft", "hidden", "private"])
@pytest.mark.parametrize("end", PAGES)
def test_a_forum_seen_from_inside_alone_is_asked_for_by_who_reads_it_and_kept_by_nobody(
    visitor, fae, sign_in, make, forum, topic, state, end
):
    columns = {
        "private": {"is_private": True},
        "draft": {"status": "draft"},
        "hidden": {"hidden_at": time.now(), "hidden_reason": "Une erreur"},
    }
    if state == "private":
        make.at(make.room(HERE), is_private=True)
    make.at(db.session.get_one(Event, forum.id), **columns[state])
    team = sign_in(fae)
    page = team.get(f"/forums/{forum.id}{end.format(topic=topic.id)}")
    assert page.status_code == 200 and not live(page).has_attr("data-open")
    address = live(page)["data-live"]
    assert visitor.get(address, headers=ASKED).status_code == 404
    part = team.get(address, headers=ASKED)
    assert part.status_code == 200 and "no-store" in part.headers["Cache-Control"] and "ETag" not in part.headers


@pytest.mark.parametrize("end", PAGES)
@pytest.mark.parametrize(("is_team", "most"), [(False, 3), (True, 4)])
def test_what_is_asked_for_again_from_inside_costs_three_statements(
    fae, author, sign_in, make, forum, topic, is_team, most, end
):
    """The session with its person, the forum, what stands on its wall with its rooms and hours; of a team, its charges."""
    room = make.room(HERE)
    for row in (room, db.session.get_one(Event, forum.id)):
        make.at(row, is_private=True)
    make.add(Membership(user_id=author.id, community_id=room.id))
    place_in(make, forum, author)
    browser = sign_in(fae if is_team else author)
    address = live(browser.get(f"/forums/{forum.id}{end.format(topic=topic.id)}"))["data-live"]
    browser.get(address, headers=ASKED)
    with record_statements() as statements:
        part = browser.get(address, headers=ASKED)
    assert part.status_code == 200 and len(statements) <= most, "\n\n".join(statements)


@pytest.mark.parametrize("end", PAGES)
def test_what_a_page_from_inside_asked_for_as_its_forum_closed_is_kept_by_nobody(fae, sign_in, make, forum, topic, end):
    make.at(make.room(HERE), is_private=True)
    make.at(db.session.get_one(Event, forum.id), is_private=True)
    make.at(forum, phase="closed")
    part = sign_in(fae).get(f"/forums/{forum.id}{end.format(topic=topic.id)}?lang=fr", headers=ASKED)
    assert part.status_code == 200 and "no-store" in part.headers["Cache-Control"]


def test_a_forum_that_is_closed_or_cancelled_asks_for_nothing_more(visitor, make, forum, topic):
    for of_event, own in (({}, {"phase": "closed"}), ({"status": "cancelled", "cancelled_at": time.now()}, {})):
        address = live(visitor.get(f"/forums/{forum.id}"))["data-live"]
        before = pieces(visitor.get(address, headers=ASKED).soup)
        make.at(forum, **own)
        make.at(db.session.get_one(Event, forum.id), cancelled_reason="Une tempête", **of_event)
        # Whoever reads the page of before is told that there is another: a piece of it has another name.
        assert pieces(visitor.get(address, headers=ASKED).soup).keys() != before.keys()
        assert all(live(visitor.get(path)) is None for path in pages(forum, topic))
        make.at(forum, phase="sessions")


def test_a_press_by_a_script_is_told_what_it_did_and_what_one_sees_of_the_hour(member, forum, topic):
    page = member.get(f"/forums/{forum.id}/now")
    form = page.soup.select_one(f"form[action*='/topics/{topic.id}/going']")
    answer = member.submit(page, form, htmx=True)
    assert "vous y êtes" in answer.words and "Vous y allez" in answer.words and count(ForumGoing) == 1
    page = member.get(f"/forums/{forum.id}")
    answer = member.submit(page, page.soup.select_one(f"form[action*='/topics/{topic.id}/interest']"), htmx=True)
    assert answer.status_code == 200 and count(ForumInterest) == 1


def test_what_was_pressed_for_an_hour_that_the_topic_has_left_is_not_done(member, forum, topic, make):
    page = member.get(f"/forums/{forum.id}/now")
    make.at(topic, slot_id=get_arrangement(forum.id).slots[2].id)
    answer = member.submit(page, page.soup.select_one("form[action*='/going']"), htmx=True)
    assert answer.status_code == 409 and "n’est plus là à cette heure" in answer.words and count(ForumGoing) == 0


def test_a_press_of_before_the_forum_closed_is_told_so(member, forum, topic, make):
    page, wall = member.get(f"/forums/{forum.id}/now"), member.get(f"/forums/{forum.id}")
    make.at(forum, phase="closed")
    pressed = ((page, "[action$='/going']"), (page, "[action$='/pause']"), (wall, "[action*='/interest']"))
    for whole, form in pressed:
        answer = member.submit(whole, f"form{form}", htmx=True)
        assert answer.status_code == 409 and "le forum est clos" in answer.words, form
    assert count(ForumInterest) == count(ForumGoing) == 0


def test_a_page_of_somebody_else_presses_nothing_on_a_shared_device(member, forum, topic, make, sign_in):
    """Its page is that of Mia; the session, or the pass, is that of whoever came after."""
    other = make.user("Nadia")
    place_in(make, forum, other)
    page, later = member.get(f"/forums/{forum.id}"), sign_in(other)
    mine = page.soup.select_one("[data-marks] ~ * [name=mine], [name=mine]")["value"]
    for path, fields in ((f"topics/{topic.id}/interest", {}), (f"topics/{topic.id}/going", {}), ("pause", {})):
        answer = later.forge(f"/forums/{forum.id}/{path}", {"mine": mine, **fields}, htmx=True)
        assert answer.status_code == 409 and "une autre personne" in answer.words
    assert count(ForumInterest) == count(ForumGoing) == 0


@pytest.mark.parametrize("days", [0, 30])
def test_without_a_script_the_page_says_when_it_was_read_on_the_day_alone(visitor, forum, topic, clock, days):
    clock.at("2027-02-18T15:10:00Z" if not days else "2027-01-18T15:10:00Z")
    said = [one.get_text(" ", strip=True) for one in visitor.get(f"/forums/{forum.id}/now").soup.select("noscript")]
    assert any("Page lue à 10 h 10" in one.replace("\u00a0", " ") for one in said) is not bool(days)
