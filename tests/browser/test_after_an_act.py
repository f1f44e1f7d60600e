"""The pages that only an act shows (a refusal, a preview, a secret, a link of a mail) have no barrier either."""

import re
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import axe_in_both_themes
from tests.support.accounts import register
from tests.support.browser import Browser
from tests.support.mail import Outbox
from tests.support.make import PASSWORD

Open = Callable[..., Page]
# Each page is looked at in both themes, and in one of the languages, in which the words alone differ; the soak takes the other.
FRENCH, ENGLISH = (
    pytest.mark.parametrize("lang", [lang, pytest.param(other, marks=pytest.mark.soak)])
    for lang, other in (("fr", "en"), ("en", "fr"))
)


def send(page: Page, button: str = ".acts .button, .form-acts .button") -> None:
    """Press the main button of the page's form."""
    page.locator("main form").locator(button).first.click()


@FRENCH
def test_refused_forms_and_previews(page_for: Open, make: Any, lang: str) -> None:
    idea = make.idea()
    page = page_for(lang=lang)
    for path in ("/register", "/login"):
        page.goto(path)
        send(page)
        expect(page.locator(".error-summary:focus")).to_have_count(1)
        axe_in_both_themes(page)
    page = page_for(make.user(), lang=lang)
    page.goto("/ideas/new")
    send(page)
    expect(page.locator(".error-summary:focus")).to_have_count(1)
    page.locator("details.more summary").first.click()
    axe_in_both_themes(page)
    page.locator("[name=body]").fill("# Un titre\n\n- un\n- deux")
    page.locator("button[value=preview]").click()
    expect(page.locator(".preview:focus")).to_have_count(1)
    axe_in_both_themes(page)
    page.goto(f"/ideas/{idea.id}")
    send(page)
    expect(page.locator(".error-summary:focus")).to_have_count(1)
    axe_in_both_themes(page)


@ENGLISH
def test_the_second_factor_is_set_and_used(page_for: Open, make: Any, lang: str) -> None:
    person = make.user()
    page = page_for(person, lang=lang)
    page.goto("/account/two-factor")
    send(page)
    code = pyotp.TOTP(page.locator("#setup code").inner_text().replace("-", ""))
    axe_in_both_themes(page)
    key = page.locator("#setup code").inner_text()
    page.locator("[name=code]").fill("12345678")
    send(page)
    expect(page.locator(".error-summary:focus")).to_have_count(1)
    expect(page.locator("[name=code]")).to_have_value("")
    axe_in_both_themes(page)
    page.reload()
    page.goto("/account/two-factor")
    expect(page.locator("#setup code")).to_have_text(key)
    page.locator("[name=code]").fill(code.now())
    send(page)
    page.goto("/account/two-factor")
    axe_in_both_themes(page)
    page.goto("/account/recovery-codes")
    send(page)
    expect(page.locator("#codes:focus")).to_have_count(1)
    axe_in_both_themes(page)
    other = page_for(lang=lang)
    other.goto("/login")
    other.locator("[name=email]").fill(person.email)
    other.locator("[name=password]").fill(PASSWORD)
    send(other)
    expect(other).to_have_url(re.compile("/login/code"))
    axe_in_both_themes(other)
    other.goto("/login/recovery")
    axe_in_both_themes(other)
    other.locator("[name=code]").fill(page.locator("#codes code").first.inner_text())
    send(other)
    expect(other.locator("details.menu form[action='/logout']").first).to_be_attached()


@FRENCH
def test_links_of_mails_lead_to_pages_without_barrier(
    page_for: Open, make: Any, visitor: Browser, outbox: Outbox, lang: str
) -> None:
    register(visitor, email="marie@example.org")
    page = page_for(lang=lang)
    for path, email in (("/confirm", "marie@example.org"), ("/forgot", make.user().email)):
        page.goto(path)
        page.locator("[name=email]").fill(email)
        send(page)
        expect(page).to_have_url(re.compile("/login"))
        axe_in_both_themes(page)
        page.goto(next(link for link in outbox.links(outbox.to(email)[0]) if link.startswith(path)))
        axe_in_both_themes(page)
