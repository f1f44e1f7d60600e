"""What a participant presses in a forum waits without a network, goes once in its order, and in nobody else's name."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.core.db import db
from app.forum.models import Forum, ForumGoing, ForumInterest, ForumTopic
from app.forum.service import interests
from tests.browser.heard import expect_said_once, listen
from tests.browser.screen import WatchedPage, answer_later
from tests.browser.test_keyboard import reach
from tests.browser.test_live import cut, forum, mia, open_at, reconnect, slip, star, topics, wait_for_a_poll
from tests.forum.stored import place_in
from tests.support.rows import again, count

__all__ = ["forum", "mia", "topics"]
Open = Callable[..., WatchedPage]
# How often a press that waits is sent again, in milliseconds.
AGAIN = 10_000
# In how many milliseconds two presses of one button are one that was doubled.
TWICE = 2_000


def waiting(page: Page) -> Any:
    return page.locator("[data-marks-state]")


def lose_answers(page: WatchedPage, path: str, times: int) -> None:
    """Have the answers to so many presses be lost on their way: the site has them."""
    lost = iter([True] * times)

    def lose(route: Any) -> None:
        answer = route.fetch()
        route.abort() if next(lost, False) else route.fulfill(response=answer)

    page.route(path, lose)


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
    for topic in topics:
        slip(page, topic).scroll_into_view_if_needed()
        expect(waiting(page)).to_be_in_viewport()
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
    lose_answers(page, "**/interest", 1)
    star(page, topics[0]).click()
    expect(waiting(page)).to_contain_text("En attente d’envoi")
    page.troubles.clear()
    page.clock.run_for(AGAIN)
    expect(waiting(page)).to_have_text("Tout est envoyé.")
    assert count(ForumInterest) == 1


def test_a_press_whose_answer_is_lost_is_followed_by_its_contrary(
    page_for: Open, forum: Forum, topics: list[ForumTopic], mia: Any
) -> None:
    page = open_at(page_for(mia), f"/forums/{forum.id}")
    lose_answers(page, "**/interest*", 1)
    star(page, topics[0]).click()
    expect(waiting(page)).to_contain_text("En attente d’envoi")
    page.clock.run_for(TWICE)
    star(page, topics[0]).click()
    page.clock.run_for(AGAIN)
    expect(waiting(page)).to_have_text("Tout est envoyé.")
    expect(star(page, topics[0])).to_have_attribute("aria-pressed", "false")
    page.troubles.clear()
    assert count(ForumInterest) == 0


def test_a_press_that_the_site_may_have_is_taken_back_by_its_contrary(
    page_for: Open, forum: Forum, topics: list[ForumTopic], mia: Any, axe: Any
) -> None:
    page = open_at(page_for(mia, width=360), f"/forums/{forum.id}")
    page.wait_for_load_state("networkidle")
    back = page.get_by_role("button", name="Ne pas l’envoyer")
    lose_answers(page, "**/interest*", 2)
    star(page, topics[0]).click()
    expect(waiting(page)).to_contain_text("En attente d’envoi")
    assert count(ForumInterest) == 1
    back.click()
    expect(waiting(page)).to_contain_text(re.compile(r"annuler «\sÇa m’intéresse – Un autobus du soir\s»"))
    expect(star(page, topics[0])).to_have_attribute("aria-pressed", "false")
    # What undoes a press is not taken back.
    expect(back).to_be_hidden()
    axe(page)
    page.clock.run_for(AGAIN)
    expect(waiting(page)).to_have_text("Tout est envoyé.")
    page.troubles.clear()
    page.goto(f"/forums/{forum.id}")
    expect(star(page, topics[0])).to_have_attribute("aria-pressed", "false")
    assert count(ForumInterest) == 0


def test_a_press_on_its_way_is_followed_by_its_contrary(
    page_for: Open, forum: Forum, topics: list[ForumTopic], mia: Any
) -> None:
    page = open_at(page_for(mia), f"/forums/{forum.id}")
    page.wait_for_load_state("networkidle")
    held: list[Any] = []
    ways = iter([lambda route: route.abort(), held.append])
    page.route("**/interest*", lambda route: next(ways, lambda route: route.continue_())(route))
    star(page, topics[0]).click()
    expect(waiting(page)).to_contain_text("En attente d’envoi")
    page.clock.run_for(TWICE)
    star(page, topics[2]).click()
    page.clock.run_for(AGAIN)
    expect(waiting(page)).to_contain_text("Un taxi partagé")
    assert len(held) == 1
    page.get_by_role("button", name="Ne pas l’envoyer").click()
    for topic in (topics[0], topics[2]):
        expect(star(page, topic)).to_have_attribute("aria-pressed", "false")
    expect(waiting(page)).to_contain_text("annuler")
    held[0].continue_()
    expect(waiting(page)).to_have_text("Tout est envoyé.")
    expect(star(page, topics[0])).to_have_attribute("aria-pressed", "false")
    page.troubles.clear()
    assert count(ForumInterest) == 0


def test_whoever_takes_back_where_they_are_is_told_that_the_site_may_know(
    page_for: Open, forum: Forum, topics: list[ForumTopic], mia: Any
) -> None:
    page = open_at(page_for(mia, width=360), f"/forums/{forum.id}/now")
    page.wait_for_load_state("networkidle")
    lose_answers(page, "**/going", 1)
    page.get_by_role("button", name="J’y vais – Un autobus du soir").click()
    expect(waiting(page)).to_contain_text("En attente d’envoi")
    page.get_by_role("button", name="Ne pas l’envoyer").click()
    expect(waiting(page)).to_have_text(re.compile(r"^Le site a peut-être déjà reçu.*J’y vais – Un autobus du soir"))
    page.troubles.clear()
    wait_for_a_poll(page)
    page.get_by_role("button", name="La relire").click()
    expect(page.locator("#now")).to_contain_text("vous y êtes")


def test_a_browser_whose_store_is_full_sends_what_is_pressed(
    page_for: Open, forum: Forum, topics: list[ForumTopic], mia: Any
) -> None:
    page = page_for(mia)
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };")
    open_at(page, f"/forums/{forum.id}")
    with page.expect_response("**/interest"):
        star(page, topics[0]).click()
    expect(page.locator("#live")).to_contain_text("dans vos intérêts")
    assert count(ForumInterest) == 1


def test_what_waits_outlives_the_page_and_goes_in_nobody_elses_name(
    page_for: Open, make: Any, forum: Forum, topics: list[ForumTopic], mia: Any, sign_in: Any, site: str
) -> None:
    page = page_for(mia, width=360, height=640)
    page.goto(f"/forums/{forum.id}")
    page.route("**/interest", lambda route: route.abort())
    star(page, topics[0]).click()
    expect(waiting(page)).to_contain_text("En attente d’envoi")
    page.goto(f"/forums/{forum.id}/board")
    page.goto(f"/forums/{forum.id}")
    expect(star(page, topics[0])).to_have_attribute("aria-pressed", "true")
    expect(waiting(page)).to_contain_text("Un autobus du soir")
    listen(page)
    other = make.user("Nadia")
    place_in(make, forum, other)
    db.session.rollback()
    page.context.add_cookies([{"name": "session", "value": sign_in(other).get_cookie("session").value, "url": site}])
    page.unroute("**/interest")
    page.troubles.clear()
    page.goto(f"/forums/{forum.id}")
    expect(waiting(page)).to_contain_text("une autre personne n’a pas été envoyé")
    expect(waiting(page)).to_be_in_viewport(ratio=1)
    expect_said_once(page, "une autre personne n’a pas été envoyé")
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


def test_what_is_sent_later_leaves_the_focus_where_its_reader_is(
    page_for: Open, forum: Forum, topics: list[ForumTopic], mia: Any
) -> None:
    page = open_at(page_for(mia, width=360), f"/forums/{forum.id}/now")
    page.wait_for_load_state("networkidle")
    cut(page)
    page.get_by_role("button", name="J’y vais – Un autobus du soir").click()
    expect(waiting(page)).to_contain_text("En attente d’envoi")
    there = page.get_by_role("button", name="J’y vais – Un potager d’hiver")
    there.focus()
    reconnect(page)
    page.clock.run_for(AGAIN)
    expect(page.locator("#now")).to_contain_text("vous y êtes")
    expect(there).to_be_focused()
    # What was pressed is there no more: the present hour is, with what was said of it.
    page.get_by_role("button", name="Je prends une pause").press("Enter")
    expect(page.locator("#live")).to_contain_text("Bonne pause")
    expect(page.locator("#now h1")).to_have_text("Vous prenez une pause")
    expect(page.locator("#now")).to_be_focused()


def test_what_waits_does_not_hide_what_was_pressed(
    page_for: Open, forum: Forum, topics: list[ForumTopic], mia: Any
) -> None:
    page = open_at(page_for(mia, width=360), f"/forums/{forum.id}")
    page.wait_for_load_state("networkidle")
    cut(page)
    pressed = star(page, topics[1])
    pressed.evaluate("button => button.scrollIntoView({ block: 'end' })")
    pressed.focus()
    page.keyboard.press("Enter")
    expect(waiting(page)).to_contain_text("En attente d’envoi")
    page.clock.run_for(2 * AGAIN)
    expect(page.locator("[data-live-state]")).to_contain_text("Le réseau ne répond pas")
    assert pressed.evaluate("""button => {
        const { left, right, bottom } = button.getBoundingClientRect();
        return button.contains(document.elementFromPoint((left + right) / 2, bottom - 4));
    }""")
    reconnect(page)


@pytest.mark.parametrize("code", [429, 503])
def test_a_site_that_asks_to_wait_is_said_as_such_and_sent_to_no_sooner_than_it_says(
    page_for: Open, forum: Forum, topics: list[ForumTopic], mia: Any, code: int
) -> None:
    page = open_at(page_for(mia, width=360), f"/forums/{forum.id}")
    page.wait_for_load_state("networkidle")
    asked = answer_later(page, "**/interest", 120, code)
    star(page, topics[0]).click()
    expect(waiting(page)).to_have_text(re.compile(r"^Le site demande d’attendre.*Nouvel essai à \d{1,2}\sh\s?\d{0,2}"))
    expect(waiting(page)).not_to_contain_text("réseau")
    page.clock.run_for(TWICE)
    star(page, topics[2]).click()
    expect(waiting(page)).to_contain_text("Un taxi partagé")
    page.clock.run_for(9 * AGAIN)
    assert len(asked) == 1
    page.unroute("**/interest")
    page.troubles.clear()
    page.clock.run_for(4 * AGAIN)
    expect(waiting(page)).to_have_text("Tout est envoyé.")
    db.session.rollback()
    assert sorted(db.session.scalars(select(ForumInterest.topic_id))) == [topics[0].id, topics[2].id]
