"""The pages of places in a browser: past the map by keyboard, without script, in large words, in forced colours, on paper."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.figures import jobs
from tests.browser.screen import axe_in_both_themes
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.world import HERE

Open = Callable[..., Page]
TOWN, MRC = "/territories/69070", "/territories/69"
PAPER = rb"/Type\s*/Page\b"
MAPS = ("/map", "/map?territory=69")
# What goes beyond the window, but for what scrolls by itself.
WIDER = """[...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth + 1
  && !one.closest(".table-scroll, svg, .visually-hidden")).map(one => one.outerHTML.slice(0, 80))"""
# The tables of which a part is out of sight.
CUT = "tables => tables.filter(one => one.scrollWidth > one.clientWidth).map(one => one.innerText.slice(0, 80))"
# What each focus of a map shows: an outline, or a change of the stroke of its disc.
OUTLINE = "() => getComputedStyle(document.activeElement).outlineStyle !== 'none'"
# The discs and words of a map that have the colour of what is behind them.
UNSEEN = """words => words.filter(word => {
  const style = getComputedStyle(word);
  return style.fill === getComputedStyle(word.closest(".map")).backgroundColor;
}).length"""


@pytest.fixture
def places(make: Make) -> None:
    """Needs that wait, one that an action answers, one of the whole MRC."""
    plans = MakePlan(make)
    plan = plans.plan(action_of("Un autobus du soir", territories=["69"], community=HERE))
    for n in range(12):
        make.idea(
            kind="need", community=HERE, territories=["69070", "69055"][: 1 + n % 2], title=f"Un besoin d'ici, le {n}e"
        )
    plans.link(plans.actions(plan)[0], make.idea(kind="need", status="retained", territories=["69037"]))
    make.idea(kind="need", territories=["69"])


def test_keys_go_through_the_map_of_an_mrc_and_past_it(page_for: Open, places: None) -> None:
    page = page_for()
    page.goto(MRC)
    discs = page.locator(".map .discs a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    page.locator(".map").evaluate("map => { map.tabIndex = -1; map.focus() }")
    for href in discs:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == href
        assert page.evaluate(OUTLINE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.map') === null")
    page.locator(f".map .discs a[href='{TOWN}']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{TOWN}")


def test_a_disc_and_a_shape_lead_there_without_script(page_for: Open, places: None) -> None:
    page = page_for(javascript=False)
    page.goto(MRC)
    page.locator(f".map .discs a[href='{TOWN}']").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saint-Anicet")
    page.get_by_role("link", name="Godmanchester").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Godmanchester")


@pytest.mark.parametrize("path", [TOWN, MRC, MAPS[1]])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_scrolls_sideways_at_320_pixels_in_words_twice_as_large(
    page_for: Open, places: None, path: str, lang: str
) -> None:
    page = page_for(width=320, lang=lang)
    page.goto(path)
    axe_in_both_themes(page)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(WIDER) == []


@pytest.mark.parametrize("path", [TOWN, MRC, *MAPS])
def test_a_map_is_read_in_forced_colours(page_for: Open, places: None, path: str) -> None:
    page = page_for(forced_colors="active")
    page.goto(path)
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert page.locator(".map > svg text").evaluate_all(UNSEEN) == 0
    assert page.locator(".map circle.ahead").evaluate_all(UNSEEN) == 0


@pytest.mark.parametrize("path", [TOWN, MRC])
def test_a_place_is_printed_on_two_pages(page_for: Open, places: None, path: str) -> None:
    page = page_for()
    page.goto(path)
    assert 1 <= len(re.findall(PAPER, page.pdf(format="Letter"))) <= 2


def test_the_largest_mrc_is_printed_on_two_pages_with_names_that_are_read(page_for: Open, make: Make) -> None:
    plans = MakePlan(make)
    plans.plan(*[action_of(f"Des ateliers de langage pendant l'attente, {n}", territories=["71"]) for n in range(12)])
    for n in range(8):
        make.idea(
            kind="need", territories=["71083"], title=f"Pour aller d'est en ouest, il faut passer par Montréal, {n}"
        )
    page = page_for()
    page.goto("/territories/71")
    assert len(re.findall(PAPER, page.pdf(format="Letter"))) == 2
    page.emulate_media(media="print")
    assert page.locator(".map .phone .names").is_visible() and not page.locator(".map .wide").is_visible()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_all_the_numbers_of_a_line_are_seen_on_a_phone(page_for: Open, places: None, lang: str) -> None:
    page = page_for(width=360, lang=lang)
    for path in (MRC, "/map"):
        page.goto(path)
        tables = page.locator(".map-tables .table-scroll, [aria-labelledby=inside] .table-scroll")
        assert tables.count() and tables.evaluate_all(CUT) == []


def test_the_map_of_an_mrc_names_all_its_municipalities_on_a_wide_screen(page_for: Open, places: None) -> None:
    page = page_for(width=1280)
    page.goto(MRC)
    assert page.locator(".map .wide .names").is_visible()


def test_how_many_wrote_is_read_on_the_line_that_says_it(page_for: Open, places: None) -> None:
    jobs.count_persons()
    for width in (360, 1280):
        page = page_for(width=width)
        page.goto(TOWN)
        line = page.locator(".hub-parts li", has_text="Personnes qui ont écrit")
        words: Any = line.locator("span").bounding_box()
        number: Any = line.locator("b").bounding_box()
        assert number["x"] >= words["x"] + words["width"] and number["y"] < words["y"] + words["height"], width


@pytest.mark.parametrize("path", [TOWN, MRC, *MAPS])
def test_a_map_is_called_what_it_shows_and_not_whose_its_shapes_are(page_for: Open, places: None, path: str) -> None:
    page = page_for()
    page.goto(path)
    expect(page.get_by_role("figure", name=re.compile("CC BY"))).to_have_count(0)
    expect(page.locator(".map").get_by_text(re.compile("CC BY"))).to_be_visible()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_header_is_one_row_from_360_pixels_on(page_for: Open, make: Make, lang: str) -> None:
    for user in (None, make.user()):
        page = page_for(user, lang=lang)
        page.goto("/territories")
        for width in (360, 768, 900, 1024, 1280):
            page.set_viewport_size({"width": width, "height": 700})
            header: Any = page.locator(".header .wrap").bounding_box()
            assert header["height"] < 90, (width, header["height"])
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            is_wide = page.locator(".nav.is-wide").is_visible()
            assert is_wide == (width >= 900), width
