"""Everything that can be read and done, in a browser that runs no script."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.mail import Outbox
from tests.support.make import PASSWORD

Open = Callable[..., Page]
HERE = "securite-alimentaire"


def test_a_visitor_reads_filters_and_pages_without_script(page_for: Open, make: Any) -> None:
    for _ in range(21):
        make.idea(kind="need")
    make.idea(kind="project", title="Un projet parmi des besoins")
    page = page_for(javascript=False)
    page.goto("/ideas")
    expect(page.locator(".js-only").first).to_be_hidden()
    page.locator(".pages").get_by_role("link", name=re.compile("suivant")).click()
    expect(page.locator(".rows .title")).to_have_count(2)
    page.goto("/ideas")
    page.get_by_role("checkbox", name="Projet").check()
    page.get_by_role("button", name="Appliquer les filtres").click()
    expect(page.locator(".rows .title")).to_have_text(["Un projet parmi des besoins"])
    page.get_by_label("Chercher dans les idées").fill("bésoins")
    page.get_by_role("button", name="Chercher").click()
    expect(page.locator(".rows .title")).to_have_count(1)
    page.locator("summary[title=Apparence]").click()
    page.locator("details.menu[open]").get_by_role("button", name="Sombre").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_someone_registers_signs_in_and_asks_for_a_password_without_script(
    page_for: Open, make: Any, outbox: Outbox
) -> None:
    page = page_for(javascript=False)
    page.goto("/register")
    page.get_by_label("Nom").fill("Rose")
    page.get_by_role("button", name="Ouvrir mon compte").click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.get_by_label("Nom")).to_have_value("Rose")
    page.get_by_label("Adresse courriel").fill("rose@example.org")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_label(re.compile("accepte la charte")).check()
    page.get_by_label(re.compile("accepte la politique")).check()
    page.get_by_role("button", name="Ouvrir mon compte").click()
    page.goto(next(link for link in outbox.links(outbox[0]) if link.startswith("/confirm/")))
    page.get_by_label("Mot de passe choisi").fill(PASSWORD)
    page.get_by_role("button", name="Confirmer et ouvrir mon compte").click()
    expect(page.locator("summary", has_text="Menu : Rose")).to_have_count(1)


def test_a_member_posts_edits_talks_and_supports_without_script(page_for: Open, make: Any) -> None:
    page = page_for(make.user("Rose"), javascript=False)
    page.goto("/ideas/new")
    page.get_by_role("textbox", name="Titre").fill("Court")
    page.get_by_role("textbox", name="Texte").fill("Un texte **gardé**.")
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.get_by_role("textbox", name="Texte")).to_have_value("Un texte **gardé**.")
    page.get_by_role("textbox", name="Titre").fill("Un titre assez long")
    page.get_by_label("Communauté de pratique qui la porte").select_option(label="Sécurité alimentaire")
    page.get_by_role("button", name="Voir l").click()
    expect(page.locator(".preview strong")).to_have_text("gardé")
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Un titre assez long")).to_be_visible()
    page.get_by_role("link", name="Modifier", exact=True).click()
    page.get_by_role("textbox", name="Titre").fill("Un titre plus long encore")
    page.get_by_role("button", name="Publier les changements").click()
    expect(page.get_by_role("link", name="Version 2")).to_be_visible()
    _support(page)
    _talk(page)


def _support(page: Page) -> None:
    page.get_by_label("Afficher mon nom parmi les appuis").check()
    page.get_by_role("button", name="Appuyer cette idée").click()
    expect(page.locator("#support")).to_contain_text(re.compile("Avec l.appui de Rose"))
    page.get_by_role("button", name="Retirer mon appui").click()
    expect(page.locator(".support-count")).to_have_text("Pas encore d’appui")


def _talk(page: Page) -> None:
    page.get_by_role("textbox", name="Votre commentaire").fill("  ")
    page.get_by_role("button", name="Publier mon commentaire").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.get_by_role("textbox", name="Votre commentaire").fill("Un premier mot.")
    page.get_by_role("button", name="Publier mon commentaire").click()
    page.get_by_role("link", name="Répondre à Rose").click()
    page.get_by_role("textbox", name="Votre réponse").fill("Une réponse à moi.")
    page.get_by_role("button", name="Publier ma réponse").click()
    expect(page.locator(".comment")).to_have_count(2)
    page.locator(".comment").last.get_by_role("link", name="Corriger").click()
    page.get_by_role("textbox").last.fill("Une réponse corrigée.")
    page.get_by_role("button", name="Publier la correction").click()
    expect(page.locator(".comment").last).to_contain_text("corrigée")
    page.locator(".comment").last.get_by_role("link", name="Supprimer").click()
    page.get_by_role("button", name="Supprimer mon commentaire").click()
    expect(page.get_by_text("Une réponse corrigée.")).to_have_count(0)


def test_a_facilitator_hides_restores_and_answers_without_script(page_for: Open, make: Any) -> None:
    someone = make.user("Fae", facilitates=[HERE])
    idea = make.idea(title="Une idée à modérer", community=HERE)
    make.comment(idea, body="Un mot de trop.")
    page = page_for(someone, javascript=False)
    page.goto(f"/ideas/{idea.id}")
    page.locator(".comment").get_by_role("link", name="Masquer").click()
    page.get_by_label("Motif").fill("Hors du sujet.")
    page.get_by_role("button", name="Masquer ce contenu").click()
    expect(page.locator(".comment")).to_contain_text("Hors du sujet.")
    page.locator(".comment").get_by_role("link", name="Rétablir").click()
    page.get_by_label("Motif").fill("À relire.")
    page.get_by_role("button", name="Rétablir ce contenu").click()
    expect(page.get_by_text("Un mot de trop.")).to_be_visible()
    page.get_by_role("link", name="Répondre au nom de la communauté").click()
    page.get_by_role("radio", name=re.compile("étude")).check()
    page.get_by_label("Motif public").fill("Nous en parlons ce mois-ci.")
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.locator("#answer")).to_contain_text("Nous en parlons ce mois-ci.")
