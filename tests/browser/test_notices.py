"""The bell and the notices, as a person finds them: at each width, by keyboard, with JavaScript and without."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from app.core.unit import unit
from app.notifications.service import notices
from tests.support.world import HERE

Open = Callable[..., Page]


def _tell(make: Any, author: Any, title: str) -> None:
    idea = make.idea(author, HERE, kind="need", title=title)
    number, said = author.id, make.comment(idea, make.user("Simon Ferland"), "J'ai une fourgonnette.", intent="offer")
    with unit():
        notices.tell(number, "comment.post", str(said.id), comment_id=said.id)


def test_the_bell_leads_to_what_one_is_told_and_following_it_marks_it_as_read(
    page_for: Open, make: Any, author: Any, axe: Any
) -> None:
    _tell(make, author, "Vingt-deux kilomètres pour du lait"), _tell(make, author, "Un autobus le soir")
    for width in (320, 1280):
        page = page_for(author, width=width)
        page.goto("/")
        page.get_by_role("link", name="2 non lus").first.press("Enter")
        expect(page.locator(".notice-group.is-new")).to_have_count(2)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        axe(page)
    page.locator(".notice-group").first.get_by_role("link", name="Lire et répondre").press("Enter")
    expect(page.locator(".comment:target")).to_contain_text("fourgonnette")
    page.goto("/notifications")
    expect(page.locator(".notice-group.is-new")).to_have_count(1)
    expect(page.locator("#flashes")).to_be_empty()
    plain = page_for(author, javascript=False, width=360)
    plain.goto("/notifications")
    plain.get_by_role("button", name="Marquer comme lu – ").click()
    expect(plain.locator(".notice-group.is-new")).to_have_count(0)
    expect(plain.locator(".bell")).to_have_attribute("title", "Avis")
