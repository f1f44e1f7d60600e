"""The pages of a forum while it runs: what changes comes by itself, nothing moves under a reader, presses wait."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.core import clock as time
from app.core.db import db
from app.events.models.meetings import Event
from app.forum.models import Forum, ForumGoing, ForumInterest, ForumTopic
from app.forum.queries.forums import get_arrangement
from app.forum.service import interests
from tests.browser.screen import WatchedPage
from tests.browser.test_keyboard import reach
from tests.events.stored import event_in
from tests.forum.stored import forum_in, place_in, topic_in
from tests.support.rows import again, count
from tests.support.world import HERE

Open = Callable[..., WatchedPage]
# How often the page asks, and a press that waits is sent again, in milliseconds.
ASK = AGAIN = 10_000
# In how many milliseconds two presses of one button are one that was doubled.
TWICE = 2_000


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


def waiting(page: Page) -> Any:
    return page.locator("[data-marks-state]")


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
    title = slip(page, topics[1]).get_by_role("link", name=topics[1].title)
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


def test_presses_wait_without_a_network_and_go_once_when_it_is_back(
    page_for: Open, forum: Forum, topics: list[ForumTopic], mia: Any, axe: Any
) -> None:
    page = open_at(page_for(mia, width=360), f"/forums/{forum.id}")
    page.wait_for_load_state("networkidle")
    axe(page)
    cut(page)
    for topic in topics:
        star(page, topic).click()
        expect(star(page, topic)).to_have_attribute("aria-pressed", "true")
        page.clock.run_for(TWICE)
    expect(waiting(page)).to_contain_text("En attente d’envoi")
    expect(waiting(page)).to_contain_text("Un potager d’hiver")
    # What waits is taken back by the contrary press.
    star(page, topics[1]).click()
    expect(star(page, topics[1])).to_have_attribute("aria-pressed", "false")
    expect(waiting(page)).not_to_contain_text("Un potager d’hiver")
    assert count(ForumInterest) == 0 and page.evaluate("document.documentElement.scrollWidth") <= 360
    axe(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    reconnect(page)
    page.clock.run_for(AGAIN)
    expect(waiting(page)).to_have_text("Tout est envoyé.")
    assert [int(url.split("/")[-2]) for url in sent] == [topics[0].id, topics[2].id]
    db.session.rollback()
    assert sorted(db.session.scalars(select(ForumInterest.topic_id))) == [topics[0].id, topics[2].id]
    interests.fold_all()
    assert [again(topic).interest_count for topic in topics] == [1, 0, 1]


def test_going_and_a_pause_wait_and_can_be_taken_back(
    page_for: Open, forum: Forum, topics: list[ForumTopic], mia: Any
) -> None:
    page = open_at(page_for(mia, width=360), f"/forums/{forum.id}/now")
    page.wait_for_load_state("networkidle")
    go = page.get_by_role("button", name="J’y vais – Un autobus du soir")
    cut(page)
    go.click()
    expect(waiting(page)).to_contain_text("J’y vais – Un autobus du soir")
    # The first press is sent again and again; what nothing is sent of is taken back.
    page.get_by_role("button", name="Ne pas l’envoyer").click()
    expect(waiting(page)).not_to_contain_text("J’y vais")
    page.get_by_role("button", name="Je prends une pause").click()
    page.clock.run_for(TWICE)
    go.click()
    expect(waiting(page)).to_contain_text("Je prends une pause")
    reconnect(page)
    page.clock.run_for(AGAIN)
    expect(page.locator("#now")).to_contain_text("vous y êtes")
    expect(page.locator("#now h1")).to_contain_text("Un autobus du soir")
    db.session.rollback()
    assert db.session.scalars(select(ForumGoing.topic_id)).all() == [topics[0].id]


def test_a_press_whose_answer_is_lost_is_made_once(
    page_for: Open, forum: Forum, topics: list[ForumTopic], mia: Any
) -> None:
    page = open_at(page_for(mia), f"/forums/{forum.id}")
    lost = iter([True])

    def lose(route: Any) -> None:
        answer = route.fetch()
        route.abort() if next(lost, False) else route.fulfill(response=answer)

    page.route("**/interest", lose)
    star(page, topics[0]).click()
    expect(waiting(page)).to_contain_text("En attente d’envoi")
    page.troubles.clear()
    page.clock.run_for(AGAIN)
    expect(waiting(page)).to_have_text("Tout est envoyé.")
    assert count(ForumInterest) == 1


def test_what_waits_outlives_the_page_and_goes_in_nobody_elses_name(
    page_for: Open, make: Any, forum: Forum, topics: list[ForumTopic], mia: Any, sign_in: Any, site: str
) -> None:
    page = page_for(mia)
    page.goto(f"/forums/{forum.id}")
    page.route("**/interest", lambda route: route.abort())
    star(page, topics[0]).click()
    expect(waiting(page)).to_contain_text("En attente d’envoi")
    page.goto(f"/forums/{forum.id}/board")
    page.goto(f"/forums/{forum.id}")
    expect(star(page, topics[0])).to_have_attribute("aria-pressed", "true")
    expect(waiting(page)).to_contain_text("Un autobus du soir")
    other = make.user("Nadia")
    place_in(make, forum, other)
    db.session.rollback()
    page.context.add_cookies([{"name": "session", "value": sign_in(other).get_cookie("session").value, "url": site}])
    page.unroute("**/interest")
    page.troubles.clear()
    page.goto(f"/forums/{forum.id}")
    expect(waiting(page)).to_contain_text("une autre personne n’a pas été envoyé")
    expect(star(page, topics[0])).to_have_attribute("aria-pressed", "false")
    assert count(ForumInterest) == 0 and "marks" not in page.evaluate("JSON.stringify(localStorage)")


def test_what_the_site_refuses_is_told_with_its_reason(
    page_for: Open, make: Any, forum: Forum, topics: list[ForumTopic], mia: Any
) -> None:
    page = open_at(page_for(mia), f"/forums/{forum.id}")
    page.wait_for_load_state("networkidle")
    make.at(topics[0], state="withdrawn")
    star(page, topics[0]).click()
    expect(waiting(page)).to_contain_text("Non pris")
    expect(star(page, topics[0])).to_have_attribute("aria-pressed", "false")
    make.at(forum, phase="closed")
    star(page, topics[1]).click()
    expect(waiting(page)).to_contain_text("Non pris")
    expect(star(page, topics[1])).to_have_attribute("aria-pressed", "false")
    page.troubles.clear()
    assert count(ForumInterest) == 0


@pytest.mark.parametrize("javascript", [True, False])
def test_a_press_does_the_same_with_a_script_and_without(
    page_for: Open, forum: Forum, topics: list[ForumTopic], mia: Any, javascript: bool
) -> None:
    page = page_for(mia, javascript=javascript)
    page.goto(f"/forums/{forum.id}/topics/{topics[0].id}")
    button = page.locator("button.interest")
    for pressed, words, rows in (("true", "Dans mes intérêts", 1), ("false", "Ça m’intéresse", 0)):
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            button.press("Enter")
        expect(button).to_have_attribute("aria-pressed", pressed)
        expect(button).to_contain_text(words)
        assert count(ForumInterest) == rows
        page.wait_for_timeout(TWICE)
    page.goto(f"/forums/{forum.id}/now")
    reach(page, page.get_by_role("button", name="J’y vais – Un autobus du soir"))
    page.keyboard.press("Enter")
    expect(page.locator("#now")).to_contain_text("vous y êtes")
    expect(page.locator("#now h1")).to_contain_text("Un autobus du soir")
    assert count(ForumGoing) == 1


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
