"""What is drawn once is what each reader would be given: nothing of one person reaches another, nothing is old."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, g

from app.web.frame.session import me, read_as_public, rooms
from tests.support.browser import Browser
from tests.support.make import Make, idea_page
from tests.support.rows import again
from tests.support.world import HERE


def test_a_change_is_seen_at_once_by_whoever_was_shown_the_page_before(
    make: Make, visitor: Browser, sign_in: Callable[[Any], Browser]
) -> None:
    idea, member, author = make.idea(title="Le premier titre"), sign_in(make.user()), sign_in(make.user())
    pages = ("/?public=1", "/ideas", f"/communities/{HERE}")
    for page in pages:
        assert all("Le premier titre" in browser.get(page).words for browser in (visitor, member))
    assert author.submit(idea_page(idea), "#support form").status_code == 303
    assert all("1 appui" in browser.get("/ideas").words for browser in (visitor, member))
    make.at(again(idea), title="Le second titre")
    for page in pages:
        assert all("Le second titre" in browser.get(page).words for browser in (visitor, member))


def test_whoever_reads_as_the_public_is_themselves_again_afterwards(app: Flask, make: Make) -> None:
    with app.test_request_context("/"):
        g.actor = member = make.actor()
        with read_as_public():
            assert rooms() and me().id is None
        assert me() is member and "rooms" not in g
        own = rooms()
        with read_as_public():
            assert me().id is None
        assert me() is member and rooms() is own
        with pytest.raises(ZeroDivisionError), read_as_public():
            rooms()
            raise ZeroDivisionError
        assert me() is member and rooms() is own
