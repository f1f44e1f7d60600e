"""From a workbook to the person who had asked for it, through the pages: without script, by keyboard alone, on a phone.

axe looks at each page on the way.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from app.accounts.models.people import User
from app.ideas.models import Idea
from app.notifications import jobs
from app.plan.models.structure import Action
from tests.browser.test_facilitating import press, write
from tests.browser.test_keyboard import reach
from tests.support.make import idea_page
from tests.support.make_plan import MakePlan
from tests.support.sheets import HEAD, PLACE, xlsx_of
from tests.support.world import HERE

Open = Callable[..., Page]
Axe = Callable[..., None]
TITLE = "Vingt-deux kilomètres pour du lait"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def need(make: Any, author: User) -> Idea:
    found: Idea = make.idea(author, HERE, "retained", title=TITLE, kind="need")
    return found


def workbook(due: str) -> FilePayload:
    """Return the workbook of a plan of one action, whose milestone is due on a day, as a person chooses it on their disk."""
    rows = xlsx_of(
        [*HEAD, "Communauté", "Jalon", "Échéance"],
        [*PLACE, "Une tournée", "Sécurité alimentaire", "Trouver un camion", due],
    )
    return {"name": "Plan régional.xlsx", "mimeType": XLSX, "buffer": rows}


def look(page: Page, other: Page, axe: Axe) -> None:
    """Let axe, which is a script, look at a page that runs none: at its words in a browser that runs scripts."""
    other.goto("/terms")
    other.set_content(page.content())
    axe(other)


def test_the_coordination_begins_a_plan_and_brings_it_from_a_workbook_without_script(
    page_for: Open, make: Any, axe: Axe
) -> None:
    page, other = page_for(make.user(role="coordinator"), javascript=False), page_for()
    page.goto("/plan")
    page.get_by_role("link", name="Commencer un plan").click()
    page.get_by_label("Titre").fill("Plan d'action intégré")
    page.get_by_label("Premier jour").fill("2026-04-01")
    page.get_by_label("Dernier jour").fill("2029-03-31")
    page.get_by_role("button", name="Enregistrer").click()
    page.goto("/plan/import")
    look(page, other, axe)
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.locator(".error-summary")).to_contain_text("Choisissez un fichier")
    look(page, other, axe)
    page.get_by_label(re.compile("^Fichier")).set_input_files(workbook("en mai, si tout va bien"))
    page.get_by_role("button", name="Lire le fichier").click()
    refusal = page.get_by_role("table", name="Ce qui est refusé").get_by_role("row").last
    expect(refusal).to_contain_text("en mai, si tout va bien")
    expect(refusal).to_contain_text(re.compile("date"))
    look(page, other, axe)
    page.get_by_role("link", name="Envoyer le fichier corrigé").click()
    page.get_by_label(re.compile("^Fichier")).set_input_files(workbook("15 mai 2027"))
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.locator("main")).to_contain_text("Une tournée")
    look(page, other, axe)
    page.get_by_label("Motif de cette version").fill("Adopté en assemblée le 12 mai.")
    page.get_by_role("button", name="Publier cette version").click()
    expect(page.locator("#flashes")).to_contain_text("Le plan est publié")
    look(page, other, axe)
    page.get_by_role("link", name="Une tournée", exact=True).click()
    expect(page.locator(".timeline")).to_contain_text("15 mai 2027")


def test_a_need_is_linked_its_action_moves_and_whoever_asked_reads_it_up_to_the_result(
    page_for: Open, make: Any, fae: User, author: User, need: Idea, axe: Axe
) -> None:
    plans, keeper = MakePlan(make), make.user("Chantal Perdrix", admitted_count=1)
    action = plans.action("Une tournée", 1, community=HERE)
    _link(page_for(fae), need, axe)
    _give_the_charge(page_for(plans.boss, width=360), action, axe)
    _move(page_for(keeper), action, axe)
    jobs.tell_followers()
    _read(page_for(author, theme="dark", width=360), axe)


def _link(page: Page, need: Idea, axe: Axe) -> None:
    """Tie a need to an action, by its team."""
    page.goto(idea_page(need))
    page.get_by_role("link", name="Lier à une action").click()
    page.get_by_label("Motif").fill("L'action répond à ce besoin.")
    page.get_by_role("button", name="Lier à cette action").click()
    expect(page.locator(".error-summary")).to_be_focused()
    axe(page)
    page.get_by_label("Action du plan").select_option(label="1.1.1 Une tournée")
    page.get_by_role("button", name="Lier à cette action").click()
    expect(page.locator("#plan")).to_contain_text("répond à ce besoin")
    expect(page.locator("#plan")).to_be_focused()
    axe(page)


def _give_the_charge(page: Page, action: Action, axe: Axe) -> None:
    page.goto(f"/plan/actions/{action.id}")
    page.get_by_role("link", name="Qui la tient à jour").click()
    page.get_by_label("Adresse courriel de la personne").fill("personne")
    page.get_by_role("button", name="Donner la charge").click()
    expect(page.locator(".error-summary")).to_be_focused()
    axe(page)
    page.get_by_label("Nom de la personne").fill("perdrix chantal")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_be_focused()
    axe(page)
    page.get_by_label("Chantal Perdrix").check()
    page.locator("#found").get_by_role("button", name="Donner la charge").click()
    expect(page.locator("main")).to_contain_text("Chantal Perdrix")
    axe(page)


def _move(page: Page, action: Action, axe: Axe) -> None:
    """Say where an action is, and tick its milestone, by keyboard alone."""
    page.goto(f"/plan/actions/{action.id}")
    press(page, "link", "Dire où elle en est")
    write(page, re.compile("^Où en est l.action"), "Le camion est trouvé.")
    reach(page, page.get_by_label("Ce jalon est franchi"))
    page.keyboard.press("Space")
    press(page, "button", "Publier")
    expect(page.locator(".error-summary")).to_be_focused()
    axe(page)
    press(page, "link", re.compile("^Ce qui montre"))
    expect(page.get_by_label("Ce qui le montre")).to_be_focused()
    page.keyboard.type("Un contrat est signé.")
    press(page, "button", "Publier")
    expect(page.locator("#flashes .notice")).to_be_focused()
    expect(page.locator(".timeline .is-done")).to_contain_text("Un contrat est signé.")
    axe(page)
    press(page, "link", "Dire où elle en est")
    expect(page.get_by_role("textbox", name=re.compile("^Où en est l.action"))).to_have_value("")


def _read(page: Page, axe: Axe) -> None:
    """Go from the notice to the idea it begins with, and from there all along its journey."""
    page.goto("/notifications")
    expect(page.locator(".notice-group").first).to_contain_text("a mené à « Une tournée »")
    axe(page)
    page.locator(".notice-group").get_by_role("link", name=TITLE).first.click()
    expect(page.locator("#plan")).to_contain_text("1 jalon de 1")
    page.get_by_role("link", name="Voir tout le chemin").click()
    expect(page.locator(".journey-step").last).to_contain_text("Un contrat est signé.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    axe(page)
    page.locator(".journey-step").last.get_by_role("link", name=re.compile("^Voir l.action")).click()
    expect(page.locator("#bulletins")).to_contain_text("Le camion est trouvé.")
    axe(page)
