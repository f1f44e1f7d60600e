"""What becomes of an idea, from the act to its page: the focus is on it after sending, and it fits a phone in large text."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.world import HERE

Open = Callable[..., Page]
WIDE = """() => {
  document.documentElement.style.fontSize = "200%";
  return document.documentElement.scrollWidth - innerWidth;
}"""


def send(page: Page) -> None:
    page.goto("/ideas/new")
    page.locator("#title").fill("Un bac à compost au marché")
    page.locator("[name=body]").fill("Le marché jette quatre poubelles de fanes chaque samedi.")
    page.locator("select[name=community]").select_option(label="Sécurité alimentaire")
    page.locator("button[value=publish]").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_focus_is_on_the_moment_after_sending(
    page_for: Open, make: Any, newcomer: Any, author: Any, axe: Any, javascript: bool
) -> None:
    for person, words in ((newcomer, "Merci"), (author, "prend la route")):
        page = page_for(person, javascript=javascript, width=360)
        send(page)
        expect(page.locator("#moment")).to_contain_text(words)
        expect(page.locator("#moment")).to_be_focused()
        if javascript:
            axe(page)
            page.set_viewport_size({"width": 320, "height": 600})
            assert page.evaluate(WIDE) <= 0


def test_the_page_of_an_idea_fits_a_phone_in_text_of_twice_the_size(page_for: Open, make: Any, author: Any) -> None:
    idea = make.idea(make.user(), HERE, kind="aspiration")
    for reader in (None, author):
        page = page_for(reader, width=320)
        page.goto(f"/ideas/{idea.id}-{idea.slug}")
        assert page.evaluate(WIDE) <= 0


def test_paper_has_no_drawing(page_for: Open, author: Any) -> None:
    page = page_for(author)
    send(page)
    expect(page.locator("svg.dawn")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("svg.dawn")).to_be_hidden()
    expect(page.locator("#moment .title")).to_be_visible()
