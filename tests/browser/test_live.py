"""The pages of a forum while it runs: what changes comes by itself, nothing moves under a reader, presses wait."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.core import clock as time
from app.core.db import db
from app.events.models.meetings import Event
from app.forum.models import Forum, ForumInterest, ForumTopic
from app.forum.queries.forums import get_arrangement
from tests.browser.screen import WatchedPage, answer_later
from tests.events.stored import event_in
from tests.forum.stored import forum_in, place_in, topic_in
from tests.support.rows import again, count
from tests.support.world import HERE

Open = Callable[..., WatchedPage]
# How often the page asks, in milliseconds.
ASK = 10_000


@pytest.fixture
def forum(make: Any, fae: Any) -> Forum:
    """A forum that began 70 minutes ago: its first hour of sessions is the present one."""
    event = event_in(make, room=make.room(HERE), starts_at=time.now() - timedelta(minutes=70), hours=6)
    return forum_in(make, event=event, rooms=3, hours=3, phase="sessions")


@pytest.fixture
def topics(make: Any, forum: Forum) -> list[ForumTopic]:
    """Two topics of the present hour, then one without a room."""
    there = get_arrangement(forum.id)
    cells = [{"slot_id": there.slots[1].id, "room_id": there.rooms[n].id} for n in range(2)]
    titles = ("Un autobus du soir", "Un potager d’hiver", "Un taxi partagé")
    return [
        topic_in(make, forum, title=title, host_name="Luz", **cell)
        for title, cell in zip(titles, [*cells, {}], strict=True)
    ]


@pytest.fixture
def mia(make: Any, forum: Forum) -> Any:
    mia = make.user("Mia Membre")
    place_in(make, forum, mia)
    return mia


def slip(page: Page, topic: ForumTopic) -> Any:
    return page.locator(f"#topic-{topic.id}")


def star(page: Page, topic: ForumTopic) -> Any:
    return slip(page, topic).locator("button.interest")


def cut(page: Page) -> None:
    page.context.set_offline(True)


def reconnect(page: WatchedPage) -> None:
    page.context.set_offline(False)
    page.troubles.clear()


def open_at(page: WatchedPage, path: str) -> WatchedPage:
    page.clock.install()
    page.goto(path)
    return page


def wait_for_a_poll(page: Page) -> None:
    with page.expect_response(lambda answer: "lang=" in answer.url):
        page.clock.run_for(ASK + 1_000)


def test_one_presses_and_another_sees_the_count_by_itself_without_cookies(
    page_for: Open, forum: Forum, topics: list[ForumTopic], mia: Any, axe: Any
) -> None:
    reader, presser = open_at(page_for(width=360), f"/forums/{forum.id}"), page_for(mia)
    sent: list[Any] = []
    reader.on("request", lambda request: sent.append(request) if "lang=" in request.url else None)
    presser.goto(f"/forums/{forum.id}")
    star(presser, topics[0]).click()
    expect(star(presser, topics[0])).to_have_attribute("aria-pressed", "true")
    expect(presser.locator("#live")).to_contain_text("dans vos intérêts")
    wait_for_a_poll(reader)
    expect(slip(reader, topics[0])).to_contain_text("1 personne")
    assert sent and all("cookie" not in request.all_headers() for request in sent)
    expect(reader.locator("[data-changed]")).to_be_hidden()
    axe(reader)
    axe(presser)
    assert count(ForumInterest) == 1


def test_what_comes_by_itself_is_what_the_page_shows_once_it_is_read_again(
    page_for: Open, make: Any, forum: Forum, topics: list[ForumTopic]
) -> None:
    for path in ("", "/board", "/now", f"/topics/{topics[0].id}"):
        page = open_at(page_for(), f"/forums/{forum.id}{path}")
        there = get_arrangement(forum.id)
        make.at(forum, announcement=f"Annonce {path or 'du mur'}")
        make.at(topics[0], hands=topics[0].hands + 2, room_id=there.rooms[2].id)
        make.at(topics[1], going_count=again(topics[1]).going_count + 4)
        topic_in(make, forum, title=f"Un sujet neuf {path}", host_name="Guy")
        wait_for_a_poll(page)
        expect(page.locator(".shout")).to_contain_text("Annonce")
        expect(page.locator("#live")).to_contain_text("Annonce")
        shown = page.locator("[data-live]").inner_text()
        page.reload()
        assert sorted(shown.split("\n")) == sorted(page.locator("[data-live]").inner_text().split("\n")), path
        make.at(topics[0], room_id=there.rooms[0].id)


def test_nothing_moves_under_a_reader_and_own_presses_stay(
    page_for: Open, make: Any, forum: Forum, topics: list[ForumTopic], mia: Any
) -> None:
    page = open_at(page_for(mia), f"/forums/{forum.id}")
    title = slip(page, topics[1]).get_by_role("link", name=topics[1].title, exact=True)
    title.focus()
    page.evaluate("window.scrollTo(0, 300)")
    before = page.evaluate("window.scrollY")
    make.at(topics[1], title="Un potager d’été", hands=9)
    make.at(topics[0], hands=3)
    topic_in(make, forum, title="Un sujet de plus", host_name="Guy")
    wait_for_a_poll(page)
    expect(slip(page, topics[0])).to_contain_text("3 personnes")
    expect(slip(page, topics[1])).to_contain_text("9 personnes")
    expect(title).to_be_focused()
    expect(page.locator("#wall")).to_contain_text("Un sujet de plus")
    expect(page.locator("[data-changed]")).to_be_visible()
    assert page.evaluate("window.scrollY") == before
    expect(star(page, topics[0])).to_be_visible()
    star(page, topics[0]).focus()
    wait_for_a_poll(page)
    expect(slip(page, topics[1])).to_contain_text("Un potager d’été")
    expect(star(page, topics[0])).to_be_focused()
    page.get_by_role("button", name="La relire").click()
    expect(page.locator("button.interest")).to_have_count(4)
    expect(page.locator("[data-changed]")).to_be_hidden()


def test_what_is_open_stays_open(page_for: Open, make: Any, forum: Forum, topics: list[ForumTopic], fae: Any) -> None:
    make.at(topics[2], state="withdrawn")
    page = open_at(page_for(fae), f"/forums/{forum.id}")
    page.locator("#wall details summary").click()
    page.locator("#main").focus()
    make.at(topics[0], hands=3)
    topic_in(make, forum, title="Un sujet de plus", host_name="Guy")
    wait_for_a_poll(page)
    expect(slip(page, topics[0])).to_contain_text("3 personnes")
    expect(page.locator("#wall details")).to_have_attribute("open", "")
    expect(page.locator("#wall details")).to_contain_text("Un taxi partagé")


def test_who_chooses_a_cell_is_told_that_the_board_changed_and_nothing_moves(
    page_for: Open, make: Any, forum: Forum, topics: list[ForumTopic], fae: Any
) -> None:
    page = open_at(page_for(fae), f"/forums/{forum.id}/board?topic={topics[2].id}")
    with page.expect_response(lambda answer: "lang=" in answer.url):
        page.reload()
    spots = page.locator(".spot").count()
    expect(page.locator("[data-changed]")).to_be_hidden()
    make.at(topics[0], room_id=get_arrangement(forum.id).rooms[2].id)
    wait_for_a_poll(page)
    expect(page.locator("[data-changed]")).to_be_visible()
    assert page.locator(".spot").count() == spots
    page.get_by_role("button", name="La relire").click()
    expect(page.locator("#board > .notice")).to_contain_text("Vous placez")


def test_the_team_sees_the_board_change_with_its_own_presses(
    page_for: Open, make: Any, forum: Forum, topics: list[ForumTopic], fae: Any
) -> None:
    page = open_at(page_for(fae), f"/forums/{forum.id}/board")
    there = get_arrangement(forum.id)
    make.at(topics[2], slot_id=there.slots[2].id, room_id=there.rooms[2].id)
    wait_for_a_poll(page)
    expect(page.locator(".board").get_by_role("link", name="Déplacer – Un taxi partagé")).to_be_visible()
    expect(page.locator("#waiting")).to_contain_text("Aucun sujet n’attend de salle.")


@pytest.mark.parametrize("phase", ["convergence", "closed"])
def test_a_page_of_another_phase_says_so(
    page_for: Open, make: Any, forum: Forum, topics: list[ForumTopic], mia: Any, phase: str
) -> None:
    pages = [open_at(page_for(mia), f"/forums/{forum.id}{path}") for path in ("", "/now", f"/topics/{topics[0].id}")]
    make.at(forum, phase=phase)
    for page in pages:
        wait_for_a_poll(page)
        expect(page.locator("[data-changed]")).to_be_visible()


def test_a_forum_that_is_there_no_more_for_everybody_says_so_and_is_asked_for_no_more(
    page_for: Open, make: Any, forum: Forum, topics: list[ForumTopic]
) -> None:
    page = open_at(page_for(), f"/forums/{forum.id}")
    make.at(db.session.get_one(Event, forum.id), is_private=True)
    wait_for_a_poll(page)
    expect(page.locator("[data-changed]")).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.run_for(3 * ASK)
    assert asked == []
    page.troubles.clear()


def test_a_page_that_nobody_sees_asks_for_nothing(page_for: Open, forum: Forum, topics: list[ForumTopic]) -> None:
    page = open_at(page_for(), f"/forums/{forum.id}/now")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    hide = "is => {Object.defineProperty(document, 'hidden', {value: is, configurable: true}); document.dispatchEvent(new Event('visibilitychange'));}"
    page.evaluate(hide, True)
    page.clock.run_for(3 * ASK)
    assert asked == []
    with page.expect_response(lambda answer: "lang=" in answer.url):
        page.evaluate(hide, False)
    wait_for_a_poll(page)
    assert len(asked) == 2


def test_without_a_network_the_page_stays_and_says_since_when(
    page_for: Open, forum: Forum, topics: list[ForumTopic]
) -> None:
    page = open_at(page_for(), f"/forums/{forum.id}/board")
    page.wait_for_load_state("networkidle")
    state = page.locator("[data-live-state]")
    expect(state).to_have_text("")
    cut(page)
    page.clock.run_for(ASK + 1_000)
    expect(state).to_have_text(re.compile(r"Vu à \d{1,2}\sh\s?\d{0,2}"))
    expect(page.locator(".board")).to_contain_text("Un autobus du soir")
    reconnect(page)
    page.clock.run_for(ASK + 1_000)
    expect(state).to_have_text("")


@pytest.mark.parametrize("code", [429, 503])
def test_a_site_that_asks_to_wait_is_asked_again_when_it_says(
    page_for: Open, forum: Forum, topics: list[ForumTopic], code: int
) -> None:
    for path, mark in (("", "[data-live-state]"), ("/projector", "[data-beam-state]")):
        page = open_at(page_for(), f"/forums/{forum.id}{path}")
        page.wait_for_load_state("networkidle")
        asked = answer_later(page, "**/*lang=*", 60, code)
        page.clock.run_for(ASK + 1_000)
        state = page.locator(mark)
        expect(state).to_have_text(re.compile(r"Le site demande d’attendre. Vu à \d.*; nouvel essai à \d{1,2}\sh"))
        page.clock.run_for(4 * ASK)
        assert len(asked) == 1
        page.unroute("**/*lang=*")
        page.clock.run_for(3 * ASK)
        expect(state).to_have_text("")
        page.troubles.clear()


def test_without_javascript_the_page_says_when_it_was_read(
    page_for: Open, make: Any, forum: Forum, topics: list[ForumTopic]
) -> None:
    for path in ("", "/board", "/now", f"/topics/{topics[0].id}"):
        page = page_for(javascript=False)
        page.goto(f"/forums/{forum.id}{path}")
        expect(page.get_by_text(re.compile(r"Page lue à \d{1,2}\sh"))).to_be_visible()
        make.at(forum, announcement=f"Annonce {path}")
        page.get_by_role("link", name="La relire").click()
        expect(page.locator(".shout")).to_contain_text("Annonce")
