"""Somebody of a team who never did it makes a forum: from no meeting at all to an open marketplace with topics in it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.forum.models import ForumRoom, ForumTopic
from tests.support.rows import every

Open = Callable[..., Page]
QUESTION = "Que faut-il changer pour que chaque personne trouve sa place ici?"
WALL = (
    "Un autobus du soir; Ginette; Grande salle; 10 h\nUn marché le samedi; Luz\nUn prêt d'outils; Omar; Salle 2; 10 h"
)


class Hands:
    """What a person does on pages, counted: the fields that they fill, and their presses."""

    def __init__(self, page: Page):
        self.page, self.fields, self.presses = page, 0, 0

    def fill(self, label: str, text: str) -> None:
        field = self.page.locator("main").get_by_label(label).first
        if field.evaluate("field => field.localName") == "select":
            field.select_option(label=text)
        else:
            field.fill(text)
        self.fields += 1

    def press(self, name: str, role: Any = "button") -> None:
        self.page.locator("main").get_by_role(role, name=name, exact=True).first.click()
        self.presses += 1


@pytest.mark.parametrize("javascript", [True, False])
def test_from_nothing_to_an_open_marketplace(page_for: Open, fae: Any, clock: Any, javascript: bool) -> None:
    clock.at("2027-02-10T15:00:00Z")
    page = page_for(fae, javascript=javascript)
    page.goto("/events/new")
    hands = Hands(page)
    for label, text in (
        ("Titre", "Trouver sa place ici"),
        ("Premier jour", "2027-03-20"),
        ("Heure du début", "09:00"),
        ("Dernier jour", "2027-03-20"),
        ("Heure de la fin", "12:00"),
        ("Municipalité", "Beauharnois"),
        ("Lieu", "Centre communautaire"),
    ):
        hands.fill(label, text)
    hands.press("Garder le brouillon")
    hands.press("En faire un Forum ouvert", "link")
    hands.fill("La question", QUESTION)
    hands.press("Faire le forum")
    expect(page.locator("#flashes")).to_contain_text("Le forum est prêt")
    page.locator("[name='rooms-0-name']").fill("Grande salle")
    hands.fields += 1
    hands.press("Garder le brouillon")
    # What the forum asks for is said where one is: its meeting is a draft, and shorter than its hours.
    expect(page.locator("main")).to_contain_text("La place du marché s’ouvre une fois la rencontre publiée.")
    expect(page.locator("main")).to_contain_text("Les plages finissent à 13 h 30, après la fin annoncée")
    hands.press("Changer la fin de la rencontre", "link")
    hands.fill("Heure de la fin", "13:30")
    hands.press("Garder le brouillon")
    hands.press("Voir le forum", "link")
    expect(page.locator("main")).not_to_contain_text("après la fin annoncée")
    hands.press("Publier la rencontre", "link")
    hands.press("Publier la rencontre")
    hands.press("Ouvrir la place du marché")
    hands.press("Recopier le mur", "link")
    hands.fill("Les sujets, un par ligne", WALL)
    hands.press("Mettre au mur")
    expect(page.locator("#wall")).to_contain_text("Au mur, 3 sujets")
    assert [room.name for room in every(ForumRoom)][:2] == ["Grande salle", "Salle 2"]
    assert [topic.is_placed for topic in every(ForumTopic)] == [True, False, True]
    # Some seconds for a press, half a minute for a field and its thought: within ten minutes.
    assert (hands.fields, hands.presses) == (11, 12)
