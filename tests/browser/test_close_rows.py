"""Close rows in a browser: ten of them in a window and a half, and a title that leads from anywhere in its row."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.support.make import Make
from tests.support.make_plan import MakePlan
from tests.support.world import HERE

Open = Callable[..., Page]
TEN = 1_500
"""How high ten rows may be, in pixels."""
TITLE = "Faire ses devoirs dans l’auto, devant la bibliothèque, parce qu’Internet ne se rend pas chez nous"
LONGEST = ("Un titre qui ne finit pas de dire ce qu’il a à dire, " * 5)[:255]
BODY = "Mes cours de cégep sont remis en ligne, avant 23 h 59. Chez nous, le signal tombe dès qu’il pleut, et il pleut."
# What is under each of these points of the first row: the number, an empty place at its end, its excerpt, its stops.
UNDER = """() => [...document.querySelectorAll(".row > .tally, .row .excerpt, .row .pips")].slice(0, 3).map(one => {
  const box = one.getBoundingClientRect();
  return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2).closest("a")?.pathname;
})"""
# A link that somebody puts in a row, beside the title: what is under its middle.
ABOVE = """() => {
  const link = Object.assign(document.createElement("a"), {href: "/about", textContent: "Une autre adresse"});
  document.querySelector(".row .facts").append(link);
  const box = link.getBoundingClientRect();
  return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2).pathname;
}"""
LINES = """titles => titles.map(one => one.clientHeight / parseFloat(getComputedStyle(one).lineHeight))"""


def fill(make: Make, count: int = 10, **columns: Any) -> None:
    for _n in range(count):
        make.idea(**{"title": TITLE, "body": BODY, "kind": "need", "community": HERE, "votes": 1, **columns})


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_ten_rows_stand_in_a_window_and_a_half(make: Make, page_for: Open, lang: str) -> None:
    fill(make)
    page = page_for(lang=lang)
    for address in ("/ideas", "/communities/securite-alimentaire", "/search?q=bibliothèque"):
        page.goto(address)
        boxes = [row.bounding_box() for row in page.locator(".row").all()]
        heights = [box["height"] for box in boxes if box]
        assert heights and sum(heights) / len(heights) * 10 <= TEN, address


def test_the_link_of_the_title_covers_its_row_and_another_link_stands_above(make: Make, page_for: Open) -> None:
    idea = make.idea(title=TITLE, body=BODY, community=HERE)
    page = page_for()
    page.goto("/ideas")
    assert page.evaluate(UNDER) == [f"/ideas/{idea.id}-{idea.slug}"] * 3
    assert page.evaluate(ABOVE) == "/about"


def test_the_focus_on_a_title_is_seen_around_its_row(make: Make, page_for: Open) -> None:
    fill(make, 1)
    page = page_for()
    page.goto("/ideas")
    page.locator("#results .tabs a").last.focus()
    page.keyboard.press("Tab")
    focused = "() => getComputedStyle(document.activeElement, '::after').outlineStyle"
    assert page.evaluate("() => document.activeElement.closest('.row') !== null") and page.evaluate(focused) == "solid"


@pytest.mark.parametrize("width", [320, 1280])
def test_a_title_has_three_lines_at_most_and_nothing_goes_beyond_the_window(
    make: Make, page_for: Open, width: int
) -> None:
    MakePlan(make).plan()
    fill(make, 2, title=LONGEST)
    page = page_for(width=width)
    for address in ("/ideas", "/plan/gaps", "/search?q=titre"):
        page.goto(address)
        lines = page.locator(".row .title").evaluate_all(LINES)
        assert lines and max(lines) < 3.2, address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
