"""Someone takes part, from the registration to the support of others; a hurried hand makes one thing, not two."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.mail import Outbox
from tests.support.make import PASSWORD

Open = Callable[..., Page]
ADDRESS = "rose@example.org"
TITLE = "Un marché public le samedi matin"


def test_someone_registers_confirms_posts_is_answered_and_supported(
    page_for: Open, make: Any, outbox: Outbox, sql: Any
) -> None:
    rose = page_for()
    _register(rose, outbox)
    expect(rose.locator("summary", has_text="Menu : Rose Tremblay")).to_have_count(1)
    rose.get_by_role("link", name="Proposer une idée").first.click()
    write(rose, TITLE)
    rose.get_by_role("button", name="Envoyer à l’équipe").click()
    expect(rose.locator("#moment")).to_contain_text("Merci, Rose.")
    expect(rose.get_by_role("heading", level=2, name=TITLE)).to_be_visible()
    boss = page_for(make.user("Coco", role="coordinator"))
    boss.goto(rose.url)
    boss.get_by_role("button", name="Publier et faire confiance").click()
    expect(boss.get_by_role("button", name="Publier et faire confiance")).to_have_count(0)
    paul = page_for(make.user("Paul Voisin"))
    paul.goto(rose.url)
    paul.get_by_label("Ce que je suggère").check()
    paul.get_by_role("textbox", name="Votre commentaire").fill("Près de **l'église**, il y a de la place.")
    paul.get_by_role("button", name="Publier mon commentaire").click()
    expect(paul.locator(".comment:focus")).to_contain_text("Près de l'église")
    paul.get_by_role("button", name="Appuyer cette idée").click()
    expect(paul.locator("#support")).to_contain_text("Vous appuyez cette idée")
    rose.reload()
    expect(rose.locator(".support-count")).to_have_text("1 appui")
    rose.get_by_role("button", name=re.compile("^Utile")).click()
    expect(rose.get_by_role("button", name=re.compile("^Utile"))).to_have_attribute("aria-pressed", "true")
    rose.get_by_role("link", name="Répondre à Paul Voisin").click()
    rose.get_by_role("textbox", name="Votre réponse").fill("Merci, j'y pense.")
    rose.get_by_role("button", name="Publier ma réponse").click()
    expect(rose.locator(".comment:focus")).to_contain_text("Merci, j'y pense.")
    assert sql("SELECT votes_count, comments_count FROM ideas") == [(1, 2)]


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (360, False)])
def test_a_stranger_is_led_from_the_first_press_to_the_form(
    page_for: Open, outbox: Outbox, width: int, javascript: bool
) -> None:
    page = page_for(width=width, javascript=javascript)
    page.goto("/")
    page.get_by_role("link", name="Proposer une idée").first.click()
    expect(page.get_by_text("Pour proposer une idée, il faut un compte.")).to_be_visible()
    _fill_registration(page, outbox)
    expect(page.get_by_text("Bienvenue, Rose Tremblay")).to_be_visible()
    expect(page.get_by_role("textbox", name="Titre")).to_be_visible()


def _register(page: Page, outbox: Outbox) -> None:
    page.goto("/register")
    _fill_registration(page, outbox)


def _fill_registration(page: Page, outbox: Outbox) -> None:
    page.get_by_label("Nom").fill("Rose Tremblay")
    page.get_by_label("Adresse courriel").fill(ADDRESS)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_label(re.compile("accepte la charte")).check()
    page.get_by_label(re.compile("accepte la politique")).check()
    page.get_by_role("button", name="Ouvrir mon compte").click()
    expect(page.get_by_role("heading", name="Consultez vos courriels")).to_be_visible()
    [mail] = outbox.to(ADDRESS)
    page.goto(next(link for link in outbox.links(mail) if link.startswith("/confirm/")))
    page.get_by_label("Mot de passe choisi").fill(PASSWORD)
    page.get_by_role("button", name="Confirmer et ouvrir mon compte").click()


def write(page: Page, title: str) -> None:
    page.get_by_role("textbox", name="Titre").fill(title)
    page.get_by_role("textbox", name="Texte").fill("Pour se voir, et manger d'ici.")
    page.get_by_label("Communauté de pratique qui la porte").select_option(label="Sécurité alimentaire")


def test_two_presses_on_publish_make_one_idea(page_for: Open, make: Any, sql: Any) -> None:
    page = page_for(make.user())
    page.goto("/ideas/new")
    write(page, TITLE)
    page.get_by_role("button", name="Publier", exact=True).dblclick()
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    assert sql("SELECT count(*) FROM ideas") == [(1,)]


def test_going_back_and_publishing_again_makes_one_idea(page_for: Open, make: Any, sql: Any) -> None:
    page = page_for(make.user())
    page.goto("/ideas/new")
    write(page, TITLE)
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    page.go_back()
    if page.locator("[name=title]").input_value() == "":
        write(page, TITLE)
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    assert sql("SELECT count(*) FROM ideas") == [(1,)]


def test_two_presses_on_a_comment_make_one(page_for: Open, make: Any, sql: Any) -> None:
    idea = make.idea()
    page = page_for(make.user())
    page.goto(f"/ideas/{idea.id}")
    page.get_by_role("textbox", name="Votre commentaire").fill("Une seule fois.")
    page.get_by_role("button", name="Publier mon commentaire").dblclick()
    expect(page.locator(".comment:focus")).to_contain_text("Une seule fois.")
    assert sql("SELECT count(*) FROM comments") == [(1,)]


def test_going_back_and_posting_a_comment_again_makes_one(page_for: Open, make: Any, sql: Any) -> None:
    idea = make.idea()
    page = page_for(make.user())
    page.goto(f"/ideas/{idea.id}")
    for _ in range(2):
        page.get_by_role("textbox", name="Votre commentaire").fill("Une seule fois.")
        page.get_by_role("button", name="Publier mon commentaire").click()
        expect(page.locator(".comment:focus")).to_contain_text("Une seule fois.")
        page.go_back()
    assert sql("SELECT count(*) FROM comments") == [(1,)]


@pytest.mark.parametrize(("width", "javascript"), [(360, False), (1280, True)])
def test_a_member_places_an_idea_by_ticking_and_one_more_sentence_loses_no_place(
    page_for: Open, make: Any, width: int, javascript: bool
) -> None:
    page = page_for(make.user(), width=width, javascript=javascript)
    page.goto("/ideas/new")
    write(page, TITLE)
    page.get_by_text("Préciser le lieu, les enjeux, les étiquettes").click()
    for name in ("Transport collectif", "Éducation", "Logement"):
        page.get_by_role("checkbox", name=name, exact=True).check()
    page.get_by_text("Beauharnois-Salaberry", exact=True).click()
    page.get_by_role("checkbox", name="Salaberry-de-Valleyfield").check()
    page.get_by_label("Étiquettes").fill("marché")
    page.get_by_role("button", name="Publier", exact=True).click()
    places = ["Transport collectif", "Éducation", "Logement", "Salaberry-de-Valleyfield"]
    expect(page.locator(".places a")).to_have_text(places)
    page.get_by_role("link", name="Modifier").first.click()
    page.get_by_role("textbox", name="Texte").fill("Une phrase de plus, et rien d'autre.")
    page.get_by_role("button", name="Publier les changements").click()
    expect(page.locator(".prose").first).to_contain_text("Une phrase de plus")
    expect(page.locator(".places a")).to_have_text(places)
    expect(page.locator(".tags a")).to_have_text(["marché"])
