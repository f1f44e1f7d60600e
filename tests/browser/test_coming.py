"""The places of a meeting are under the thumb on a phone, and beside its page on a desk."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.events.coming import new_event
from tests.support.make import Make


@pytest.mark.parametrize("javascript", [True, False])
def test_a_bar_under_the_thumb_leads_to_the_places_of_a_meeting(
    make: Make, page_for: Callable[..., Page], javascript: bool
) -> None:
    event: Any = new_event(make, capacity_in_person=3, body_html="<p>Un paragraphe qui prend de la place.</p>" * 40)
    page = page_for(None, width=360, height=640, javascript=javascript)
    page.goto(f"/events/{event.id}")
    bar, places = page.locator(".support-bar"), page.locator("#coming")
    expect(bar).to_be_in_viewport()
    expect(bar).to_contain_text("3 places libres en salle")
    expect(places).not_to_be_in_viewport()
    bar.get_by_role("link").click()
    expect(places.get_by_role("link")).to_be_in_viewport()
    expect(places).to_be_focused()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"/events/{event.id}")
    expect(bar).to_be_hidden()
    expect(places).to_be_in_viewport()


def test_the_bar_goes_once_one_has_a_place(make: Make, page_for: Callable[..., Page]) -> None:
    event: Any = new_event(make)
    page = page_for(make.user(), width=360, height=640)
    page.goto(f"/events/{event.id}")
    page.locator(".support-bar").get_by_role("link").click()
    page.locator("#coming").get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous avez une place")
    page.goto(f"/events/{event.id}")
    expect(page.locator("#coming")).to_contain_text("Vous avez une place.")
    expect(page.locator(".support-bar")).to_have_count(0)
