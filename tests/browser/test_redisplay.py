"""On a page that answers a form, English and the dark theme give the form back as it was filled."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.make import PASSWORD

Open = Callable[..., Page]
LONG, BODY = "Un commentaire. " * 400, "Des mots que personne ne veut écrire deux fois."


def refused_comment(page: Page, idea: Any) -> None:
    page.goto(f"/ideas/{idea.id}")
    page.locator("[name=intent][value=offer]").check()
    page.get_by_role("textbox", name="Votre commentaire").fill(LONG)
    page.get_by_role("button", name="Publier mon commentaire").press("Enter")
    expect(page.locator(".error-summary")).to_be_visible()


def switch(page: Page, menu: str, name: str, width: int) -> None:
    """Press a switch of the head by keyboard, in the menu of a phone or in that of a wide screen."""
    if menu or width < 400:
        phone, wide = page.locator("details.menu.is-phone summary"), page.get_by_title(menu or "-", exact=True)
        (phone if width < 400 else wide).press("Enter")
    page.locator("details.menu[open]" if menu or width < 400 else ".header").get_by_role("button", name=name).press(
        "Enter"
    )


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_switches_give_a_refused_form_back(
    page_for: Open, make: Any, axe: Any, javascript: bool, width: int
) -> None:
    idea, page = make.idea(), page_for(make.user(), javascript=javascript, width=width)
    refused_comment(page, idea)
    assert page.url.endswith(f"/ideas/{idea.id}/comments")
    switch(page, "", "English", width)
    expect(page.locator("html")).to_have_attribute("lang", "en-CA")
    expect(page.locator("#flashes")).to_contain_text("Nothing was sent")
    expect(page.locator("#body")).to_have_value(LONG)
    switch(page, "Appearance", "Dark", width)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("#body")).to_have_value(LONG)
    expect(page.locator("[name=intent][value=offer]")).to_be_checked()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if javascript:
        axe(page)
    page.locator("#body").fill(BODY)
    page.get_by_role("button", name="Publish my comment").press("Enter")
    expect(page.locator(".comment").filter(has_text=BODY)).to_contain_text("Offer")


def test_the_address_bar_leads_to_the_page_and_the_text_is_there(page_for: Open, make: Any) -> None:
    idea, page = make.idea(), page_for(make.user())
    refused_comment(page, idea)
    page.goto(page.url)
    expect(page).to_have_url(re.compile(f"/ideas/{idea.id}-"))
    expect(page.locator("#body")).to_have_value(LONG)
    expect(page.locator("[name=intent][value=offer]")).to_be_checked()


def test_what_was_typed_since_comes_back_too(page_for: Open, make: Any) -> None:
    page = page_for(make.user())
    refused_comment(page, make.idea())
    page.locator("#body").fill(BODY)
    page.locator("[name=intent][value=wonder]").check()
    switch(page, "", "English", 1280)
    expect(page.locator("#body")).to_have_value(BODY)
    expect(page.locator("[name=intent][value=wonder]")).to_be_checked()
    expect(page.locator(".error-summary")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_password_that_is_asked_late_is_given_on_the_page_itself(
    page_for: Open, make: Any, clock: Any, axe: Any, javascript: bool
) -> None:
    page = page_for(make.user(role="admin"), javascript=javascript, width=320)
    page.goto("/settings")
    clock.forward(hours=1)
    page.get_by_label("Publications avant la confiance").fill("5")
    page.get_by_role("button", name="Enregistrer").press("Enter")
    expect(page.get_by_text("que c’est bien vous").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    if javascript:
        expect(page.get_by_label("Mot de passe")).to_be_focused()
        axe(page)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_label("Mot de passe").press("Enter")
    expect(page.get_by_text("Les réglages sont enregistrés.")).to_be_visible()
    expect(page.get_by_label("Publications avant la confiance")).to_have_value("5")
