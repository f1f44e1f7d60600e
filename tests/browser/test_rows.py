"""In forms of rows, a press leads on from where it was: to the row that it adds, or to what is there now, script or not."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.accounts.models.people import User
from tests.events.stored import event_in
from tests.forum.stored import forum_in
from tests.support.make import Make
from tests.support.world import HERE

Open = Callable[..., Page]
IN_SIGHT = """() => {
  const field = document.activeElement, name = document.querySelector(`label[for="${field.id}"]`);
  const bar = document.querySelector("header").getBoundingClientRect(), box = name.getBoundingClientRect();
  return box.top >= Math.max(0, bar.bottom) && box.bottom <= innerHeight;
}"""


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def expect_at(page: Page, field: str) -> None:
    """Expect the focus in a field, of which the label is in sight, too."""
    expect(page.locator(f"#{field}")).to_be_focused()
    assert page.evaluate(IN_SIGHT), field


@pytest.mark.parametrize("javascript", [True, False])
def test_a_row_that_is_added_raised_or_dropped_leads_to_where_one_types_next(
    make: Make, fae: User, page_for: Open, javascript: bool
) -> None:
    forum = forum_in(make, event=event_in(make, hours=6, room=make.room(HERE), author_id=fae.id))
    page = page_for(fae, javascript=javascript, width=360)
    page.goto(f"/forums/{forum.id}/edit")
    page.locator("#rooms-2-name").fill("Le grenier")
    press(page, "Ajouter une salle")
    expect_at(page, "rooms-3-name")
    page.keyboard.type("La cave")
    press(page, "Monter – Salle 3")
    expect_at(page, "rooms-1-name")
    expect(page.locator("#rooms-1-name")).to_have_value("Le grenier")
    press(page, "Enlever – Salle 3")
    expect_at(page, "rooms-2-name")
    expect(page.locator("#rooms-2-name")).to_have_value("La cave")
    press(page, "Ajouter une plage")
    expect(page.locator("#slots fieldset").last.locator("input:focus, select:focus")).to_have_count(1)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_row_that_is_added_in_a_folded_part_is_open_and_has_the_focus(
    make: Make, fae: User, page_for: Any, javascript: bool
) -> None:
    event = event_in(make, room=make.room(HERE), author_id=fae.id, status="draft", published_at=None)
    page = page_for(fae, javascript=javascript)
    page.goto(f"/events/{event.id}/edit")
    page.locator("summary", has_text="Le déroulement, ce qu’on lit avant").first.click()
    press(page, "Ajouter un document")
    expect_at(page, "documents-1-title")
