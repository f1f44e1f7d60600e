"""The watch itself: what it must see, it sees."""
from collections.abc import Callable

import pytest
from playwright.sync_api import Page


def test_axe_sees_a_barrier_under_our_policy(page_for: Callable[..., Page], axe: Callable[[Page], None]) -> None:
    page = page_for()
    page.goto("/about")
    page.evaluate("document.querySelector('main').append(new Image())")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


@pytest.mark.parametrize(("deed", "said"), [
    ("console.error('broken')", "console: broken"),
    ("setTimeout(() => { throw new Error('thrown') })", "script: "),
    ("document.body.setAttribute('style', 'color: red')", "Content Security Policy"),
    ("location.href = 'http://127.0.0.1:1/elsewhere'", "another host: http://127.0.0.1:1/elsewhere"),
])
def test_a_trouble_behind_the_page_is_seen(page_for: Callable[..., Page], deed: str, said: str) -> None:
    page = page_for()
    page.goto("/about")
    page.evaluate(f"() => {{ {deed} }}")
    page.wait_for_timeout(200)
    assert any(said in trouble for trouble in page.troubles), page.troubles
    page.troubles.clear()
