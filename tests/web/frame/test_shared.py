"""What is kept for all readers is what each would be given: nothing of one person reaches another, nothing is old."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from flask import Flask, g

from app.core import versions
from app.web.frame import shared
from app.web.frame.session import me, rooms
from tests.support.browser import Browser
from tests.support.make import Make, idea_page
from tests.support.queries import cost, record_statements
from tests.support.rows import again
from tests.support.world import HERE


def test_a_page_that_somebody_was_shown_costs_a_member_who_they_are_and_their_notices(
    make: Make, new_browser: Callable[[], Browser], sign_in: Callable[[Any], Browser]
) -> None:
    make.idea()
    member, somebody = sign_in(make.user()), new_browser()
    assert somebody.get("/ideas").status_code == somebody.get("/").status_code == 200
    assert [cost(member, path) for path in ("/ideas?measure=1", "/")] == [3, 3]
    with record_statements() as statements:
        somebody.get("/ideas?utm=1")
    assert len(statements) == 1, "the numbers alone"


def test_a_change_is_seen_at_once_by_whoever_was_shown_the_page_before(
    make: Make, visitor: Browser, sign_in: Callable[[Any], Browser]
) -> None:
    idea, member, author = make.idea(title="Le premier titre"), sign_in(make.user()), sign_in(make.user())
    pages = ("/", "/ideas", f"/communities/{HERE}")
    for page in pages:
        assert all("Le premier titre" in browser.get(page).words for browser in (visitor, member))
    assert author.submit(idea_page(idea), "#support form").status_code == 303
    assert all("1 appui" in browser.get("/ideas").words for browser in (visitor, member))
    make.at(again(idea), title="Le second titre")
    for page in pages:
        assert all("Le second titre" in browser.get(page).words for browser in (visitor, member))


def test_a_part_is_made_for_nobody_and_whoever_asked_is_themselves_again(
    app: Flask, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = make.actor()
    with app.test_request_context("/"):
        g.actor = member
        own = rooms()
        seen: list[Any] = []
        monkeypatch.setattr(shared, "draw", lambda _name, **values: f"{values['page']} {values['who']}")

        def read() -> dict[str, Any]:
            seen.append(me().id)
            return {"who": me().id}

        assert shared.part("a", "name", read) == "None None" and seen == [None]
        assert me() is member and rooms() is own
        with pytest.raises(ZeroDivisionError):
            shared.part("a", "other", lambda: {"who": 1 / 0})
        assert me() is member
        g.actor = make.actor(facilitates=[HERE])
        assert shared.part("a", "name", read) == f"None {g.actor.id}" and seen == [None, g.actor.id]


def test_what_is_kept_has_a_size_and_the_least_used_goes_first(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "MOST", 10_000)
    for name in ("one", "two", "one", "three"):
        versions.keep(name, lambda: "x" * 4_000)
    assert 8_000 < versions.shelf.size <= 10_000
    loads: list[str] = []
    for name in ("one", "three", "two"):
        versions.keep(name, partial(loads.append, name))
    assert loads == ["two"]
