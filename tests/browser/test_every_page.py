"""Every kind of page, full and empty, holds in a real browser: no barrier axe can find, nothing that goes out of a phone."""
import re
from collections.abc import Callable
from typing import Any
from zlib import crc32

import pytest
from playwright.sync_api import Page

from tests.support import square

# French looks at every page, in both themes. English changes the words alone: it looks at one kind of page in six, and the
# soak at all of them.
LANGS = [("fr", "light", 1), ("en", "dark", 6), pytest.param("en", "dark", 1, marks=pytest.mark.soak, id="en-all")]
# What gives an element its colours: what it is, and what it stands in.
LOOKS = """() => {
  const states = /^(data-.*|aria-(current|pressed|expanded|invalid)|type|role|open|disabled)$/;
  const look = (node) => [node.tagName, node.className, ...[...node.attributes]
    .filter((one) => states.test(one.name)).map((one) => `${one.name}=${one.value}`)].join(" ");
  const hash = (text) => [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)) | 0, 0);
  const walk = (node, above) => {
    const looks = hash(`${above}>${look(node)}`);
    return [looks, ...[...node.children].flatMap((child) => walk(child, looks))];
  };
  return walk(document.body, 0);
}"""
MARK = """(numbers) => {
  const all = [document.body, ...document.body.querySelectorAll("*")];
  const says = (node) => node.matches("input, select, textarea") || [...node.childNodes].some((one) => one.data?.trim());
  const found = numbers.map((n) => all[n]).filter(says);
  found.forEach((node) => node.setAttribute("data-new", ""));
  return found.length;
}"""
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# What was looked at already, in this process.
SEEN: set[int] = set()


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
    # Colours don't change with the language.
    has_new_looks = lang == "fr" and _mark_new_looks(page)
    axe(page, coloured="[data-new]")
    if has_new_looks:
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        axe(page, coloured="[data-new]", **COLOURS)
    page.set_viewport_size({"width": 320, "height": 600})
    assert _wide(page) == [], f"{path} at 320 px"
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert _wide(page) == [], f"{path} at 320 px, in text of 200 %"


def _mark_new_looks(page: Page) -> bool:
    """Mark what has colours that no page before had; tell whether there is any."""
    looks = page.evaluate(LOOKS)
    new = [n for n, one in enumerate(looks) if one not in SEEN]
    SEEN.update(looks)
    return bool(page.evaluate(MARK, new))


def _wide(page: Page) -> list[str]:
    """Name what goes out of the window and is not inside something that scrolls by itself."""
    found: list[str] = page.evaluate("""() => {
      const scrolls = (node) => node !== document.body && (getComputedStyle(node).overflowX !== "visible" || scrolls(node.parentElement));
      return [...document.body.querySelectorAll("*")].filter((node) =>
        node.getBoundingClientRect().right > innerWidth + 1 && node.checkVisibility() && !scrolls(node)).slice(-3).map((node) => node.outerHTML.slice(0, 160));
    }""")
    return found
