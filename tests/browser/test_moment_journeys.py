"""From the act of a team to the page of the author, the notice and the mail: each says what became of their idea, in both languages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.core import clock as hours
from app.core.db import db
from app.notifications import jobs
from app.web.notices.immediate_mails import write_mails
from tests.support.make_plan import MakePlan
from tests.support.world import HERE

Open = Callable[..., Page]
WHY = "On commence avec douze personnes."
# By status: the title of the moment, then how the subject of the mail begins.
SAID = {
    "fr": {
        "under_review": ("Votre idée est à l’étude.", "Votre idée est à l’étude"),
        "retained": ("Oui : votre idée est retenue.", "Oui : votre idée est retenue"),
        "declined": ("La réponse est non, et voici pourquoi.", "La réponse à votre idée est non, et voici pourquoi"),
    },
    "en": {
        "under_review": ("Your idea is being looked into.", "Your idea is being looked into"),
        "retained": ("Yes! We’re taking your idea forward.", "Yes! We’re taking your idea forward"),
        "declined": ("The answer is no, and here’s why.", "The answer to your idea is no, and here’s why"),
    },
}


# From the first reading to the result, the same.
ROAD = {
    "fr": {
        "published": ("Votre besoin prend la route.", "Votre besoin prend la route"),
        "planned": ("Votre besoin est au plan.", "rejoint le plan d’action, dans « Une tournée »"),
        "achieved": ("Le voici.", "a mené à « Une tournée » : l’action est réalisée"),
    },
    "en": {
        "published": ("Your need is on its way.", "Your need is on its way"),
        "planned": ("Your need is now in the plan.", "has joined the action plan, under “Une tournée”"),
        "achieved": ("Here it is.", "led to “Une tournée”"),
    },
}


def even(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize("lang", SAID)
def test_each_step_is_read_on_the_page_among_the_notices_and_in_the_mail(
    page_for: Open, make: Any, fae: Any, clock: Any, outbox: Any, axe: Any, lang: str
) -> None:
    author = make.user("Maude Mésange", locale=lang)
    idea = make.idea(author, HERE, published_at=hours.now() - timedelta(days=9), title="Un bac à compost")
    address, number, email = f"/ideas/{idea.id}-{idea.slug}", idea.id, author.email
    team, reader, stranger = page_for(fae), page_for(author, lang=lang), page_for(lang=lang)
    for count, (status, (title, subject)) in enumerate(SAID[lang].items(), 1):
        team.goto(f"/ideas/{number}/status")
        team.locator(f"#answer-form [name=status][value={status}]").check()
        team.locator("#answer-form [name=reason]").fill(WHY)
        team.locator("#answer-form button[value=publish]").click()
        expect(team.locator("#flashes .notice")).to_be_visible()
        reader.goto("/notifications")
        expect(reader.locator(".notice-group.is-new").first).to_contain_text(subject)
        expect(reader.locator("#moment svg.dawn")).to_have_count(0 if status == "declined" else 1)
        db.session.rollback()
        clock.forward(minutes=11)
        write_mails()
        mails = list(outbox.to(email))
        assert len(mails) == count and even(mails[-1].subject).startswith(subject)
        reader.goto(address)
        expect(reader.locator("#moment .title")).to_have_text(title)
        expect(reader.locator("#moment")).to_contain_text(WHY)
        stranger.goto(address)
        expect(stranger.locator("#moment")).to_have_count(0)
    axe(reader)
    clock.forward(hours=1)
    reader.goto(address)
    expect(reader.locator("#moment")).to_have_count(0)


@pytest.mark.parametrize("lang", ROAD)
def test_the_first_reading_the_plan_and_the_result_are_read_on_the_page_among_the_notices_and_in_the_mail(
    page_for: Open, make: Any, fae: Any, clock: Any, outbox: Any, lang: str
) -> None:
    plans, author = MakePlan(make), make.user("Maude Mésange", locale=lang, trusted_at=None)
    action = plans.action("Une tournée", 1, community=HERE)
    need = make.idea(author, HERE, "pending", kind="need", title="Vingt-deux kilomètres", suspect="first")
    address, number, email, page = f"/ideas/{need.id}-{need.slug}", need.id, author.email, f"/plan/actions/{action.id}"
    team, keeper, reader = page_for(fae), page_for(plans.boss), page_for(author, lang=lang)

    def read(status: str) -> None:
        """Look for what the author is told of a step: among the notices, in the mail, on the page."""
        title, said = ROAD[lang][status]
        db.session.rollback()
        # A publication is told once the minute in which it may be undone is over.
        clock.forward(minutes=2)
        jobs.tell_followers()
        reader.goto("/notifications")
        expect(reader.locator(".notice-group.is-new").first).to_contain_text(said)
        expect(reader.locator("#moment svg.dawn")).to_have_count(1)
        db.session.rollback()
        clock.forward(minutes=11)
        write_mails()
        mail = list(outbox.to(email))[-1]
        assert said in even(mail.subject) and 'class="here"' in mail.html and "Vingt-deux kilomètres" in mail.text
        reader.goto(address)
        expect(reader.locator("#moment .title")).to_contain_text(title)

    team.goto(address)
    team.get_by_role("button", name="Publier et faire confiance").click()
    expect(team.locator("#flashes .notice")).to_be_visible()
    read("published")
    team.goto(f"/ideas/{number}/status")
    team.locator("#answer-form [name=status][value=retained]").check()
    team.locator("#answer-form [name=reason]").fill(WHY)
    team.locator("#answer-form button[value=publish]").click()
    expect(team.locator("#flashes .notice")).to_be_visible()
    team.goto(f"/ideas/{number}/links")
    team.get_by_label("Motif").fill("L'action répond à ce besoin.")
    team.get_by_label("Action du plan").select_option(label="1.1.1 Une tournée")
    team.get_by_role("button", name="Lier à cette action").click()
    expect(team.locator("#plan")).to_contain_text("répond à ce besoin")
    read("planned")
    for state in ("underway", "achieved"):
        keeper.goto(f"{page}/bulletins/new")
        keeper.locator("[name=body]").fill("Trente-quatre ménages servis.")
        keeper.locator(f"[name=state][value={state}]").check()
        if state == "achieved":
            keeper.get_by_label("Ce jalon est franchi").check()
            keeper.get_by_label("Ce qui le montre").fill("Un contrat est signé.")
        keeper.get_by_role("button", name="Publier").click()
        expect(keeper.locator("#flashes .notice")).to_be_visible()
    read("achieved")
    expect(reader.locator("#moment")).to_contain_text("Trente-quatre ménages servis.")
