"""The page of figures in a browser: each drawing is read in both themes, in forced colours, in large words, on paper."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from app.core import clock as time
from app.core.db import db
from app.core.unit import unit
from app.figures import jobs
from app.ideas.models import KINDS, StatusChange
from app.reference.queries import get_catalogue
from tests.browser.screen import axe_in_both_themes
from tests.browser.test_drawings import LETTERS, MEETING
from tests.browser.test_places import PAPER, WIDER
from tests.support.make import Make
from tests.support.world import ELSEWHERE, HERE

Open = Callable[..., Page]
PLATES = ["months", "delays", "road", "missing", "persons"]
# The least contrast between the words of a chart, or its legend, and what is painted behind them.
CONTRAST = """words => {
  const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => numbers(colour).slice(0, 3).map(n => n / 255)
    .map(n => n <= .03928 ? n / 12.92 : ((n + .055) / 1.055) ** 2.4).reduce((sum, n, at) => sum + n * [.2126, .7152, .0722][at], 0);
  const behind = node => {
    const colour = getComputedStyle(node).backgroundColor;
    return numbers(colour)[3] === 0 ? behind(node.parentElement) : colour;
  };
  return Math.min(...words.map(word => {
    const style = getComputedStyle(word), sides = [style[word.matches("text") ? "fill" : "color"], behind(word)].map(light);
    return (Math.max(...sides) + .05) / (Math.min(...sides) + .05);
  }));
}"""
WORDS = ".chart > svg text, .chart .legend li"


def fill(make: Make, clock: Any, number: int) -> None:
    """Have things said in the last months, the first of which were answered, and persons counted."""
    people, codes = [make.user() for _n in range(7)], [p.code for p in get_catalogue().places if not p.is_mrc]
    for n in range(number):
        clock.at(f"2027-{1 + n % 3:02}-{2 + n % 9:02}T12:00")
        with unit():
            idea = make.idea(
                people[n % 7], (HERE, ELSEWHERE)[n % 2], kind=KINDS[n % len(KINDS)], territories=[codes[n % len(codes)]]
            )
            for day, status in enumerate(("under_review", "retained", "planned", "achieved")[: n % 5]):
                idea.status = status
                at = idea.published_at or time.now()
                db.session.add(
                    StatusChange(idea_id=idea.id, status=status, at=at.replace(day=12 + 2 * day), reason="Motif")
                )
            db.session.flush()
    clock.at("2027-04-10T12:00")
    jobs.count_persons()


@pytest.fixture
def full(make: Make, clock: Any) -> None:
    fill(make, clock, 60)


@pytest.fixture
def few(make: Make, clock: Any) -> None:
    fill(make, clock, 3)


def test_the_figures_have_no_barrier_in_either_theme(page_for: Open, full: None) -> None:
    page = page_for()
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto("/figures")
        assert page.locator("section.plate").evaluate_all("all => all.map(one => one.id)") == PLATES
        axe_in_both_themes(page)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_their_words_are_read_at_each_width_and_twice_as_large(page_for: Open, full: None, lang: str) -> None:
    page = page_for(lang=lang)
    page.goto("/figures?period=all")
    for width in (320, 360, 768, 1280):
        for large in ("100%", "200%"):
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("size => document.documentElement.style.fontSize = size", large)
            words = page.locator(".chart > svg text")
            assert words.evaluate_all(LETTERS) >= 12, (width, large)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, large)
            assert page.evaluate(WIDER) == [], (width, large)
            if (width, large) != (320, "200%"):
                assert words.evaluate_all(MEETING) == [], (width, large)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_their_words_are_read_in_forced_colours_whatever_theme_was_chosen(
    page_for: Open, full: None, theme: str, scheme: Any
) -> None:
    page = page_for(theme=theme, forced_colors="active")
    page.emulate_media(color_scheme=scheme)
    page.goto("/figures")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert page.locator(WORDS).evaluate_all(CONTRAST) >= 4.5


def test_three_contents_are_drawn_too(page_for: Open, few: None) -> None:
    page = page_for(width=360)
    page.goto("/figures")
    assert page.locator("section.plate").evaluate_all("all => all.map(one => one.id)") == PLATES
    assert page.locator(".chart > svg text").evaluate_all(MEETING) == []
    axe_in_both_themes(page)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_figures_of_a_whole_region_are_printed_on_six_pages(page_for: Open, full: None, lang: str) -> None:
    page = page_for(lang=lang)
    page.goto("/figures")
    assert len(re.findall(PAPER, page.pdf(format="Letter"))) <= 6


def test_paper_says_what_it_is_of_and_leaves_no_head_of_a_table_alone(page_for: Open, full: None) -> None:
    page = page_for()
    page.goto("/figures?period=2027&territory=70")
    page.emulate_media(media="print")
    assert page.locator("main .lead").is_visible() and not page.locator("main form").first.is_visible()
    assert page.locator("main .lead").inner_text().startswith("2027, Beauharnois-Salaberry")
    breaks = page.locator(".plate .table-scroll").evaluate_all(
        "all => all.map(one => getComputedStyle(one).breakInside)"
    )
    assert set(breaks) == {"avoid"}
    assert page.locator(WORDS).evaluate_all(CONTRAST) >= 4.5
