"""Every kind of page, full and empty, holds in a real browser: no barrier axe can find, nothing that goes out of a phone."""

import re
from collections.abc import Callable
from typing import Any
from zlib import crc32

import pytest
from playwright.sync_api import Page

from tests.support import square
from tests.support.screen import axe_in_both_themes

# French looks at each kind of page, in both themes. English changes the words alone: it looks at one in six. The soak looks
# at all of them in both.
LANGS = [("fr", "light", 1), ("en", "dark", 6)]
# The language of the page, and what goes out of the window and is not inside something that scrolls by itself: as the
# page is, then in large text.
WIDE = """() => {
  const scrolls = (node) => node !== document.body && (getComputedStyle(node).overflowX !== "visible" || scrolls(node.parentElement));
  const wide = () => [...document.body.querySelectorAll("*")].filter((node) =>
    node.getBoundingClientRect().right > innerWidth + 1 && node.checkVisibility() && !scrolls(node)).slice(-3).map((node) => node.outerHTML.slice(0, 160));
  const found = wide();
  document.documentElement.style.fontSize = "200%";
  return [document.documentElement.lang, found, wide()];
}"""


@pytest.mark.parametrize("reader", square.READERS)
@pytest.mark.parametrize(("lang", "theme", "one_in"), LANGS)
def test_full_pages_have_no_barrier_in_either_theme_and_fit_a_phone_with_large_text(
    page_for: Callable[..., Page], readers: Any, is_sample: bool, lang: str, theme: str, one_in: int, reader: str
) -> None:
    person, paths = readers[reader]
    page = page_for(person, lang=lang, theme=theme)
    for path in _some(paths, one_in) if is_sample else paths:
        _look(page, path, lang)


@pytest.mark.parametrize(("lang", "theme", "one_in"), LANGS)
def test_empty_pages_have_no_barrier_in_either_theme_and_fit_a_phone_with_large_text(
    page_for: Callable[..., Page], make: Any, is_sample: bool, lang: str, theme: str, one_in: int
) -> None:
    for reader, paths in square.EMPTY.items():
        person = None if reader == "anyone" else make.user(role=reader)
        page = page_for(person, lang=lang, theme=theme)
        for path in _some(paths, one_in) if is_sample else paths:
            _look(page, path, lang)


def _some(paths: list[str], one_in: int) -> list[str]:
    """Keep one address in so many, the same ones each time, whatever numbers and names stand in it."""
    return [path for path in paths if crc32(re.sub(r"\d+(-[\w-]+)?", "0", path).encode()) % one_in == 0]


def _look(page: Page, path: str, lang: str) -> None:
    """Visit a page once, and look at it from every side."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(path)
    axe_in_both_themes(page)
    page.set_viewport_size({"width": 320, "height": 600})
    in_lang, in_text, in_large_text = page.evaluate(WIDE)
    assert in_lang.startswith(lang), path
    assert in_text == [], f"{path} at 320 px"
    assert in_large_text == [], f"{path} at 320 px, in text of 200 %"
