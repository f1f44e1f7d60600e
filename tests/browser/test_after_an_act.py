"""The pages that only an act shows (a refusal, a preview, a secret, a link of a mail) have no barrier either."""
import re
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.support.mail import Outbox
from tests.support.make import PASSWORD

Open = Callable[..., Page]
pytestmark = pytest.mark.parametrize(("lang", "theme"), [("fr", "light"), ("en", "dark")])


def send(page: Page, button: str = ".acts .button, .form-acts .button") -> None:
    """Press the main button of the page's form."""
    page.locator("main form").locator(button).first.click()


def test_refused_forms_and_previews(page_for: Open, make: Any, axe: Any, lang: str, theme: str) -> None:
    idea = make.idea()
    page = page_for(lang=lang, theme=theme)
    for path in ("/register", "/login"):
        page.goto(path)
        send(page)
        expect(page.locator(".error-summary:focus")).to_have_count(1)
        axe(page)
    page = page_for(make.user(), lang=lang, theme=theme)
    page.goto("/ideas/new")
    send(page)
    expect(page.locator(".error-summary:focus")).to_have_count(1)
    page.locator("details.more summary").first.click()
    axe(page)
    page.locator("[name=body]").fill("# Un titre\n\n- un\n- deux")
    page.locator("button[value=preview]").click()
    expect(page.locator(".preview:focus")).to_have_count(1)
    axe(page)
    page.goto(f"/ideas/{idea.id}")
    send(page)
    expect(page.locator(".error-summary:focus")).to_have_count(1)
    axe(page)


def test_the_second_factor_is_set_and_used(page_for: Open, make: Any, axe: Any, lang: str, theme: str) -> None:
    person = make.user()
    page = page_for(person, lang=lang, theme=theme)
    page.goto("/account/two-factor")
    send(page)
    code = pyotp.TOTP(page.locator("#setup code").inner_text().replace("-", ""))
    axe(page)
    page.locator("[name=code]").fill(code.now())
    send(page)
    page.goto("/account/two-factor")
    axe(page)
    page.goto("/account/recovery-codes")
    send(page)
    expect(page.locator("#codes:focus")).to_have_count(1)
    axe(page)
    other = page_for(lang=lang, theme=theme)
    other.goto("/login")
    other.locator("[name=email]").fill(person.email)
    other.locator("[name=password]").fill(PASSWORD)
    send(other)
    expect(other).to_have_url(re.compile("/login/code"))
    axe(other)
    other.goto("/login/recovery")
    axe(other)
    other.locator("[name=code]").fill(page.locator("#codes code").first.inner_text())
    send(other)
    expect(other.locator("details.menu form[action='/logout']").first).to_be_attached()


def test_links_of_mails_lead_to_pages_without_barrier(
        page_for: Open, make: Any, axe: Any, outbox: Outbox, lang: str, theme: str) -> None:
    waiting, member = make.user(is_confirmed=False), make.user()
    page = page_for(lang=lang, theme=theme)
    for path, person in (("/confirm", waiting), ("/forgot", member)):
        page.goto(path)
        page.locator("[name=email]").fill(person.email)
        send(page)
        expect(page).to_have_url(re.compile("/login"))
        axe(page)
        page.goto(next(link for link in outbox.links(outbox.to(person.email)[0]) if link.startswith(path)))
        axe(page)
