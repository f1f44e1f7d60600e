"""What was typed comes back: from a draft kept by itself, from this browser, after a session that ended."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.ideas.models import Idea
from tests.browser.screen import WatchedPage, answer_later
from tests.support import outages
from tests.support.accounts import allow, enforce_limits
from tests.support.make import PASSWORD
from tests.support.rows import last

Open = Callable[..., WatchedPage]
BODY = "Des mots que personne ne veut écrire deux fois."
# How long after the last word the editor keeps a draft, in milliseconds.
AT_REST = 3000


def test_a_draft_is_kept_while_one_types_and_the_same_draft_is_published(page_for: Open, make: Any, sql: Any) -> None:
    page = page_for(make.user())
    page.clock.install()
    page.goto("/ideas/new")
    page.get_by_role("textbox", name="Texte").fill(BODY)
    page.get_by_role("textbox", name="Titre").press_sequentially("Un titre assez long")
    page.clock.fast_forward(AT_REST)
    expect(page.get_by_text(re.compile("Brouillon enregistré à"))).to_be_visible()
    assert sql("SELECT status, title, body FROM ideas") == [("draft", "Un titre assez long", BODY)]
    page.get_by_label("Communauté de pratique qui la porte").select_option(label="5e élément")
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Un titre assez long")).to_be_visible()
    assert sql("SELECT status FROM ideas") == [("published",)]
    page.goto("/ideas/new")
    expect(page.get_by_role("textbox", name="Texte")).to_have_value("")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_draft_is_offered_to_whoever_begins_again(page_for: Open, make: Any, axe: Any, javascript: bool) -> None:
    page = page_for(make.user(), javascript=javascript, width=320)
    if javascript:
        page.clock.install()
    page.goto("/ideas/new")
    page.get_by_role("textbox", name="Titre").fill("Un titre assez long")
    if javascript:
        page.clock.fast_forward(AT_REST)
        expect(page.get_by_text(re.compile("Brouillon enregistré à"))).to_be_visible()
    else:
        page.get_by_role("button", name="Garder comme brouillon").click()
    page.goto("/ideas/new")
    expect(page.get_by_role("heading", name=re.compile("Vous aviez commencé.*Un titre assez long"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    axe(page) if javascript else None
    page.get_by_role("link", name="Commencer autre chose").press("Enter")
    expect(page.get_by_role("heading", name=re.compile("Vous aviez commencé"))).to_have_count(0)
    expect(page.get_by_role("textbox", name="Titre")).to_have_value("")
    page.goto("/ideas/new")
    page.get_by_role("link", name="Reprendre").press("Enter")
    expect(page.get_by_role("textbox", name="Titre")).to_have_value("Un titre assez long")


def test_the_editor_says_why_a_draft_was_not_kept(
    app: Flask, page_for: Open, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    allow(monkeypatch, draft=1)
    page = page_for(make.user())
    page.clock.install()
    with enforce_limits(app):
        for title, message in (
            ("Un premier titre", "Brouillon enregistré"),
            ("Un titre de trop", "beaucoup de brouillons"),
        ):
            page.goto("/ideas/new")
            page.get_by_role("textbox", name="Titre").fill(title)
            page.clock.fast_forward(AT_REST)
            expect(page.locator("[data-autosave-status]")).to_contain_text(message)


def test_a_draft_that_could_not_be_kept_is_tried_again_without_a_word_more(page_for: Open, make: Any) -> None:
    page = page_for(make.user())
    page.clock.install()
    page.goto("/ideas/new")
    status = page.locator("[data-autosave-status]")
    asked = answer_later(page, "**/ideas/autosave", 60)
    page.get_by_role("textbox", name="Titre").fill("Un titre qui attend")
    page.clock.run_for(AT_REST)
    expect(status).to_contain_text("un nouvel essai suivra")
    page.clock.run_for(40_000)
    page.wait_for_timeout(200)
    assert len(asked) == 1
    page.unroute("**/ideas/autosave")
    page.context.set_offline(True)
    page.clock.run_for(25_000)
    expect(status).to_contain_text("un nouvel essai suivra")
    page.context.set_offline(False)
    page.troubles.clear()
    page.clock.run_for(15_000)
    expect(status).to_contain_text("Brouillon enregistré")
    assert last(Idea).title == "Un titre qui attend"


def test_a_closed_tab_gives_the_words_back_and_a_sent_comment_does_not(page_for: Open, make: Any) -> None:
    idea = make.idea()
    page = page_for(make.user())
    page.goto(f"/ideas/{idea.id}")
    page.get_by_role("textbox", name="Votre commentaire").fill(BODY)
    page.goto("/about")
    page.goto(f"/ideas/{idea.id}")
    expect(page.get_by_role("textbox", name="Votre commentaire")).to_have_value(BODY)
    expect(page.get_by_text("Votre texte a été retrouvé.")).to_be_visible()
    page.get_by_role("button", name="Publier mon commentaire").click()
    expect(page.locator(".comment:focus")).to_contain_text(BODY)
    page.goto(f"/ideas/{idea.id}")
    expect(page.get_by_role("textbox", name="Votre commentaire")).to_have_value("")


def test_choices_come_back_with_the_text_and_leave_with_it(page_for: Open, make: Any, axe: Any) -> None:
    page = page_for(make.user(), width=360)
    page.clock.install()
    page.goto("/ideas/new")
    page.locator("[name=kind][value=need]").check()
    page.get_by_label("Communauté de pratique qui la porte").select_option(label="5e élément")
    page.locator("details.more summary").first.click()
    page.locator("[name=issues]").first.check()
    page.get_by_role("textbox", name="Texte").fill(BODY)
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert all(name not in kept for name in ("csrf_token", "website", "stamp", "form_key"))
    page.goto("/about")
    page.goto("/ideas/new")
    expect(page.get_by_text("Votre texte et vos choix ont été retrouvés.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Texte")).to_have_value(BODY)
    expect(page.locator("[name=kind][value=need]")).to_be_checked()
    expect(page.get_by_label("Communauté de pratique qui la porte").locator("option:checked")).to_have_text(
        "5e élément"
    )
    expect(page.locator("[name=issues]").first).to_be_checked()
    expect(page.locator("[name=issues]").first, "the choices that came back are in sight").to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name=re.compile("L.effacer")).click()
    expect(page.get_by_role("textbox", name="Texte")).to_have_value("")
    expect(page.locator("[name=kind][value=idea]")).to_be_checked()
    expect(page.get_by_label("Communauté de pratique qui la porte").locator("option:checked")).to_have_text(
        "Choisissez une communauté"
    )
    expect(page.locator("[name=issues]:checked")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0


def test_an_offer_comes_back_as_an_offer(page_for: Open, make: Any) -> None:
    idea, page = make.idea(), page_for(make.user())
    page.goto(f"/ideas/{idea.id}")
    page.locator("[name=intent][value=offer]").check()
    page.get_by_role("textbox", name="Votre commentaire").fill(BODY)
    page.goto("/about")
    page.goto(f"/ideas/{idea.id}")
    expect(page.locator("[name=intent][value=offer]")).to_be_checked()
    page.get_by_role("button", name="Publier mon commentaire").click()
    expect(page.locator(".comment:focus")).to_contain_text("Offre")


def test_text_without_a_choice_comes_back_alone_and_says_so(page_for: Open, make: Any) -> None:
    idea, page = make.idea(), page_for(make.user())
    page.goto(f"/ideas/{idea.id}")
    page.get_by_role("textbox", name="Votre commentaire").fill(BODY)
    page.goto(f"/ideas/{idea.id}")
    expect(page.get_by_text("Votre texte a été retrouvé.")).to_be_visible()


def test_what_the_server_filled_is_left_as_it_is(page_for: Open, make: Any, author: Any) -> None:
    """What was published since, from another device, is not written over by choices that this browser kept."""
    idea = make.idea(author, body="Les premiers mots.", kind="idea")
    page = page_for(author)
    page.goto(f"/ideas/{idea.id}/edit")
    page.locator("[name=kind][value=need]").check()
    page.get_by_role("textbox", name="Texte").fill(BODY)
    page.locator("#summary").fill("Autrement dit")
    page.goto(f"/ideas/{idea.id}/edit")
    expect(page.locator("#summary")).to_have_value("Autrement dit")
    expect(page.get_by_role("textbox", name="Texte")).to_have_value("Les premiers mots.")
    expect(page.locator("[name=kind][value=idea]")).to_be_checked()


def test_an_outage_loses_nothing_and_its_page_takes_the_place_of_the_page(page_for: Open, make: Any, axe: Any) -> None:
    idea = make.idea()
    page = page_for(make.user(), width=360)
    page.goto(f"/ideas/{idea.id}")
    with outages.away():
        page.get_by_role("button", name=re.compile("Appuyer|appui")).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Le site est occupé")
        page.go_back()
    page.goto(f"/ideas/{idea.id}")
    page.get_by_role("textbox", name="Votre commentaire").fill(BODY)
    with outages.away():
        page.get_by_role("button", name="Publier mon commentaire").click()
        expect(page.locator("pre.typed")).to_have_text(BODY)
        axe(page)
    page.troubles.clear()
    page.get_by_role("button", name="Envoyer de nouveau").click()
    expect(page.locator(".comment").filter(has_text=BODY)).to_be_visible()


def test_a_session_that_ended_loses_nothing(page_for: Open, make: Any, axe: Any) -> None:
    person, idea = make.user(), make.idea()
    page = page_for(person, width=320)
    page.goto("/account/sessions")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.goto(f"/ideas/{idea.id}")
    page.get_by_role("textbox", name="Votre commentaire").fill(BODY)
    page.context.clear_cookies(name="session")
    page.get_by_role("button", name="Publier mon commentaire").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("rien n.est perdu"))
    expect(page.locator(".typed")).to_have_text(BODY)
    axe(page)
    page.get_by_label("Adresse courriel").fill(person.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("n.est perdu"))
    expect(page.locator(".typed")).to_have_text(BODY)
    axe(page)
    page.get_by_role("button", name="Envoyer de nouveau").click()
    expect(page.locator(".comment:focus")).to_contain_text(BODY)


def test_signing_out_leaves_no_word_in_this_browser(page_for: Open, make: Any) -> None:
    page = page_for(make.user())
    page.goto("/ideas/new")
    page.get_by_role("textbox", name="Titre").fill("Un secret à moi")
    assert "Un secret" in page.evaluate("JSON.stringify(localStorage)")
    page.locator("details.menu summary", has_text="Menu :").click()
    page.locator("details.menu[open]").get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("link", name="Connexion").first).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


def test_a_second_press_of_a_button_sends_nothing_while_the_first_is_on_its_way(page_for: Open, make: Any) -> None:
    author = make.user()
    page = page_for(author)
    page.goto(f"/ideas/{make.idea(author).id}/withdrawal")
    count = page.evaluate("""() => {
        const button = document.querySelector("main form button");
        let sent = 0;
        document.addEventListener("submit", (event) => { event.preventDefault(); sent += 1; });
        button.click();
        button.click();
        return sent;
    }""")
    assert count == 1
