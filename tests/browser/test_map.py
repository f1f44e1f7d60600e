"""The map of needs on its page: discs for fingers, whose numbers are those of the list, keys through it and past it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.reference.queries import get_catalogue
from tests.browser.discs import press_discs
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.world import HERE

Open = Callable[..., Page]
MRCS = ("67", "68", "69", "70", "71")
# Of each disc that is seen: what it says, and what the list says beside the same address.
NUMBERS = """links => links.filter(link => link.getBoundingClientRect().width).map(link => {
  const there = document.querySelector(`#list a[href="${link.getAttribute("href")}"]`);
  const row = there.closest("tbody tr") ?? there.closest("table").querySelector(".is-sum");
  return [link.querySelector("text")?.textContent ?? "0", row.querySelector("td").textContent.trim()];
})"""
FOCUS = (
    "(() => { const one = document.activeElement; return [one.closest('.map') !== null, one.getAttribute('href')] })()"
)


@pytest.fixture
def region(make: Make) -> None:
    """Say things in three places out of four, some of them many, some for a whole MRC; an action answers one of them."""
    plans = MakePlan(make)
    plan = plans.plan(action_of("Un autobus du soir", territories=["69"], community=HERE))
    for n, place in enumerate(get_catalogue().places):
        for _m in range(12 if n % 9 == 5 else n % 4):
            make.idea(kind="need", territories=[place.code], community=HERE)
    plans.link(plans.actions(plan)[0], make.idea(kind="need", status="retained", territories=["69070"]))


@pytest.mark.parametrize("mrc", ["", *MRCS])
def test_each_disc_has_room_for_a_finger_and_the_number_of_the_list(page_for: Open, region: None, mrc: str) -> None:
    page = page_for()
    page.goto(f"/map?territory={mrc}" if mrc else "/map")
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        pressed = press_discs(page)
        assert len(pressed) == len({*pressed}) > 5 or (width == 360 and not mrc), width
        numbers = page.locator(".discs a").evaluate_all(NUMBERS)
        assert len({number for number, _listed in numbers}) > 2
        assert [number for number, _listed in numbers] == [listed for _number, listed in numbers]


def test_keys_go_past_the_map_or_through_its_discs_and_bring_the_panel(page_for: Open, region: None) -> None:
    page = page_for()
    page.goto("/map")
    past = page.get_by_role("link", name="Passer la carte")
    past.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#list")).to_be_focused()
    past.focus()
    reached = []
    page.keyboard.press("Tab")
    while page.evaluate(FOCUS)[0]:
        reached.append(page.evaluate(FOCUS)[1])
        page.keyboard.press("Tab")
    seen = [link.get_attribute("href") for link in page.locator(".map .wide a").all()]
    assert len(seen) == 70 and sorted(reached) == sorted(filter(None, seen))
    page.locator(".wide .discs a[href*='69070']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#place")).to_be_focused()
    expect(page.locator("#place h2")).to_have_text("Saint-Anicet")
    page.wait_for_url("**/map?territory=69070*")
    assert page.locator("#map-chosen").get_attribute("d")
    page.go_back()
    expect(page.locator("#place h2")).to_have_text("Toute la région")


def test_the_filters_know_the_place_that_was_pressed(page_for: Open, region: None) -> None:
    page = page_for()
    page.goto(f"/map?community={HERE}")
    page.locator("#facet-show").select_option("ideas")
    page.locator(".wide .discs a[href*='69070']").click()
    expect(page.locator("#place h2")).to_have_text("Saint-Anicet")
    expect(page.locator("#map-kept input")).to_have_value("69070")
    expect(page.locator(".chips .chip")).to_have_attribute("href", "/map?territory=69070")
    # What was chosen and not sent is still there.
    expect(page.locator("#facet-show")).to_have_value("ideas")
    page.get_by_role("button", name="Appliquer les filtres").click()
    expect(page.locator("h1")).to_have_text("La carte des idées et des projets")
    expect(page.locator("#place h2")).to_have_text("Saint-Anicet")


def test_a_finger_goes_from_the_region_to_an_mrc_and_to_a_place_without_script(page_for: Open, region: None) -> None:
    page = page_for(javascript=False, width=360)
    page.goto("/map")
    page.locator(".phone .discs a[href*='=70#']").click()
    expect(page.locator("#place h2")).to_have_text("Beauharnois-Salaberry (MRC)")
    page.locator(".discs a[href*='70052']").click()
    expect(page.locator("#place h2")).to_have_text("Salaberry-de-Valleyfield")
    expect(page.get_by_role("link", name="Dire un besoin d")).to_be_visible()
