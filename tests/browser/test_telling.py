"""After an act, the keyboard and a screen reader are where it was done: the focus is on what says so, and nothing is done by surprise."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from app.core.unit import unit
from app.desk.models import SavedReply
from app.notifications.service import notices

Open = Callable[..., Page]
HERE, WHY = "securite-alimentaire", "Cela ne respecte pas la charte."


def test_what_was_done_has_the_focus_when_nothing_else_does(page_for: Open, fae: Any, idea: Any, axe: Any) -> None:
    page = page_for(fae, width=360)
    for path, button in (
        ("lock", "Verrouiller ce fil"),
        ("unlock", "Rouvrir ce fil"),
        ("hiding", "Masquer ce contenu"),
    ):
        page.goto(f"/ideas/{idea.id}/{path}")
        page.get_by_label("Motif").fill(WHY)
        page.get_by_role("button", name=button).press("Enter")
        expect(page.locator("#flashes .notice")).to_be_focused()
    axe(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Fermer ce message")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main .crumbs a").first).to_be_focused()


def test_what_was_done_is_said_when_the_focus_is_on_what_changed(
    page_for: Open, make: Any, fae: Any, idea: Any
) -> None:
    comment = make.comment(idea, make.user("Sam"), "Un commentaire.")
    page = page_for(fae)
    page.goto(f"/comments/{comment.id}/hiding")
    page.get_by_label("Motif").fill(WHY)
    page.get_by_role("button", name="Masquer ce contenu").press("Enter")
    expect(page.locator(f"#comment-{comment.id}")).to_be_focused()
    expect(page.locator("#live")).to_contain_text("Le contenu est masqué")
    page.goto(f"/ideas/{idea.id}/slow-mode")
    page.get_by_label("15 minutes").check()
    page.get_by_label("Motif").fill(WHY)
    page.get_by_role("button", name="Changer le rythme").press("Enter")
    expect(page.locator("#comments")).to_be_focused()
    expect(page.locator("#live")).to_contain_text("Le fil est ralenti")


def test_the_enter_key_in_a_field_does_what_the_page_is_for(
    page_for: Open, make: Any, fae: Any, idea: Any, axe: Any
) -> None:
    comment, target = (
        make.comment(idea, make.user("Sam"), "Un commentaire."),
        make.idea(community=HERE, title="L'autre idée"),
    )
    make.add(SavedReply(community_id=make.room(HERE).id, title="Hors du sujet", body="Une réponse.", by_id=fae.id))
    page = page_for(fae)
    page.goto(f"/comments/{comment.id}/move")
    axe(page)
    page.get_by_label("Motif").fill(WHY)
    page.locator("[name=idea]").fill(f"/ideas/{target.id}")
    page.locator("[name=idea]").press("Enter")
    expect(page.locator(f"#comment-{comment.id}")).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_contain_text("autre idée")


def test_marking_notices_as_read_is_told(page_for: Open, make: Any) -> None:
    reader = make.user()
    with unit():
        notices.tell(reader.id, "status", "1", idea_id=make.idea(reader).id, reason=WHY, status="retained")
    page = page_for(reader)
    page.goto("/notifications")
    page.get_by_role("button", name="Tout marquer comme lu").press("Enter")
    expect(page.locator("#flashes .notice")).to_be_focused()
