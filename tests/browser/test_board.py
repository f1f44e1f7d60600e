"""The marketplace by those who place topics: by keyboard alone, without a script, on a phone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.core import clock as time
from app.forum.models import Forum, ForumTopic
from tests.browser.test_keyboard import reach
from tests.events.stored import event_in
from tests.forum.stored import forum_in, topic_in
from tests.support.rows import every
from tests.support.world import HERE

Open = Callable[..., Page]
TOPICS = 15


@pytest.fixture
def forum(make: Any, fae: Any) -> Forum:
    """A forum of four rooms and four hours, in a week, with fifteen topics on its wall."""
    event = event_in(make, room=make.room(HERE), starts_at=time.now() + timedelta(days=7), hours=8)
    forum = forum_in(make, event=event, rooms=4, hours=4, phase="marketplace")
    for n in range(TOPICS):
        topic_in(make, forum, title=f"Le sujet numéro {n + 1}", host_name=f"Personne {n % 9}", hands=n)
    return forum


def count_placed() -> int:
    return sum(topic.is_placed for topic in every(ForumTopic))


def test_fifteen_topics_are_placed_by_keyboard_alone(page_for: Open, forum: Forum, fae: Any, axe: Any) -> None:
    page = page_for(fae)
    page.goto(f"/forums/{forum.id}/board")
    axe(page)
    reach(page, page.locator("#waiting a.button").first)
    for n in range(TOPICS):
        page.keyboard.press("Enter")
        expect(page.locator("#board > .notice")).to_contain_text("Vous placez")
        if not n:
            axe(page)
        reach(page, page.get_by_role("link", name="Aller à la case conseillée"), most=6)
        page.keyboard.press("Enter")
        reach(page, page.locator("#best .spot"), most=1)
        page.keyboard.press("Enter")
        expect(page.locator("#flashes")).to_contain_text("est placé")
        expect(page.locator("#flashes .notice")).to_be_in_viewport()
        if n + 1 < TOPICS:
            # The focus is where the next topic waits.
            expect(page.locator("#waiting:focus")).to_have_count(1)
            reach(page, page.locator("#waiting a.button").first, most=2)
    expect(page.locator(".cell:focus")).to_contain_text("Le sujet numéro 1")
    assert count_placed() == TOPICS
    axe(page)


def test_fifteen_topics_are_placed_moved_and_exchanged_without_a_script(page_for: Open, forum: Forum, fae: Any) -> None:
    page = page_for(fae, javascript=False)
    page.goto(f"/forums/{forum.id}/board")
    for _ in range(TOPICS):
        page.locator("#waiting a.button").first.click()
        page.locator(".spot").first.click()
        expect(page.locator("#flashes")).to_contain_text("est placé")
    assert count_placed() == TOPICS
    expect(page.locator("#waiting")).to_contain_text("Aucun sujet n’attend de salle.")
    title = page.locator(".cell .title").first.inner_text()
    page.get_by_role("link", name=f"Déplacer – {title}", exact=True).click()
    page.get_by_role("button", name="Placer").first.click()
    expect(page.locator("#flashes")).to_contain_text(f"« {title} » est déplacé")
    page.get_by_role("link", name=f"Déplacer – {title}", exact=True).click()
    page.get_by_role("button", name="Échanger").first.click()
    expect(page.locator("#flashes")).to_contain_text("Les deux séances sont échangées.")
    page.get_by_role("link", name=f"Déplacer – {title}", exact=True).click()
    page.get_by_role("button", name="Retirer du tableau").click()
    expect(page.locator("#waiting .slip")).to_contain_text(title)
    assert count_placed() == TOPICS - 1


def test_the_board_is_a_list_by_hour_on_a_phone_and_a_board_on_a_screen(
    page_for: Open, forum: Forum, fae: Any, axe: Any
) -> None:
    topic = every(ForumTopic)[0]
    page = page_for(fae, width=320, height=640)
    for end in ("", f"?topic={topic.id}"):
        page.goto(f"/forums/{forum.id}/board{end}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        axe(page)
    lefts = "(all) => all.map((one) => Math.round(one.getBoundingClientRect().left))"
    hours, third = page.locator(".hour:not(.is-rooms)"), page.locator(".hour:not(.is-rooms) > ul > li:nth-child(3)")
    assert len(set(hours.evaluate_all(lefts))) == 1
    expect(page.locator(".is-rooms")).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 800})
    assert len(set(hours.evaluate_all(lefts))) == 5
    expect(page.locator(".is-rooms")).to_be_visible()
    # The same room stands on one line, whatever is said in each of its cells.
    assert len(set(third.evaluate_all("(all) => all.map((one) => one.offsetTop)"))) == 1
