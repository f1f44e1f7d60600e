"""The places of a meeting are under the thumb on a phone, and beside its page on a desk."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_keyboard import reach
from tests.events.coming import new_event
from tests.events.stored import event_in
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


def test_the_bar_leads_to_ones_place_once_one_has_it(make: Make, page_for: Callable[..., Page]) -> None:
    event: Any = new_event(make)
    page = page_for(make.user(), width=360, height=640)
    page.goto(f"/events/{event.id}")
    page.locator(".support-bar").get_by_role("link").click()
    page.locator("#coming").get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous avez une place")
    page.goto(f"/events/{event.id}")
    expect(page.locator("#coming")).to_contain_text("Vous avez une place.")
    expect(page.locator(".support-bar")).to_contain_text("Vous avez une place.")
    page.locator(".support-bar").get_by_role("link", name="Voir ma place").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous avez une place")


@pytest.mark.parametrize("width", [320, 360])
def test_each_day_of_the_week_fits_its_tile(make: Make, page_for: Callable[..., Page], width: int) -> None:
    for n in range(7):
        event_in(make, days=n + 1)
    page = page_for(None, width=width)
    page.goto("/events")
    too_wide = "tiles => tiles.filter((tile) => tile.scrollWidth > tile.clientWidth).map((tile) => tile.textContent)"
    expect(page.locator(".meet .day")).to_have_count(7)
    assert page.locator(".meet .day").evaluate_all(too_wide) == []


def test_a_guest_registers_without_a_mouse_and_mends_what_was_refused(
    make: Make, page_for: Callable[..., Page]
) -> None:
    event: Any = new_event(make)
    page = page_for(None, width=360)
    page.goto(f"/events/{event.id}/registration")
    form = page.locator("main form.form")
    reach(page, form.get_by_label("Votre nom"))
    page.keyboard.type("Geneviève Larose")
    reach(page, form.get_by_role("button", name="S’inscrire"))
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    reach(page, page.locator(".error-summary a").first, most=1)
    page.keyboard.press("Enter")
    expect(form.get_by_label("Votre courriel")).to_be_focused()
    page.keyboard.type("gen@example.org")
    expect(form.get_by_label("Votre nom")).to_have_value("Geneviève Larose")
    reach(page, form.get_by_label("En salle"))
    page.keyboard.press("Space")
    reach(page, form.get_by_text("Besoin de quelque chose"))
    page.keyboard.press("Enter")
    reach(page, form.get_by_label("De quoi avez-vous besoin"), most=1)
    page.keyboard.type("Un siège près de la sortie")
    reach(page, form.get_by_label("J’accepte que mon nom"))
    page.keyboard.press("Space")
    reach(page, form.get_by_role("button", name="S’inscrire"))
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_contain_text("gen@example.org")
    expect(page.locator("#flashes > .notice")).to_be_focused()
