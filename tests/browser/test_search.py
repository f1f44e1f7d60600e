"""From the header to what was looked for, by keyboard alone and without script, on a phone and on a wide page.

axe looks at each page on the way.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.core import clock
from app.ideas.models import Idea
from tests.browser.test_keyboard import reach
from tests.support.world import HERE

Open = Callable[..., Page]
Axe = Callable[..., None]


@pytest.fixture
def trails(make: Any) -> Idea:
    """Return the oldest of what is found: one idea by its title, another and its many comments by their texts."""
    found: Idea = make.idea(title="Un sentier au bord de l'eau", community=HERE, published_at=clock.ago(days=9))
    other = make.idea(title="Marcher ensemble", body="Sur le sentier.", community="transport-collectif")
    for n in range(22):
        make.comment(other, body=f"Le sentier numéro {n}.")
    return found


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1280, "light")])
def test_a_visitor_finds_narrows_sorts_turns_pages_and_comes_back_by_keyboard(
    page_for: Open, trails: Idea, axe: Axe, width: int, theme: str
) -> None:
    page = page_for(width=width, theme=theme)
    page.goto("/about")
    _ask(page, "sentiers")
    expect(page.get_by_role("heading", name="24 résultats")).to_be_visible()
    axe(page)
    _narrow(page, width)
    axe(page)
    reach(page, page.get_by_role("link", name=re.compile("^Tout effacer|^Retirer le filtre")).first)
    page.keyboard.press("Enter")
    reach(page, page.get_by_role("link", name="Récentes"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Récentes")).to_have_attribute("aria-current", re.compile("."))
    reach(page, page.get_by_role("link", name="Voir la suite"))
    page.keyboard.press("Enter")
    expect(page.locator(".find .title")).to_have_count(4)
    axe(page)
    last = reach(page, page.locator(".find").last.get_by_role("link"))
    expect(last).to_have_text(trails.title)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=trails.title)).to_be_visible()
    page.go_back()
    expect(page.locator(".find .title")).to_have_count(4)
    expect(page.get_by_label("Chercher sur tout le site")).to_have_value("sentiers")


def _ask(page: Page, words: str) -> None:
    """Go from the header to the box, which takes the focus, and look for words."""
    reach(page, page.get_by_role("banner").get_by_role("link", name="Rechercher"), most=12)
    page.keyboard.press("Enter")
    box = page.get_by_label("Chercher sur tout le site")
    expect(box).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def _narrow(page: Page, width: int) -> None:
    """Tick a kind: the list follows at once, is counted aloud, and the focus stays."""
    if width < 800:
        reach(page, page.locator("summary", has_text=re.compile("^Filtrer")))
        page.keyboard.press("Enter")
    kind = reach(page, page.get_by_role("checkbox", name=re.compile("^Idées")))
    page.keyboard.press("Space")
    expect(page.locator(".find .title")).to_have_count(2)
    expect(page.locator("#live")).to_have_text("2 résultats")
    expect(kind).to_be_focused()


def test_a_visitor_finds_narrows_sorts_and_turns_pages_without_script(page_for: Open, trails: Idea) -> None:
    page = page_for(width=360, javascript=False)
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name="Rechercher").click()
    page.get_by_label("Chercher sur tout le site").fill("sentiers")
    page.get_by_role("button", name="Chercher").click()
    expect(page.locator(".find .title").first).to_have_text(trails.title)
    page.get_by_role("link", name="Récentes").click()
    page.get_by_role("link", name="Voir la suite").click()
    expect(page.locator(".find .title")).to_have_count(4)
    page.get_by_role("link", name="Revenir au début").click()
    page.locator("summary", has_text=re.compile("^Filtrer")).click()
    page.get_by_label("Communauté", exact=True).select_option(label="Sécurité alimentaire")
    page.get_by_label("Période").select_option(label="Depuis un mois")
    page.get_by_role("button", name="Appliquer les filtres").click()
    expect(page.locator(".find .title")).to_have_text([trails.title])
    page.locator("summary", has_text=re.compile("^Filtrer")).click()
    page.get_by_label("Territoire").select_option(label="Salaberry-de-Valleyfield")
    page.get_by_role("button", name="Appliquer les filtres").click()
    expect(page.get_by_role("heading", name="Aucun résultat")).to_be_visible()
    page.get_by_role("link", name="Retirer le filtre : Salaberry-de-Valleyfield").click()
    expect(page.locator(".find .title")).to_have_text([trails.title])
    page.get_by_label("Chercher sur tout le site").fill("introuvable")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="Chercher partout").click()
    expect(page.get_by_role("heading", name="Aucun résultat")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Proposer une idée")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_preview_shows_what_is_similar_without_script_and_keeps_what_was_typed(page_for: Open, make: Any) -> None:
    make.idea(title="Des frigos communautaires près des écoles", community=HERE)
    page = page_for(make.user(), javascript=False)
    page.goto("/ideas/new")
    page.get_by_role("textbox", name="Titre").fill("Un frigo communautaire à l'école")
    page.get_by_role("textbox", name="Texte").fill("Un frigo dans l'entrée.")
    page.get_by_role("button", name="Voir l").click()
    expect(page.locator(".nearby").get_by_role("link")).to_contain_text("Des frigos communautaires près des écoles")
    expect(page.get_by_role("textbox", name="Texte")).to_have_value("Un frigo dans l'entrée.")
