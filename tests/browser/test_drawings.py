"""Maps and charts on a screen: discs that a finger presses, words of twelve pixels, a map that keys go through and past."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

from app.reference.queries import get_catalogue
from app.web.frame.charts import Bar, Column, Level, Series, draw_bars, draw_columns
from app.web.frame.map_words import PlaceCount
from app.web.frame.maps import Address, view_map
from tests.browser.discs import press_discs
from tests.browser.screen import axe_in_both_themes

Open = Callable[..., Page]
MRCS = ("67", "68", "69", "70", "71")
MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc.")
# How large words are on the screen, at the least, where a picture is drawn larger or smaller than it says.
LETTERS = """words => Math.min(...words.filter(one => one.getBoundingClientRect().width).map(one =>
  parseFloat(getComputedStyle(one).fontSize) * Math.hypot(one.getScreenCTM().a, one.getScreenCTM().b)))"""
# The words of a chart that meet another, or leave the window.
MEETING = """words => {
  const boxes = words.filter(one => one.getBoundingClientRect().width).map(one => [one.textContent, one.getBoundingClientRect()]);
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom;
  return [...boxes.filter(([, a]) => a.left < 0 || a.right > innerWidth),
    ...boxes.filter(([, a], n) => boxes.slice(n + 1).some(([, b]) => meet(a, b)))].map(([words]) => words);
}"""


def show(app: Flask, page: Page, component: str, macro: str, *views: Any) -> None:
    """Show drawings in the place of a page's content."""
    with app.test_request_context("/"):
        macros: Any = app.jinja_env.get_template(component).make_module()
        html = "".join(getattr(macros, macro)(view() if callable(view) else view) for view in views)
    page.goto("/territories")
    page.locator("main").evaluate("(main, html) => main.innerHTML = '<h1>Dessins</h1>' + html", html)


def map_of(mrc: str, **options: Any) -> Callable[[], Any]:
    places = get_catalogue().places
    counts = {place.code: PlaceCount(n * 7 % 13, n * 7 % 13 // 2) for n, place in enumerate(places)}
    wholes = {code: PlaceCount(3, 1) for code in MRCS}
    return lambda: view_map(mrc, Address("/map?territory=", "#place"), "needs", counts, wholes, **options)


@pytest.mark.parametrize("mrc", ["", *MRCS])
def test_discs_can_be_pressed_and_words_read_at_each_width(page_for: Open, app: Flask, mrc: str) -> None:
    page = page_for()
    show(app, page, "components/map.html", "drawn_map", map_of(mrc, here="69070"))
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        count = len(press_discs(page))
        assert count > 5 if mrc else count == (5 if width == 360 else 65), (width, count)
        assert page.locator(".map > svg text").evaluate_all(LETTERS) >= 12 - 0.1, width


@pytest.mark.parametrize("mrc", ["", "69"])
def test_a_map_has_no_barrier_in_either_theme(page_for: Open, app: Flask, mrc: str) -> None:
    page = page_for()
    show(app, page, "components/map.html", "drawn_map", map_of(mrc, here="69070"))
    axe_in_both_themes(page)


def test_keys_go_from_disc_to_disc_and_never_to_a_shape(page_for: Open, app: Flask) -> None:
    page = page_for(width=360)
    show(app, page, "components/map.html", "drawn_map", map_of(""))
    page.locator("main").focus()
    pressed = []
    for _n in MRCS:
        page.keyboard.press("Tab")
        pressed.append(page.evaluate("document.activeElement.getAttribute('href').match(/=(\\d+)/)[1]"))
        assert page.evaluate("document.activeElement.closest('.phone .discs') !== null")
    assert sorted(pressed) == list(MRCS)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.map') === null")


def test_a_shape_is_the_link_of_its_place_for_the_mouse(page_for: Open, app: Flask) -> None:
    page = page_for()
    show(app, page, "components/map.html", "drawn_map", map_of("", here="69070"))
    for width, code in ((1280, "69070#place"), (360, "69")):
        page.set_viewport_size({"width": width, "height": 800})
        found = page.locator(".map > svg").evaluate(
            "svg => { const at = svg.createSVGPoint(); [at.x, at.y] = [215, 515]; const on = at.matrixTransform(svg.getScreenCTM());"
            " scrollTo(0, 0); return document.elementFromPoint(on.x, on.y).closest('a').getAttribute('href') }"
        )
        assert found == f"/map?territory={code}"


def charts() -> list[Any]:
    series = [Series("solid", "besoins"), Series("hatched", "idées et projets")]
    columns = [
        Column(month, f"{n * 37}", [(n * 20, "solid"), (n * 17, "hatched")]) for n, month in enumerate(MONTHS, 10)
    ]
    days = [Column(f"{n} mars 2027", f"{n}", [(n, "solid")]) for n in (12, 18, 28)]
    bars = [
        Bar("Réussite éducative et sociale", "9 j · 11 attendent", [(4, 15, "solid")], middle=9),
        Bar("Logement social et abordable", "19 j · 38 attendent", [(9, 60, "hatched")], middle=19),
    ]
    ticks = [(0.0, "0"), (15.0, "15"), (30.0, "30"), (45.0, "45"), (60.0, "60 jours")]
    return [
        draw_columns("months", "Mois par mois", "De 370 à 777.", columns, series=series),
        draw_columns("days", "Jours", "De 12 à 28.", days, levels=[Level(40, "target", "Cible : 40")]),
        draw_bars("delays", "Jours", "De 9 à 19.", bars, ticks=ticks, target=30),
        draw_bars(
            "shares", "Parts", "Moins de voix.", [Bar("Roussillon", "−14 points", [(0, 39, "open"), (0, 25, "sun")])]
        ),
    ]


def test_words_of_a_chart_are_read_at_each_width_and_grow_with_those_of_the_reader(page_for: Open, app: Flask) -> None:
    page = page_for()
    show(app, page, "components/chart.html", "chart", *charts())
    axe_in_both_themes(page)
    words = page.locator(".chart > svg text")
    sizes = {}
    for width in (320, 360, 768, 1280):
        for large in ("100%", "200%"):
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("size => document.documentElement.style.fontSize = size", large)
            sizes[width, large] = words.evaluate_all(LETTERS)
            # There, margins are of two letters: 21 are left of 24, and figures of three begin to touch.
            if (width, large) != (320, "200%"):
                assert words.evaluate_all(MEETING) == [], (width, large)
    assert min(sizes.values()) >= 12 and sizes[1280, "200%"] > 1.4 * sizes[1280, "100%"]
