"""Every kind of page, full and empty, holds in a real browser: no barrier axe can find, nothing that goes out of a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.screen import axe_in_both_themes
from tests.support import square

# English changes the words alone: the soak looks at it.
LANGS = [("fr", "light"), pytest.param("en", "dark", marks=pytest.mark.soak)]
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

# Links with a line under them that are neither in a sentence nor alone: in the serif of titles and counts, in a title, a
# drawing or a tile, a number, or the name that begins a line of a list. What somebody wrote is sentences, but for titles.
UNDERLINED = """() => [...document.body.querySelectorAll("a")].filter((link) => {
  if (!link.checkVisibility() || !getComputedStyle(link).textDecorationLine.includes("underline")) return false;
  if (link.closest("h1, h2, h3, h4, h5, th, svg, .title, .num, .tally, .stops, .jumps")) return true;
  if (link.closest(".prose, blockquote")) return false;
  const line = link.closest(".list > li, .rows > *, .tiles > li");
  return getComputedStyle(link).fontFamily.startsWith("Fraunces") || /^[\\d\\s]+$/.test(link.textContent)
    || Boolean(line && line.textContent.trim().startsWith(link.textContent.trim() || "-"));
}).map((link) => link.outerHTML.slice(0, 160))"""


@pytest.mark.parametrize("reader", square.READERS)
@pytest.mark.parametrize(("lang", "theme"), LANGS)
def test_full_pages_have_no_barrier_in_either_theme_and_fit_a_phone_with_large_text(
    page_for: Callable[..., Page], readers: Any, lang: str, theme: str, reader: str
) -> None:
    person, paths = readers[reader]
    page = page_for(person, lang=lang, theme=theme)
    for path in paths:
        _look(page, path, lang)


@pytest.mark.parametrize(("lang", "theme"), LANGS)
def test_empty_pages_have_no_barrier_in_either_theme_and_fit_a_phone_with_large_text(
    page_for: Callable[..., Page], make: Any, lang: str, theme: str
) -> None:
    for reader, paths in square.EMPTY.items():
        page = page_for(None if reader == "anyone" else make.user(role=reader), lang=lang, theme=theme)
        for path in paths:
            _look(page, path, lang)


def _look(page: Page, path: str, lang: str) -> None:
    """Visit a page once, and look at it from every side."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(path)
    axe_in_both_themes(page)
    assert page.evaluate(UNDERLINED) == [], path
    page.set_viewport_size({"width": 320, "height": 600})
    in_lang, in_text, in_large_text = page.evaluate(WIDE)
    assert in_lang.startswith(lang), path
    assert in_text == [], f"{path} at 320 px"
    assert in_large_text == [], f"{path} at 320 px, in text of 200 %"
