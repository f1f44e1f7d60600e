"""From the first page of an administrator to the last of the first steps, with and without a script, in both languages."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.communities.queries import get_public_rooms
from app.core import settings
from app.core.db import db

Open = Callable[..., Page]
WORDS = {
    "fr": ("Continuer", "Je les ai lues : elles parlent de nous", "Ranger ces pas", "Les remettre à l’accueil"),
    "en": ("Continue", "I’ve read them, and they fit us", "Put these steps away", "Bring them back"),
}


def names(page: Page, look: str) -> list[str]:
    return page.locator(f".strides > .is-{look}").evaluate_all("all => all.map(one => one.id)")


@pytest.mark.parametrize("lang", WORDS)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_an_administrator_goes_through_them_and_puts_them_away(
    page_for: Open, make: Any, axe: Any, lang: str, script: bool
) -> None:
    go_on, read, away, back = WORDS[lang]
    page = page_for(make.user("Ada Fortier", role="admin"), lang=lang, width=360, javascript=script)
    page.goto("/")
    page.get_by_role("link", name=go_on, exact=True).click()
    page.wait_for_url("**/admin/first-steps")
    assert names(page, "done") == ["step-who", "step-places"] and names(page, "now") == ["step-mail"]
    make.user(facilitates=[room.slug for room in get_public_rooms().current])
    page.get_by_role("button", name=read).click()
    expect(page.locator("#step-texts.is-done")).to_contain_text("Ada Fortier")
    expect(page.locator("#step-teams.is-done")).to_be_visible()
    for _n in range(3):
        make.idea()
    page.reload()
    expect(page.locator("#step-voices.is-done")).to_be_visible()
    expect(page.locator(".plan-far")).to_have_text("5")
    if script:
        axe(page)
    page.get_by_role("button", name=away).click()
    expect(page.locator("#away")).to_contain_text("Ada Fortier")
    page.goto("/")
    expect(page.locator("#first-steps")).to_have_count(0)
    db.session.rollback()
    assert settings.get_value("first_steps_away")
    page.goto("/admin/first-steps")
    page.get_by_role("button", name=back).click()
    page.goto("/")
    expect(page.locator("#first-steps")).to_be_visible()
