"""Stopping the mails of a topic by their link: without an account, by keyboard, with JavaScript and without."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.accounts.models.people import User
from app.web.notices import unsubscribe

Open = Callable[..., Page]


@pytest.mark.parametrize(("width", "javascript", "theme"), [(320, True, "dark"), (1280, False, "light")])
def test_a_reader_stops_them_and_takes_it_back(
    page_for: Open, author: User, axe: Any, width: int, javascript: bool, theme: str
) -> None:
    page = page_for(None, width=width, javascript=javascript, theme=theme)
    page.goto(f"/unsubscribe/{unsubscribe.sign(author.id, 'topic', 'reply')}")
    heading = page.get_by_role("heading", level=1)
    for button, said in (
        ("Ne plus recevoir", "vous ne recevrez plus"),
        ("Recevoir de nouveau", "vous recevrez de nouveau"),
    ):
        page.get_by_role("button", name=button, exact=True).press("Enter")
        expect(heading).to_contain_text(said)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if javascript:
            axe(page)
    assert {cookie["name"] for cookie in page.context.cookies()} == {"lang", "theme"}
