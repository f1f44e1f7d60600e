"""A visitor reads: from the home page to what was said under an idea, and keeps their place when the page changes dress."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Page]


@pytest.mark.usefixtures("full_square")
def test_a_visitor_reads_from_home_to_a_comment_a_community_and_its_news(page_for: Open) -> None:
    page = page_for()
    page.goto("/")
    page.get_by_role("navigation", name="Principale").get_by_role("link", name="Idées").click()
    expect(page.get_by_role("heading", level=1, name="Idées")).to_be_visible()
    page.get_by_role("checkbox", name=re.compile("l.étude")).check()
    expect(page).to_have_url(re.compile("status=under_review"))
    expect(page.locator(".rows .title")).to_have_count(1)
    expect(page.locator("#live")).to_have_text("1 idée")
    page.locator(".rows .title a").click()
    expect(page.get_by_role("heading", name=re.compile("commentaires"))).to_be_visible()
    page.locator(".branch summary").first.click()
    page.get_by_role("link", name="Lire 7 autres réponses").click()
    expect(page.get_by_text("Une réponse de plus, 21.")).to_be_visible()
    page.goto("/communities")
    page.get_by_role("link", name=re.compile("^Sécurité alimentaire")).first.click()
    page.get_by_role("link", name=re.compile("canari-travaux-visible")).first.click()
    expect(page.get_by_text("Merci des nouvelles.")).to_be_visible()


def test_a_filter_changes_the_list_in_place_and_going_back_undoes_it(page_for: Open, make: Any) -> None:
    make.idea(title="Une seule de ce genre", kind="need")
    make.idea(title="Une autre, qui est un projet", kind="project")
    page = page_for()
    page.goto("/ideas")
    page.get_by_role("checkbox", name="Besoin").check()
    expect(page.locator(".rows .title")).to_have_text(["Une seule de ce genre"])
    expect(page.get_by_role("checkbox", name="Besoin")).to_be_focused()
    page.go_back()
    expect(page.locator(".rows .title")).to_have_count(2)


@pytest.mark.parametrize("path", ["/ideas?kind=need&sort=supported", "/communities/securite-alimentaire", "/login"])
def test_the_language_and_the_theme_change_without_leaving_the_page(page_for: Open, make: Any, path: str) -> None:
    page = page_for(lang="fr", theme="light")
    page.goto(path)
    page.get_by_role("button", name="English").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en-CA")
    page.locator("footer").get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("html")).to_have_attribute("lang", "en-CA")
    assert page.url.split("/", 3)[3].startswith(path[1:])


def test_escape_closes_a_menu_and_gives_the_focus_back(page_for: Open, make: Any) -> None:
    page = page_for(make.user())
    page.goto("/")
    opener = page.locator("details.menu summary", has_text="Menu :")
    opener.focus()
    page.keyboard.press("Enter")
    inside = page.locator("details.menu[open]").get_by_role("link", name="Mon compte")
    expect(inside).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator("details.menu[open]")).to_have_count(0)
    expect(opener).to_be_focused()
    opener.press("Enter")
    page.locator("main").click(position={"x": 5, "y": 5})
    expect(page.locator("details.menu[open]")).to_have_count(0)


def test_an_idea_is_printed_without_what_only_a_screen_needs(page_for: Open, make: Any) -> None:
    idea = make.idea(votes=2)
    make.comment(idea, body="Un mot à imprimer.")
    page = page_for(make.user())
    page.goto(f"/ideas/{idea.id}")
    page.emulate_media(media="print")
    for selector in (".header nav", ".header-tools", ".footer", ".crumbs", ".compose", ".tools", ".support form"):
        for part in page.locator(selector).all():
            expect(part).to_be_hidden()
    for text in (
        page.get_by_role("heading", level=1),
        page.get_by_text("Un mot à imprimer."),
        page.locator("#journey"),
        page.locator(".jumps"),
    ):
        expect(text).to_be_visible()
