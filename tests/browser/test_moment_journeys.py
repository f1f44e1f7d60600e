"""From the act of a team to the page of the author, the notice and the mail: each says what became of their idea, in both languages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.core import clock as hours
from app.core.db import db
from app.web.notices.immediate_mails import write_mails
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
