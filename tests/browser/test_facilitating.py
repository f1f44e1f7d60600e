"""Two hours a week, without a mouse: first posts, a measure and its way back, a report; and the charter that changed."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.accounts.models.documents import CHARTER, Document
from tests.browser.test_keyboard import reach

Open = Callable[..., Page]
HERE = "securite-alimentaire"


def press(page: Page, role: Any, name: Any) -> None:
    """Come to a link or a button by Tab, and press it."""
    reach(page, page.locator("main").get_by_role(role, name=name).first, most=140)
    page.keyboard.press("Enter")


def write(page: Page, label: Any, text: str) -> None:
    reach(page, page.get_by_label(label), most=140)
    page.keyboard.type(text)


def test_a_facilitator_reads_a_first_post_publishes_it_and_trusts_its_author(
    page_for: Open, make: Any, fae: Any
) -> None:
    newcomer = make.user("Nina Nouvelle", trusted_at=None)
    idea = make.idea(newcomer, HERE, "pending", title="Un frigo pour tout le monde", suspect="first")
    page = page_for(fae)
    page.goto(f"/ideas/{idea.id}")
    expect(page.locator(".pending")).to_contain_text("première contribution")
    press(page, "button", "Publier et faire confiance")
    expect(page.locator("#flashes")).to_contain_text(re.compile("C.est publié"))
    expect(page.locator(".pending")).to_have_count(0)
    second = page_for(newcomer)
    second.goto("/ideas/new")
    second.get_by_role("textbox", name="Titre").fill("Une deuxième idée à moi")
    second.get_by_role("textbox", name="Texte").fill("Elle paraît tout de suite.")
    second.get_by_label("Communauté de pratique qui la porte").select_option(label="Sécurité alimentaire")
    second.get_by_role("button", name="Publier", exact=True).click()
    expect(second.locator("#moment")).to_contain_text("prend la route")


def test_a_facilitator_hides_a_comment_with_a_reason_and_restores_it(page_for: Open, make: Any, fae: Any) -> None:
    idea = make.idea(community=HERE)
    make.comment(idea, make.user("Paul"), "Un mot de trop.")
    page = page_for(fae)
    page.goto(f"/ideas/{idea.id}")
    press(page, "link", re.compile("^Masquer.*Paul"))
    press(page, "button", "Masquer ce contenu")
    expect(page.locator(".error-summary:focus")).to_have_count(1)
    write(page, re.compile("^Motif"), "On y vise une personne.")
    press(page, "button", "Masquer ce contenu")
    expect(page.locator(".comment")).to_contain_text("On y vise une personne.")
    press(page, "link", re.compile("^Rétablir"))
    write(page, re.compile("^Motif"), "Relu à deux.")
    press(page, "button", "Rétablir ce contenu")
    expect(page.locator(".comment")).to_contain_text("Un mot de trop.")
    page.goto("/journal")
    expect(page.locator(".journal-day li")).to_have_count(2)
    expect(page.locator(".journal")).not_to_contain_text("Paul")


def test_a_member_reports_and_a_facilitator_decides(page_for: Open, make: Any, fae: Any, axe: Any) -> None:
    idea = make.idea(community=HERE)
    make.comment(idea, make.user("Paul"), "Une attaque.")
    reporter = page_for(make.user("Mia"))
    reporter.goto(f"/ideas/{idea.id}")
    press(reporter, "link", re.compile("^Signaler.*Paul"))
    reach(reporter, reporter.get_by_role("radio").first)
    reporter.keyboard.press("ArrowDown")
    expect(reporter.get_by_role("radio", name=re.compile("^Attaque"))).to_be_checked()
    write(reporter, re.compile("^En vos mots"), "On y vise mon voisin.")
    press(reporter, "button", "Envoyer le signalement")
    expect(reporter.locator("#flashes")).to_contain_text("Merci")
    page = page_for(fae)
    page.goto("/moderation/cases")
    press(page, "link", re.compile("Commentaire|Une idée"))
    expect(page.get_by_text("On y vise mon voisin.")).to_be_visible()
    write(page, re.compile("^Motif"), "Contraire à la charte.")
    press(page, "button", "Masquer et clore")
    expect(page.locator("#flashes")).not_to_be_empty()
    axe(page)
    reporter.goto("/account/reports")
    expect(reporter.locator("main")).to_contain_text("Contraire à la charte.")


def test_a_member_reports_without_script(page_for: Open, make: Any) -> None:
    idea = make.idea(community=HERE)
    page = page_for(make.user("Mia"), javascript=False)
    page.goto(f"/ideas/{idea.id}")
    page.locator("main").get_by_role("link", name=re.compile("^Signaler")).first.click()
    page.get_by_role("radio", name=re.compile("^Autre chose")).check()
    page.get_by_role("button", name="Envoyer le signalement").click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.get_by_role("radio", name=re.compile("^Autre chose"))).to_be_checked()
    page.get_by_label(re.compile("^En vos mots")).fill("C'est une copie.")
    page.get_by_role("button", name="Envoyer le signalement").click()
    expect(page.locator("#flashes")).to_contain_text("Merci")


@pytest.fixture
def new_charter(make: Any) -> None:
    for number in (1, 2):
        make.add(
            Document(
                name=CHARTER,
                number=number,
                body=f"Une règle, puis {number}.",
                body_en="",
                summary="Une règle de plus.",
                asks_again=number > 1,
            )
        )


@pytest.mark.parametrize("javascript", [True, False])
def test_what_was_being_written_goes_on_with_the_charter(
    page_for: Open, make: Any, new_charter: None, axe: Any, javascript: bool
) -> None:
    idea = make.idea(community=HERE)
    page = page_for(make.user("Mia"), javascript=javascript, width=360)
    page.goto(f"/ideas/{idea.id}")
    expect(page.get_by_text("La charte de participation a changé.")).to_be_visible()
    page.get_by_role("textbox", name="Votre commentaire").fill("Un mot pesé.")
    page.get_by_role("button", name="Publier mon commentaire").click()
    expect(page.get_by_role("heading", level=1, name="La charte a changé")).to_be_visible()
    expect(page.locator("pre")).to_have_text("Un mot pesé.")
    if javascript:
        axe(page)
    page.get_by_role("button", name=re.compile("accepte et j")).click()
    expect(page.locator(".comment")).to_contain_text("Un mot pesé.")
    expect(page.get_by_text("La charte de participation a changé.")).to_have_count(0)


def test_a_support_that_meets_the_charter_shows_it_in_the_place_of_the_page(
    page_for: Open, make: Any, new_charter: None
) -> None:
    idea = make.idea(community=HERE)
    page = page_for(make.user("Mia"))
    page.goto(f"/ideas/{idea.id}")
    page.get_by_role("button", name="Appuyer cette idée").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("La charte a changé")
    page.get_by_role("button", name=re.compile("accepte et j")).click()
    expect(page.locator("#support")).to_contain_text("Vous appuyez cette idée")
