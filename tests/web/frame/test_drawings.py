"""What is drawn once is what each reader would be given: nothing of one person reaches another, nothing is old."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, g

from app.web.frame.session import me, read_as_public, rooms
from tests.support import without_cache
from tests.support.browser import Browser
from tests.support.make import Make, idea_page
from tests.support.rows import again
from tests.support.sampling import Some
from tests.support.world import HERE, SECLUDED, World, browsers

# Whose pages show all that a page of a person may: ideas and comments, a presentation, a charge, a measure.
SHOWN = ("author", "member", "facilitator", "suspended")


def addresses(world: World) -> list[str]:
    """Return the pages that show ideas among others, with and without something private on them."""
    return [
        "/",
        "/ideas",
        "/ideas?sort=supported",
        f"/ideas?community={HERE}",
        f"/ideas?community={SECLUDED}",
        "/ideas?tag=velo",
        "/ideas?q=canari",
        "/ideas?after=nowhere",
        "/journal",
        "/journal?kind=answer",
        "/issues/education",
        "/territories/70052",
        "/tags/velo",
        *(f"/communities/{slug}" for slug in {HERE, *world.rooms.values()}),
        *(f"/members/{world.people[role].id}" for role in SHOWN),
    ]


def test_each_reader_is_given_what_they_would_be_if_nobody_had_asked_before(
    world: World, sign_in: Callable[[Any], Browser], visitor: Browser, some: Some, is_sample: bool
) -> None:
    """On PostgreSQL, one address in three: what is kept is kept alike above both."""
    people = browsers(world, sign_in, visitor)
    people["plain"] = sign_in(world.people["somebody"])
    pages = some(addresses(world), postgresql=3)
    # The list of ideas alone has a part for htmx.
    lists = [page for page in pages if page.startswith("/ideas")]
    assert (
        list(without_cache.list_wrong(people, [page for page in pages if page not in lists], is_sample=is_sample)) == []
    )
    assert list(without_cache.list_wrong(people, lists, [{}, {"htmx": True}], is_sample=is_sample)) == []


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
