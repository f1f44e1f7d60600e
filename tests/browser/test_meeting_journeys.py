"""A meeting, each by the person who meets it: a guest on a phone, with a script and without; a facilitator without a mouse."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from app.core import clock as time
from app.events.models.meetings import Event
from app.web.events import place_mails
from tests.browser.test_facilitating import press, write
from tests.browser.test_keyboard import reach
from tests.events.coming import new_event
from tests.support.door import keep_door
from tests.support.mail import Outbox
from tests.support.rows import again, last

Open = Callable[..., Page]
ADDRESS = "gen@example.org"


@pytest.fixture
def look(axe: Callable[..., None], javascript: bool) -> Callable[[Page], None]:
    """Look at a page as it stands: nothing of it is aside, and, where scripts run, it has no barrier."""

    def check(page: Page) -> None:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
        if javascript:
            axe(page)

    return check


def open_letter(outbox: Outbox) -> str:
    """Return where the button of the last letter to the guest leads."""
    place_mails.write_mails()
    return outbox.links(outbox.to(ADDRESS)[-1])[0].split("#")[0]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_guest_goes_from_the_page_of_a_meeting_to_its_door_and_gives_the_place_back(
    make: Any, page_for: Open, outbox: Outbox, look: Callable[[Page], None], javascript: bool
) -> None:
    event: Any = new_event(make, capacity_in_person=2)
    luc = keep_door(make, event, make.user(name="Luc"))
    page = page_for(None, width=320, height=640, javascript=javascript)
    page.goto(f"/events/{event.id}")
    look(page)
    page.locator(".support-bar").get_by_role("link").click()
    page.locator("#coming").get_by_role("link", name="S’inscrire").click()
    form = page.locator("main form.form")
    form.get_by_role("button", name="S’inscrire").click()
    expect(page.locator(".error-summary")).to_contain_text("Votre nom")
    look(page)
    form.get_by_label("Votre nom").fill("Geneviève Larose")
    form.get_by_label("Votre courriel").fill(ADDRESS)
    form.get_by_label("En salle").check()
    form.get_by_label("Combien de personnes").select_option("2")
    form.get_by_label(re.compile("accepte que mon nom")).check()
    form.get_by_role("button", name="S’inscrire").click()
    expect(page.locator("body")).to_contain_text(ADDRESS)
    look(page)
    page.goto(open_letter(outbox))
    expect(page.get_by_role("heading", level=1)).to_have_text("Confirmez votre place")
    look(page)
    page.locator("summary", has_text="Besoin de quelque chose").click()
    page.get_by_label(re.compile("De quoi avez-vous besoin")).fill("Un siège près de la sortie")
    page.get_by_role("button", name="Confirmer ma place").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous avez une place")
    look(page)
    code = page.locator(".facts-list dd b").last.inner_text()
    door = page_for(luc, width=320, height=640, javascript=javascript)
    door.goto(f"/events/{event.id}/door?q={code}")
    guest = door.locator(".guests > li", has_text="Geneviève Larose")
    expect(guest).to_contain_text("Un siège près de la sortie")
    guest.get_by_role("button", name="Arrivée").click()
    expect(guest).to_contain_text("par Luc")
    look(door)
    letter = open_letter(outbox)
    page.goto(letter)
    expect(page.get_by_role("button", name="Rendre ma place")).to_have_count(0)
    door.reload()
    # The row says it before the site has it.
    with door.expect_response(re.compile("/arrival/withdrawal$")):
        guest.get_by_role("button", name="Annuler").click()
    expect(guest.get_by_role("button", name="Arrivée")).to_be_visible()
    page.goto(letter)
    page.get_by_role("button", name="Rendre ma place").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous ne venez plus")
    expect(page.locator("body")).to_contain_text("Votre place est rendue")
    look(page)
    door.goto(f"/events/{event.id}/door")
    expect(door.get_by_text("Geneviève Larose")).to_be_hidden()


def fill(page: Page, label: Any, value: str) -> None:
    """Come to a field by Tab, and put a day or an hour in it as its calendar would."""
    field: Locator = reach(page, page.locator("main").get_by_label(label), most=140)
    field.fill(value)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_facilitator_goes_from_a_draft_to_minutes_and_their_correction_without_a_mouse(
    make: Any, fae: Any, page_for: Open, look: Callable[[Page], None], javascript: bool
) -> None:
    idea = make.idea(title="Un toit partagé")
    page = page_for(fae, javascript=javascript)
    page.goto("/events")
    press(page, "link", "Préparer une rencontre")
    write(page, re.compile(r"^Titre \("), "Se loger près de son travail")
    day = (time.today() + timedelta(days=20)).isoformat()
    for name in ("Premier jour", "Dernier jour"):
        fill(page, re.compile(f"^{name}"), day)
        fill(page, re.compile("^Heure du début" if name == "Premier jour" else "^Heure de la fin"), "18:30")
    reach(page, page.get_by_label(re.compile("^Municipalité")))
    page.keyboard.type("Saint-Rémi")
    press(page, "button", "Garder le brouillon")
    expect(page.locator(".error-summary")).to_contain_text("La fin vient après le début.")
    look(page)
    fill(page, re.compile("^Heure de la fin"), "20:30")
    press(page, "button", "Garder le brouillon")
    expect(page.locator("main")).to_contain_text("n’est vu que de votre équipe")
    look(page)
    press(page, "link", "Publier")
    expect(page.get_by_role("heading", level=1)).to_have_text("Publier la rencontre")
    look(page)
    press(page, "button", "Publier la rencontre")
    expect(page.locator("#flashes")).to_contain_text("La rencontre est au calendrier")
    look(page)
    press(page, "link", "Déplacer")
    fill(page, re.compile("^Heure du début"), "19:00")
    press(page, "button", "Déplacer la rencontre")
    expect(page.locator(".error-summary")).to_contain_text("Motif")
    look(page)
    write(page, re.compile("^Motif"), "La salle se libère plus tard.")
    press(page, "button", "Déplacer la rencontre")
    expect(page.locator("main")).to_contain_text("elle était prévue le")
    look(page)
    _write_minutes(page, make, look, idea)
    press(page, "link", "Corriger le compte rendu")
    write(page, re.compile("^Ce que vous corrigez"), "Un nom manquait.")
    write(page, re.compile("^Compte rendu"), "Avec Luc. ")
    press(page, "button", "Publier la correction")
    expect(page.locator("#minutes")).to_contain_text("Un nom manquait.")
    look(page)
    page.goto(f"/ideas/{idea.id}")
    expect(page.locator("main")).to_contain_text("Se loger près de son travail")


def _write_minutes(page: Page, make: Any, look: Callable[[Page], None], idea: Any) -> None:
    """Have the meeting held, then publish what came of it."""
    event = last(Event)
    make.at(event, starts_at=time.now() - timedelta(hours=3), ends_at=time.now() - timedelta(hours=1))
    page.reload()
    expect(page.locator("main")).to_contain_text("son compte rendu n’est pas encore publié")
    look(page)
    press(page, "link", "Écrire le compte rendu")
    press(page, "button", "Publier le compte rendu")
    expect(page.locator(".error-summary")).to_contain_text("Écrivez le compte rendu")
    look(page)
    write(page, re.compile("^Compte rendu"), "On forme un comité.")
    write(page, "Ce qui est décidé", "Un comité de trois personnes")
    write(page, re.compile("^Idée ou action"), f"#{idea.id}")
    press(page, "button", "Publier le compte rendu")
    expect(page.locator("#minutes")).to_contain_text("Un comité de trois personnes")
    look(page)
    assert again(event).is_closed
