"""The watch of the pages reports each trouble that it must report."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.screen import WatchedPage


def test_axe_sees_a_barrier_under_our_policy(page_for: Callable[..., Page], axe: Callable[[Page], None]) -> None:
    page = page_for()
    page.goto("/about")
    page.evaluate("document.querySelector('main').append(new Image())")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("console.error('broken')", "console: broken"),
        ("setTimeout(() => { throw new Error('thrown') })", "script: "),
        ("document.body.setAttribute('style', 'color: red')", "Content Security Policy"),
        ("location.href = 'http://127.0.0.1:1/elsewhere'", "another host: http://127.0.0.1:1/elsewhere"),
    ],
)
def test_a_trouble_behind_the_page_is_seen(page_for: Callable[..., WatchedPage], script: str, message: str) -> None:
    page = page_for()
    page.goto("/about")
    page.evaluate(f"() => {{ {script} }}")
    page.wait_for_timeout(200)
    assert any(message in trouble for trouble in page.troubles), page.troubles
    page.troubles.clear()
