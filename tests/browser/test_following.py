"""Following a thing, being told of it, answering from the mail's link, and stopping it from there: by keyboard, without script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.accounts.models.people import User
from app.ideas.models import Idea
from app.notifications import jobs
from app.web.notices.immediate_mails import write_mails
from tests.browser.test_keyboard import SEEN, reach
from tests.support.follower_acts import look, say
from tests.support.mail import Outbox
from tests.support.make import idea_page
from tests.support.world import HERE

Open = Callable[..., Page]


@pytest.fixture
def idea(make: Any, author: User) -> Idea:
    found: Idea = make.idea(author, HERE, kind="need", title="Vingt-deux kilomètres pour du lait")
    return found


@pytest.fixture
def ana(make: Any) -> User:
    person: User = make.user("Ana Ruiz")
    return person


def _mail(idea: Idea, make: Any, outbox: Outbox, clock: Any, reader: User) -> list[str]:
    """Let somebody talk under an idea and the worker tell of it; return the addresses of the mail that the reader gets."""
    say(make.user("Simon Ferland"), idea, "J'ai une fourgonnette.")
    jobs.tell_followers()
    clock.forward(minutes=15)
    write_mails()
    return outbox.links(outbox.to(str(reader.email))[-1])


def test_one_follows_is_told_answers_from_the_mail_and_stops_it_by_keyboard_alone(
    page_for: Open, make: Any, idea: Idea, ana: User, outbox: Outbox, clock: Any
) -> None:
    page = page_for(ana, width=360, height=640)
    page.goto("/notifications/preferences")
    reach(page, page.get_by_label("Ce que vous suivez bouge"))
    page.keyboard.type("Tout de suite")
    reach(page, page.get_by_role("button", name="Enregistrer"))
    page.keyboard.press("Enter")
    expect(page.locator("#flashes .notice")).to_be_focused()
    page.goto(idea_page(idea))
    reach(page, page.locator("#follow summary"))
    page.keyboard.press("Enter")
    reach(page, page.get_by_role("button", name="Tout ce qui s’y dit"), most=2)
    page.keyboard.press("Enter")
    expect(page.locator("#follow")).to_be_focused()
    expect(page.locator("#live")).to_contain_text("suivi")
    links = _mail(idea, make, outbox, clock, ana)
    page.goto(next(link for link in links if link.endswith("/reply")))
    expect(page.get_by_role("textbox", name="Votre réponse")).to_be_visible()
    reach(page, page.get_by_role("textbox", name="Votre réponse"))
    page.keyboard.type("Merci, je la prends.")
    reach(page, page.get_by_role("button", name="Publier ma réponse"))
    page.keyboard.press("Enter")
    expect(page.locator(".comment:focus")).to_contain_text("Merci, je la prends.")
    stop = next(link for link in links if "/unsubscribe/" in link)
    stranger = page_for(None, width=360, height=640)
    stranger.goto(stop)
    reach(stranger, stranger.get_by_role("button", name="Ne plus recevoir", exact=True))
    stranger.keyboard.press("Enter")
    expect(stranger.get_by_role("button", name="Recevoir de nouveau")).to_be_visible()
    assert look(ana, idea).level == "none"


def test_following_and_leaving_work_without_script(page_for: Open, idea: Idea, ana: User) -> None:
    page = page_for(ana, width=360, javascript=False)
    page.goto(idea_page(idea))
    page.locator("#follow summary").click()
    page.get_by_role("button", name="Les étapes seulement").click()
    expect(page.locator("#follow summary")).to_contain_text("les étapes")
    page.goto("/follows")
    page.get_by_role("button", name="Ne plus suivre – Vingt-deux kilomètres").click()
    expect(page.locator("#flashes")).to_contain_text("ne suivez plus")
    page.goto("/notifications/preferences")
    page.get_by_label("Rien par courriel avant le").fill("2020-01-01")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.get_by_role("button", name="Ne plus rien recevoir").click()
    expect(page.locator("main")).to_contain_text("Vous ne recevrez aucun courriel")


def test_reading_one_thing_leaves_one_where_it_stands(
    page_for: Open, make: Any, author: User, idea: Idea, axe: Any
) -> None:
    for n in range(6):
        say(make.user(f"Voix {n}"), idea, f"Parole {n}.")
    page = page_for(author)
    page.goto(f"/notifications?community={HERE}")
    button = reach(page, page.get_by_role("button", name="Marquer comme lu – Vingt-deux"))
    button.press("Enter")
    expect(page.locator(".notice-group")).to_be_focused()
    expect(page.locator("#live")).to_contain_text("marqué comme lu")
    expect(page).to_have_url(re.compile(f"community={HERE}"))
    summary = reach(page, page.locator(".notice-group summary"))
    expect(summary).to_have_text("3 avis plus anciens")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Parole 0.")).to_be_visible()
    assert page.evaluate(SEEN) == ""
    axe(page)
