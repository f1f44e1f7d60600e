"""Every kind of page, full and empty, holds in a real browser: no barrier axe can find, nothing that goes out of a phone."""
import re
from collections.abc import Callable
from typing import Any
from zlib import crc32

import pytest
from playwright.sync_api import Page

from tests.support import square

# French looks at every page, in both themes. English changes the words alone: it looks at one kind of page in three, and the
# soak at all of them.
LANGS = [("fr", "light", 1), ("en", "dark", 3), pytest.param("en", "dark", 1, marks=pytest.mark.soak, id="en-all")]
COLOURS = "axe.run({runOnly: {type: 'rule', values: ['color-contrast']}}).then(found => found.violations.map(v => v.nodes.map(n => n.html)))"


@pytest.mark.parametrize("reader", square.READERS)
@pytest.mark.parametrize(("lang", "theme", "one_in"), LANGS)
def test_full_pages_have_no_barrier_in_either_theme_and_fit_a_phone_with_large_text(
        page_for: Callable[..., Page], make: Any, axe: Callable[..., None], lang: str, theme: str, one_in: int, reader: str) -> None:
    here = square.build(make)
    page = page_for(here.people.get(reader), lang=lang, theme=theme, reduced_motion="reduce")
    for path in _some(square.READERS[reader](here), one_in):
        _look(page, path, axe, lang)


@pytest.mark.parametrize(("lang", "theme", "one_in"), LANGS)
def test_empty_pages_have_no_barrier_in_either_theme_and_fit_a_phone_with_large_text(
        page_for: Callable[..., Page], make: Any, axe: Callable[..., None], lang: str, theme: str, one_in: int) -> None:
    for reader, paths in square.EMPTY.items():
        person = None if reader == "anyone" else make.user(role=reader)
        page = page_for(person, lang=lang, theme=theme, reduced_motion="reduce")
        for path in _some(paths, one_in):
            _look(page, path, axe, lang)


def _some(paths: list[str], one_in: int) -> list[str]:
    """Keep one address in so many, the same ones each time, whatever numbers and names stand in it."""
    return [path for path in paths if crc32(re.sub(r"\d+(-[\w-]+)?", "0", path).encode()) % one_in == 0]


def _look(page: Page, path: str, axe: Callable[..., None], lang: str) -> None:
    """Visit a page once, and look at it from every side."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(path)
    assert (page.locator("html").get_attribute("lang") or "").startswith(lang), path
    if lang == "en":
        # Colours don't change with the language: French looks at them, in both themes.
        axe(page, rules={"color-contrast": {"enabled": False}})
    else:
        axe(page)
        page.evaluate("() => { document.documentElement.dataset.theme = 'dark' }")
        assert page.evaluate(COLOURS) == [], f"{path} in the dark"
    page.set_viewport_size({"width": 320, "height": 600})
    assert _wide(page) == [], f"{path} at 320 px"
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert _wide(page) == [], f"{path} at 320 px, in text of 200 %"


def _wide(page: Page) -> list[str]:
    """Name what goes out of the window and is not inside something that scrolls by itself."""
    found: list[str] = page.evaluate("""() => {
      const scrolls = (node) => node !== document.body && (getComputedStyle(node).overflowX !== "visible" || scrolls(node.parentElement));
      return [...document.body.querySelectorAll("*")].filter((node) =>
        node.getBoundingClientRect().right > innerWidth + 1 && node.checkVisibility() && !scrolls(node)).slice(-3).map((node) => node.outerHTML.slice(0, 160));
    }""")
    return found
