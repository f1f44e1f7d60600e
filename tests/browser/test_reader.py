"""What a reader does on a phone: narrow a list, read, support, follow a long talk, share, print."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.make import idea_page

Open = Callable[..., Page]
PHONE = {"width": 360, "height": 640}
LONG_TEXT = "Une phrase qui prend de la place sur un petit écran.\n\n" * 40


def test_the_filters_say_what_they_did_where_the_thumb_is(page_for: Open, make: Any) -> None:
    for _n in range(3):
        make.idea(kind="need")
    make.idea()
    page = page_for(**PHONE, motion=True)
    page.goto("/ideas")
    page.locator(".filters summary").click()
    page.get_by_label("Besoin").check()
    link = page.get_by_role("link", name="Voir les 3 idées")
    expect(link).to_be_in_viewport()
    expect(page.locator("#live")).to_have_text("3 idées")
    link.click()
    expect(page.get_by_role("heading", name="3 idées")).to_be_in_viewport()
    expect(page.locator("#results")).to_be_focused()
    page = page_for(**PHONE, javascript=False, motion=True)
    page.goto("/ideas")
    page.locator(".filters summary").click()
    page.get_by_label("Besoin").check()
    page.get_by_role("button", name="Appliquer les filtres").click()
    expect(page).to_have_url(re.compile(r"kind=need.*#results$"))
    expect(page.get_by_role("heading", name="3 idées")).to_be_in_viewport()


def test_support_is_within_reach_while_one_reads(page_for: Open, make: Any, axe: Any) -> None:
    idea = make.idea(body=LONG_TEXT, votes=2)
    for n in range(12):
        make.comment(idea, body=f"Un commentaire, le numéro {n}.\n\n" * 6)
    page, support = page_for(make.user("Rose"), **PHONE), "Appuyer cette idée"
    page.goto(idea_page(idea))
    expect(page.get_by_role("button", name=support)).to_be_in_viewport(ratio=1)
    page.mouse.wheel(0, 1500)
    expect(page.get_by_role("button", name=support)).to_be_in_viewport(ratio=1)
    axe(page)
    page.get_by_role("button", name=support).click()
    expect(page.locator("#support")).to_contain_text("Vous appuyez cette idée")
    expect(page.locator("#support-jump")).to_have_text(re.compile("3 appuis"))
    page.get_by_role("link", name="3 appuis").click()
    expect(page.get_by_role("button", name="Retirer mon appui")).to_be_in_viewport()
    page.get_by_role("link", name="12 commentaires").click()
    expect(page.get_by_role("heading", name="12 commentaires")).to_be_in_viewport()
    wide = page_for(make.user("Paul"))
    wide.goto(idea_page(idea))
    wide.locator("#comments .comment").last.scroll_into_view_if_needed()
    expect(wide.get_by_role("button", name=support)).to_be_in_viewport(ratio=1)


def test_a_long_talk_begins_folded_and_each_address_unfolds_its_branch(page_for: Open, make: Any, axe: Any) -> None:
    idea, replies = make.idea(), []
    for n in range(11):
        root = make.comment(idea, body=f"Un départ, le numéro {n}.")
        replies.append(make.comment(idea, parent=root, body=f"Une réponse au numéro {n}."))
    page = page_for(**PHONE, javascript=False)
    page.goto(idea_page(idea))
    branches = page.locator(".branch summary")
    expect(branches).to_have_count(11)
    expect(page.get_by_text("Une réponse au numéro 3.")).to_be_hidden()
    branches.nth(3).click()
    expect(page.get_by_text("Une réponse au numéro 3.")).to_be_visible()
    page.goto(f"/comments/{replies[8].id}")
    expect(page.get_by_text("Une réponse au numéro 8.")).to_be_in_viewport()
    page.get_by_role("link", name="Déplier toutes les réponses").click()
    expect(page.get_by_text("Une réponse au numéro 10.")).to_be_visible()
    page = page_for(**PHONE)
    page.goto(f"{idea_page(idea)}#comment-{replies[7].id}")
    expect(page.get_by_text("Une réponse au numéro 7.")).to_be_in_viewport()
    axe(page)
    page.emulate_media(media="print")
    expect(page.get_by_text("Une réponse au numéro 2.")).to_be_visible()
    expect(page.locator(".address")).to_be_visible()
    expect(page.locator(".share")).to_be_hidden()


def test_an_address_is_copied_or_given_to_the_device(page_for: Open, make: Any) -> None:
    idea = make.idea()
    page = page_for(permissions=["clipboard-write", "clipboard-read"])
    page.goto(idea_page(idea))
    expect(page.get_by_role("textbox", name="Adresse de cette page")).to_be_hidden()
    page.locator(".share > summary").click()
    page.get_by_role("button", name="Copier l").click()
    expect(page.locator("#live")).to_have_text("L’adresse est copiée.")
    assert page.evaluate("navigator.clipboard.readText()").endswith(idea_page(idea))
    page = page_for(**PHONE)
    page.add_init_script("navigator.share = async (what) => { window.shared = what; }")
    page.goto(idea_page(idea))
    page.locator(".share > summary").click()
    page.get_by_role("button", name="Choisir une application").click()
    assert page.evaluate("window.shared.url").endswith(idea_page(idea))
    page = page_for(**PHONE, javascript=False)
    page.goto(idea_page(idea))
    page.locator(".share > summary").press("Enter")
    address = page.get_by_role("textbox", name="Adresse de cette page")
    expect(address).to_have_value(re.compile(re.escape(idea_page(idea))))
    expect(address).not_to_be_editable()
    assert page.get_by_role("link", name="Envoyer par courriel").get_attribute("href").startswith("mailto:?")
    expect(page.get_by_role("button", name="Choisir une application")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".address")).to_have_text(re.compile(re.escape(idea_page(idea))))
    expect(page.locator(".share")).to_be_hidden()
