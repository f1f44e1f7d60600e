"""The form of a meeting on a phone: short at first, and nothing that was typed goes out of sight."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.accounts.models.people import User

WELCOME = "Y venir, y être bien"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_precision_waits_for_its_box_and_stays_as_long_as_it_holds_words(
    page_for: Callable[..., Page], fae: User, javascript: bool
) -> None:
    page = page_for(fae, width=360, javascript=javascript)
    page.goto("/events/new")
    note, box = page.locator("[name=note_childcare]"), page.locator("[name=features][value=childcare]")
    expect(box).to_be_hidden()
    page.get_by_text(WELCOME).click()
    expect(box).to_be_visible()
    expect(page.locator("[name^=note_]:visible")).to_have_count(0)
    box.check()
    note.fill("dès 2 ans")
    box.uncheck()
    expect(note).to_be_visible()
    page.get_by_role("button", name="Garder le brouillon").click()
    expect(page.locator("#note_childcare-error")).to_contain_text("Cochez d’abord")
    expect(note).to_have_value("dès 2 ans")
    expect(page.locator("[name^=note_]:visible")).to_have_count(1)


def test_what_this_browser_kept_comes_back_in_sight(page_for: Callable[..., Page], fae: User) -> None:
    page = page_for(fae)
    page.goto("/events/new")
    page.get_by_text(WELCOME).click()
    page.locator("[name=directions]").fill("La porte rouge")
    page.goto("/events/new")
    expect(page.locator("[name=directions]")).to_be_visible()
    expect(page.locator("[name=directions]")).to_have_value("La porte rouge")
    expect(page.locator("[name=concerns]")).to_be_hidden()


def test_it_has_no_barrier_folded_or_not(page_for: Callable[..., Page], fae: User, axe: Callable[..., Any]) -> None:
    page = page_for(fae, width=360, theme="dark", lang="en")
    page.goto("/events/new")
    axe(page)
    for summary in page.locator("form.form > details > summary").all():
        summary.click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
