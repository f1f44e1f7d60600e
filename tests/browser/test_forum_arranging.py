"""The form of the rooms and the hours on a phone: short, and nothing that is typed or refused goes out of sight."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.forum.models import Forum
from app.forum.queries.forums import get_arrangement
from tests.events.stored import event_in
from tests.forum.stored import forum_in
from tests.support.rows import again
from tests.support.world import HERE

FOLD = "Accès, bruit et lien"


@pytest.fixture
def forum(make: Any, fae: Any) -> Forum:
    """A forum of two rooms, of which the first is step-free."""
    return forum_in(make, event=event_in(make, room=make.room(HERE), author_id=fae.id))


@pytest.mark.parametrize("javascript", [True, False])
def test_a_room_shows_its_name_and_its_places_and_folds_the_rest_until_something_is_wrong_in_it(
    page_for: Callable[..., Page], forum: Forum, fae: Any, javascript: bool
) -> None:
    room = get_arrangement(forum.id).rooms[1]
    page = page_for(fae, width=360, height=740, javascript=javascript)
    page.goto(f"/forums/{forum.id}/edit")
    rows, link = page.locator("#rooms fieldset"), page.locator("[name=rooms-1-url]")
    folds = page.locator("#rooms summary", has_text=FOLD)
    assert rows.nth(1).bounding_box()["height"] < 320
    expect(page.locator("[name=rooms-1-name]")).to_be_visible()
    expect(page.locator("[name=rooms-1-places]")).to_be_visible()
    expect(link).to_be_hidden()
    expect(folds.nth(0)).to_contain_text("Sans marche")
    expect(folds.nth(1)).to_contain_text("Facultatif")
    folds.nth(1).click()
    link.fill("ftp://salle")
    page.get_by_role("button", name="Publier les changements").click()
    expect(link).to_be_visible()
    expect(page.locator("#rooms-1-url-error")).to_be_visible()
    expect(page.locator("[name=rooms-0-url]")).to_be_hidden()
    page.locator(".error-summary a").click()
    expect(link).to_be_in_viewport()
    link.fill("https://salle.exemple.test/2")
    page.get_by_role("button", name="Publier les changements").click()
    expect(page.locator("#flashes")).to_contain_text("sont à jour")
    assert again(room).url == "https://salle.exemple.test/2"


def test_the_form_has_no_barrier_folded_or_not(
    page_for: Callable[..., Page], forum: Forum, fae: Any, axe: Callable[..., Any]
) -> None:
    page = page_for(fae, width=320, theme="dark", lang="en")
    page.goto(f"/forums/{forum.id}/edit")
    axe(page)
    for summary in page.locator("#rooms summary").all():
        summary.click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
