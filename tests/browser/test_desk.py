"""A facilitator sorts what waits: with the keys alone, with the mouse alone, and in a browser that runs no script."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.core import clock
from app.core.db import db
from app.desk.models import Assignment, SavedReply
from app.ideas.models import Idea

Open = Callable[..., Page]
HERE = "securite-alimentaire"


@pytest.fixture
def ideas(make: Any) -> list[Any]:
    """Four first posts, from the one that has waited longest."""
    found = [
        make.idea(
            make.user(f"Nina {n}", trusted_at=None),
            HERE,
            "pending",
            title=f"Une première idée, la {n}",
            suspect="first",
        )
        for n in range(4)
    ]
    return [make.at(idea, saved_at=clock.ago(hours=9 - n)) for n, idea in enumerate(found)]


def states(ideas: list[Any]) -> list[str]:
    db.session.rollback()
    rows = [db.session.get_one(Idea, idea.id, populate_existing=True) for idea in ideas]
    return ["hidden" if row.is_hidden else row.status for row in rows]


def expect_focus(page: Page, idea: Any) -> None:
    expect(page.locator(f"#item-idea-{idea.id}")).to_be_focused()


def test_what_may_have_been_said_comes_in_sight_and_the_focus_stays(
    page_for: Open, make: Any, fae: Any, ideas: list[Any], axe: Any
) -> None:
    make.idea(community=HERE, title="Une première idée, la 3")
    page = page_for(fae, width=360)
    page.goto("/moderation")
    near = page.locator(f"#near-{ideas[3].id}")
    near.focus()
    expect(near).to_have_text("Comparer : Une première idée, la 3")
    expect(near).to_be_focused()
    expect(page.locator(f"#near-{ideas[2].id}")).to_be_visible()
    axe(page)


def test_the_desk_stays_as_it_was_for_whoever_is_signed_out_meanwhile(
    page_for: Open, fae: Any, ideas: list[Any]
) -> None:
    page = page_for(fae, width=360)
    page.goto("/moderation")
    page.context.clear_cookies()
    with page.expect_response(lambda answer: f"/{ideas[3].id}/comparison" in answer.url) as asked:
        page.locator(f"#near-{ideas[3].id}").scroll_into_view_if_needed()
    assert asked.value.status == 401
    expect(page.locator("h1")).to_have_text(["Premières publications"])


def test_first_posts_are_sorted_with_the_keys_alone(
    page_for: Open, make: Any, fae: Any, ideas: list[Any], axe: Any
) -> None:
    make.add(
        SavedReply(
            community_id=make.room(HERE).id, title="Hors du sujet", body="Ce texte parle d'autre chose.", by_id=fae.id
        )
    )
    page = page_for(fae)
    page.goto("/moderation")
    axe(page)
    page.keyboard.press("p")
    page.keyboard.press("j")
    expect_focus(page, ideas[0])
    for key, place in (("j", 1), ("j", 2), ("k", 1), ("k", 0), ("k", 0)):
        page.keyboard.press(key)
        expect_focus(page, ideas[place])
    page.keyboard.press("p")
    expect_focus(page, ideas[1])
    expect(page.locator("#flashes")).to_contain_text("est publié")
    page.keyboard.press("a")
    expect_focus(page, ideas[2])
    expect(page.locator(f"#item-idea-{ideas[1].id}")).to_contain_text("Entre vos mains")
    page.keyboard.press("t")
    expect_focus(page, ideas[3])
    page.keyboard.press("r")
    _refuse(page)
    expect(page.locator(".slot")).to_have_count(1)
    expect_focus(page, ideas[1])
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1, name="Une première idée, la 1")).to_be_visible()
    assert states(ideas) == ["published", "pending", "published", "hidden"]
    assert db.session.query(Assignment).one().user_id == fae.id


def _refuse(page: Page) -> None:
    """Put a saved reply after what was typed, and send it; the keys are letters there."""
    expect(page.get_by_label("Motif")).to_be_focused()
    page.keyboard.type("part ")
    page.get_by_label("Commencer par une réponse type").select_option(label="Hors du sujet")
    page.get_by_role("button", name="Ajouter au motif").press("Enter")
    expect(page.get_by_label("Motif")).to_have_value("part\n\nCe texte parle d'autre chose.")
    expect(page.get_by_label("Motif")).to_be_focused()
    page.keyboard.type(" Merci.")
    expect(page.get_by_label("Motif")).to_have_value("part\n\nCe texte parle d'autre chose. Merci.")
    page.get_by_role("button", name="Refuser ce texte").press("Enter")
    expect(page.get_by_role("heading", level=1, name="Premières publications")).to_be_visible()


def test_the_keys_are_listed_and_can_be_turned_off_for_good(page_for: Open, fae: Any, ideas: list[Any]) -> None:
    page = page_for(fae)
    page.goto("/moderation")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Au clavier")).to_be_focused()
    page.get_by_label("Utiliser ces touches").uncheck()
    page.reload()
    expect(page.get_by_label("Utiliser ces touches")).not_to_be_checked()
    page.locator(f"#item-idea-{ideas[0].id}").focus()
    for key in ("p", "t", "r", "a", "o", "j", "?"):
        page.keyboard.press(key)
    expect_focus(page, ideas[0])
    assert states(ideas) == ["pending"] * 4
    page.get_by_label("Utiliser ces touches").check()
    page.locator(f"#item-idea-{ideas[0].id}").focus()
    page.keyboard.press("Control+p")
    page.keyboard.press("j")
    expect_focus(page, ideas[1])


def test_first_posts_are_sorted_without_script(page_for: Open, make: Any, fae: Any, ideas: list[Any]) -> None:
    make.add(
        SavedReply(
            community_id=make.room(HERE).id, title="Hors du sujet", body="Ce texte parle d'autre chose.", by_id=fae.id
        )
    )
    page = page_for(fae, javascript=False, width=360, motion=True)
    page.goto("/moderation")
    expect(page.get_by_role("heading", name="Au clavier")).to_be_hidden()
    first = page.locator(f"#item-idea-{ideas[0].id}")
    first.get_by_role("button", name="Publier :").click()
    expect(first).to_have_count(0)
    expect(page.locator(f"#item-idea-{ideas[1].id}")).to_be_in_viewport()
    page.locator(f"#item-idea-{ideas[1].id}").get_by_role("button", name="Publier et faire confiance").click()
    page.locator(f"#item-idea-{ideas[2].id}").get_by_role("button", name="Prendre en charge").click()
    expect(page.locator(f"#item-idea-{ideas[2].id}")).to_contain_text("Entre vos mains")
    page.locator(f"#item-idea-{ideas[3].id}").get_by_role("link", name="Refuser").click()
    page.get_by_label("Motif").fill("Bonjour,")
    page.get_by_label("Commencer par une réponse type").select_option(label="Hors du sujet")
    page.get_by_role("button", name="Ajouter au motif").click()
    expect(page.get_by_label("Motif")).to_have_value("Bonjour,\n\nCe texte parle d'autre chose.")
    page.get_by_role("button", name="Refuser ce texte").click()
    expect(page.locator(".slot")).to_have_count(1)
    assert states(ideas) == ["published", "published", "pending", "hidden"]


def test_a_publication_is_undone_with_one_key(page_for: Open, fae: Any, ideas: list[Any], axe: Any) -> None:
    page = page_for(fae, width=360)
    page.goto("/moderation")
    page.keyboard.press("j")
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Annuler la publication")).to_be_visible()
    axe(page)
    page.keyboard.press("u")
    expect(page.locator("#flashes")).to_contain_text("La publication est annulée")
    expect_focus(page, ideas[0])
    assert states(ideas) == ["pending"] * 4


def test_all_ideas_are_ticked_at_once_and_stay_ticked_from_a_tab_to_another(
    page_for: Open, make: Any, fae: Any, axe: Any
) -> None:
    for status in ("published", "published", "retained"):
        make.idea(community=HERE, status=status)
    page = page_for(fae, width=360)
    page.goto(f"/moderation/{HERE}/bulk")
    every = page.get_by_label("Tout cocher")
    every.check()
    expect(page.locator("input[name=idea]:checked")).to_have_count(3)
    page.locator("input[name=idea]").first.uncheck()
    assert every.evaluate("box => box.indeterminate")
    page.get_by_label("Motif public").fill("Décidé en avril.")
    page.get_by_role("button", name="Non retenue").click()
    expect(page.locator("input[name=idea]:checked")).to_have_count(2)
    expect(page.get_by_label("Motif public")).to_have_value("Décidé en avril.")
    axe(page)


def test_comments_are_read_and_the_desk_is_then_up_to_date(page_for: Open, make: Any, fae: Any) -> None:
    for _n in range(2):
        make.comment(make.idea(community=HERE), body="Un mot que l'équipe n'a pas lu.")
    page = page_for(fae)
    page.goto("/moderation?queue=unread")
    page.keyboard.press("j")
    page.keyboard.press("l")
    expect(page.locator(".slot")).to_have_count(1)
    page.get_by_role("button", name="Tout marquer comme lu").click()
    expect(page.locator("[data-autofocus]:focus")).to_contain_text("équipe a lu tous les commentaires")
    page.goto("/moderation")
    expect(page.get_by_role("heading", level=1, name="Tout est à jour")).to_be_visible()
