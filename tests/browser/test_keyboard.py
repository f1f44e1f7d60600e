"""The whole road by keyboard alone: every stop can be seen, and after an act the focus is on what it made."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

Open = Callable[..., Page]
# What is wrong with what has the focus: that it cannot be seen, or that nothing shows that it has it.
SEEN = """() => {
  const node = document.activeElement || document.body, look = getComputedStyle(node.closest(".choice") || node), box = node.getBoundingClientRect();
  if (node === document.body) return "nothing has the focus";
  if (!node.checkVisibility() || box.bottom < 0 || box.top > innerHeight) return "out of sight: " + node.outerHTML.slice(0, 120);
  const rings = [look, getComputedStyle(node, "::after")];
  return rings.some(one => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) >= 2) ? "" : "no outline: " + node.outerHTML.slice(0, 120);
}"""
PLACE = "node => { window.place = node; }"
# Whether the place that is looked for is in the page, and has the focus; and what is wrong with what has it.
STOP = f"() => [Boolean(window.place?.isConnected), window.place === document.activeElement, ({SEEN})()]"


def reach(page: Page, place: Locator, most: int = 90) -> Locator:
    """Wait for the page that has the place, and press Tab until it has the focus; each stop on the way shows that it has it."""
    expect(place).to_be_attached()
    page.wait_for_load_state()
    place.evaluate(PLACE)
    for _ in range(most):
        page.keyboard.press("Tab")
        is_there, has_focus, wrong = page.evaluate(STOP)
        if not is_there:
            place.evaluate(PLACE)
            _, has_focus, wrong = page.evaluate(STOP)
        if has_focus:
            assert wrong == ""
            return place
        assert wrong in ("", "nothing has the focus")
    raise AssertionError(f"Tab does not come to {place}")


def test_a_member_signs_in_writes_and_talks_without_a_mouse(page_for: Open, make: Any) -> None:
    person = make.user("Rose Tremblay")
    page = page_for()
    page.goto("/login")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_in_viewport()
    page.keyboard.press("Enter")
    reach(page, page.get_by_label("Adresse courriel"), most=1)
    page.keyboard.type(person.email)
    reach(page, page.get_by_label("Mot de passe"))
    page.keyboard.type("une phrase de passe correcte")
    page.keyboard.press("Enter")
    expect(page.locator("summary", has_text="Menu : Rose Tremblay")).to_have_count(1)
    reach(page, page.get_by_role("link", name="Proposer une idée").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Proposer une idée")).to_be_visible()
    _write_an_idea(page)
    expect(page.get_by_role("heading", level=1, name="Un marché le samedi")).to_be_visible()
    reach(page, page.get_by_role("button", name="Appuyer ce besoin"))
    page.keyboard.press("Space")
    expect(page.locator("#support")).to_contain_text("Vous appuyez ce besoin")
    expect(page.locator("#support :focus")).to_have_count(1)
    _talk(page)


def _write_an_idea(page: Page) -> None:
    reach(page, page.get_by_role("radio", name=re.compile("^Idée")))
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name=re.compile("^Besoin"))).to_be_checked()
    reach(page, page.get_by_role("button", name="Publier", exact=True))
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary:focus")).to_have_count(1)
    reach(page, page.locator(".error-summary a").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Titre")).to_be_focused()
    page.keyboard.type("Un marché le samedi")
    reach(page, page.get_by_role("textbox", name="Texte"))
    page.keyboard.type("Pour se voir.")
    reach(page, page.get_by_label("Communauté de pratique qui la porte"))
    page.keyboard.type("Transport")
    reach(page, page.get_by_role("button", name="Publier", exact=True))
    page.keyboard.press("Enter")


def _talk(page: Page) -> None:
    reach(page, page.get_by_role("textbox", name="Votre commentaire"))
    page.keyboard.type("Qui vient ?")
    reach(page, page.get_by_role("button", name="Publier mon commentaire"))
    page.keyboard.press("Enter")
    expect(page.locator(".comment:focus")).to_contain_text("Qui vient ?")
    reach(page, page.get_by_role("link", name="Répondre à Rose Tremblay"), most=8)
    page.keyboard.press("Enter")
    expect(page.locator(".reply-title:focus")).to_have_count(1)
    reach(page, page.get_by_role("textbox", name="Votre réponse"))
    page.keyboard.type("Moi.")
    reach(page, page.get_by_role("button", name="Publier ma réponse"))
    page.keyboard.press("Enter")
    expect(page.locator(".comment:focus")).to_contain_text("Moi.")


def test_the_toolbar_and_the_preview_of_an_editor_work_by_keyboard(page_for: Open, make: Any) -> None:
    page = page_for(make.user())
    page.goto("/ideas/new")
    text = page.get_by_role("textbox", name="Texte")
    text.fill("important")
    text.press("Control+a")
    page.keyboard.press("Shift+Tab")
    bold = page.get_by_role("button", name="Gras")
    expect(bold).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Italique")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(text).to_have_value("**important**")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("tab", name="Écrire")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tabpanel")).to_contain_text("important")
    expect(page.get_by_role("tabpanel").locator("strong")).to_have_count(1)
    page.keyboard.press("ArrowLeft")
    expect(text).to_be_visible()


def test_filters_and_sorts_work_by_keyboard_and_keep_the_focus(page_for: Open, make: Any) -> None:
    make.idea(kind="need")
    make.idea(kind="project")
    page = page_for(width=360)
    page.goto("/ideas")
    reach(page, page.locator("summary", has_text=re.compile("^Filtrer")))
    page.keyboard.press("Enter")
    box = reach(page, page.get_by_role("checkbox", name="Besoin"))
    page.keyboard.press("Space")
    expect(page.locator(".rows .title")).to_have_count(1)
    expect(box).to_be_focused()
    expect(box).to_be_visible()
    assert page.evaluate(SEEN) == ""
