"""The notes of a session in a browser: what is typed is saved by itself, waits without a network, and is never lost."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.core.db import db
from app.forum.models import Forum, ForumTopic
from app.notes.models import NoteLine, NoteVersion
from app.notes.queries import texts
from tests.browser.screen import WatchedPage
from tests.browser.test_live import cut, reconnect
from tests.forum.stored import place_in
from tests.notes.stored import session_in
from tests.support.rows import count, every
from tests.support.world import HERE

Open = Callable[..., WatchedPage]
# In how many milliseconds a text saves itself; how often one saves; how often what waits is sent again.
QUIET, PACE, AGAIN = 3_000, 5_000, 10_000


@pytest.fixture
def session(make: Any, fae: Any) -> ForumTopic:
    return session_in(make, room=make.room(HERE), title="Une nuit de répit")


def writer(make: Any, session: ForumTopic, name: str) -> Any:
    user = make.user(name)
    place_in(make, db.session.get_one(Forum, session.forum_id), user)
    return user


def open_notes(page: WatchedPage, session: ForumTopic, path: str = "/notes") -> WatchedPage:
    if not page.url.startswith("http"):
        page.clock.install()
    page.goto(f"/forums/{session.forum_id}/topics/{session.id}{path}")
    page.wait_for_load_state("networkidle")
    return page


def open_tab(page: Any, *, is_copy: bool = False, later: timedelta = timedelta(0)) -> Any:
    """Open the notes in another tab of the same person, after some time; a copy has what the session of the tab keeps."""
    other = page.context.new_page()
    if is_copy:
        other.add_init_script(f"sessionStorage.notes = {page.evaluate('JSON.stringify(sessionStorage.notes)')}")
    other.clock.install(time=datetime.now(UTC) + later)
    other.goto(page.url)
    other.wait_for_load_state("networkidle")
    return other


def field(page: Page) -> Any:
    return page.locator("textarea[name=text]").first


def state(page: Page) -> Any:
    return page.locator("[data-notes-state]")


def stands(session: ForumTopic, part: int = 1) -> str:
    db.session.rollback()
    found = texts.find_part(session.id, part)
    return found.text if found else ""


@pytest.mark.parametrize("javascript", [True, False])
def test_a_text_that_saves_itself_is_that_of_the_button(
    page_for: Open, make: Any, session: ForumTopic, javascript: bool
) -> None:
    page = page_for(writer(make, session, "Denise Marguerite"), javascript=javascript)
    page.goto(f"/forums/{session.forum_id}/topics/{session.id}/notes")
    field(page).fill("Le répit existe le jour.")
    if javascript:
        expect(state(page)).to_have_text("Pas encore enregistré…")
        expect(state(page)).to_contain_text("Enregistré à", timeout=9_000)
        expect(state(page)).to_be_in_viewport()
        assert "Le répit" not in page.evaluate("JSON.stringify(localStorage)")
    else:
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.locator("#flashes")).to_contain_text("Enregistré")
    assert stands(session) == "Le répit existe le jour."
    assert [one.sent for one in every(NoteVersion)] == ["Le répit existe le jour."]


def test_two_write_the_same_lines_one_without_a_network(
    page_for: Open, make: Any, session: ForumTopic, axe: Any
) -> None:
    denise = open_notes(page_for(writer(make, session, "Denise Marguerite")), session)
    field(denise).fill("Trois ont renoncé.\nLa nuit, rien.")
    denise.clock.run_for(QUIET)
    expect(state(denise)).to_contain_text("Enregistré")
    yvon = open_notes(page_for(writer(make, session, "Yvon Quiscale"), width=360), session)
    axe(yvon)
    cut(yvon)
    field(yvon).fill("Trois sur dix ont renoncé.\nLa nuit, rien.")
    yvon.clock.run_for(QUIET)
    expect(state(yvon)).to_contain_text("En attente du réseau depuis")
    expect(state(yvon)).to_be_in_viewport()
    axe(yvon)
    assert yvon.evaluate("document.documentElement.scrollWidth") <= 360
    field(denise).fill("Trois ont renoncé : les formulaires.\nLa nuit, l’urgence.")
    denise.clock.run_for(PACE)
    expect(state(denise)).to_contain_text("Enregistré")
    # He goes on typing, and takes a line away from under nobody.
    field(yvon).fill("Trois sur dix ont renoncé.\nLa nuit, rien.\nÀ Huntingdon, l’infirmière passait.")
    reconnect(yvon)
    yvon.clock.run_for(AGAIN)
    yvon.clock.run_for(PACE)
    expect(state(yvon)).to_contain_text("Enregistré")
    both = (
        "Trois ont renoncé : les formulaires.\nLa nuit, l’urgence.\nTrois sur dix ont renoncé.\n"
        "La nuit, rien.\nÀ Huntingdon, l’infirmière passait."
    )
    shown = yvon.locator(".clash")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("Denise Marguerite")
    expect(shown).to_contain_text("Yvon Quiscale")
    assert stands(session) == both
    expect(field(yvon)).to_have_value(stands(session))
    axe(yvon)
    yvon.get_by_role("button", name="Garder le premier").click()
    expect(yvon.locator("#flashes")).to_contain_text("est choisi")
    assert "les formulaires" in stands(session)
    assert "sur dix" not in stands(session)


def test_what_others_wrote_comes_where_it_is_and_the_caret_stays(
    page_for: Open, make: Any, session: ForumTopic
) -> None:
    denise = open_notes(page_for(writer(make, session, "Denise Marguerite")), session)
    field(denise).fill("un\ndeux\ntrois")
    denise.clock.run_for(QUIET)
    expect(state(denise)).to_contain_text("Enregistré")
    yvon = open_notes(page_for(writer(make, session, "Yvon Quiscale")), session)
    field(yvon).fill("zéro\nun\ndeux\ntrois")
    yvon.clock.run_for(QUIET)
    expect(state(yvon)).to_contain_text("Enregistré")
    field(denise).press("End")
    field(denise).press_sequentially(", et la suite")
    denise.clock.run_for(PACE)
    expect(field(denise)).to_have_value("zéro\nun\ndeux\ntrois, et la suite")
    field(denise).press_sequentially(" encore")
    # What is typed while it is sent stays as it is, and the rest follows.
    expect(field(denise)).to_have_value("zéro\nun\ndeux\ntrois, et la suite encore")
    denise.clock.run_for(PACE)
    expect(state(denise)).to_contain_text("Enregistré")
    assert stands(session) == "zéro\nun\ndeux\ntrois, et la suite encore"
    assert not yvon.locator(".clash").count()


def test_a_space_that_was_just_typed_is_not_taken_away(page_for: Open, make: Any, session: ForumTopic) -> None:
    page = open_notes(page_for(writer(make, session, "Denise Marguerite")), session)
    field(page).press_sequentially("Le répit \n")
    page.clock.run_for(QUIET)
    expect(state(page)).to_contain_text("Enregistré")
    expect(field(page)).to_have_value("Le répit \n")


def test_a_text_whose_answer_is_lost_counts_once(page_for: Open, make: Any, session: ForumTopic) -> None:
    page = open_notes(page_for(writer(make, session, "Denise Marguerite")), session)
    lost = iter([True])

    def lose(route: Any) -> None:
        answer = route.fetch()
        route.abort() if next(lost, False) else route.fulfill(response=answer)

    page.route("**/notes/text", lose)
    field(page).fill("Un mot")
    page.clock.run_for(QUIET)
    expect(state(page)).to_contain_text("En attente du réseau")
    page.troubles.clear()
    field(page).fill("Un mot, puis un autre")
    page.clock.run_for(AGAIN)
    page.clock.run_for(PACE)
    expect(state(page)).to_contain_text("Enregistré")
    assert stands(session) == "Un mot, puis un autre"
    assert count(NoteVersion) == 2
    expect(page.locator(".clash")).to_have_count(0)


def test_what_waits_outlives_the_page_in_its_writers_name_alone(
    page_for: Open, make: Any, session: ForumTopic, sign_in: Any, site: str
) -> None:
    denise, other = (writer(make, session, name) for name in ("Denise Marguerite", "Nadia Bruant"))
    page = open_notes(page_for(denise), session)
    page.route("**/notes/text", lambda route: route.abort())
    field(page).fill("Ce que Denise a vu")
    page.clock.run_for(QUIET)
    expect(state(page)).to_contain_text("En attente du réseau")
    mine = sign_in(denise).get_cookie("session").value
    theirs = sign_in(other).get_cookie("session").value
    page.unroute("**/notes/text")
    page.context.add_cookies([{"name": "session", "value": theirs, "url": site}])
    # The page that is open sends nothing in the name of another, nor does the page of the other.
    page.clock.run_for(AGAIN)
    expect(state(page)).to_contain_text("Votre session est terminée")
    page.troubles.clear()
    open_notes(page, session)
    expect(field(page)).to_have_value("")
    assert count(NoteVersion) == 0
    page.context.add_cookies([{"name": "session", "value": mine, "url": site}])
    open_notes(page, session)
    expect(field(page)).to_have_value("Ce que Denise a vu")
    assert stands(session) == "Ce que Denise a vu"


def test_signing_out_leaves_nothing_of_what_waited(page_for: Open, make: Any, session: ForumTopic) -> None:
    page = open_notes(page_for(writer(make, session, "Denise Marguerite")), session)
    page.route("**/notes/text", lambda route: route.abort())
    field(page).fill("Ce que Denise a vu")
    page.locator("form[data-note-line] input[name=text]").fill("Une ligne")
    page.clock.run_for(QUIET)
    expect(state(page)).to_contain_text("En attente du réseau")
    page.troubles.clear()
    assert "Ce que Denise" in page.evaluate("JSON.stringify(localStorage)")
    page.locator("details.menu:has(form[action='/logout']) summary").first.click()
    page.get_by_role("button", name="Se déconnecter").first.click()
    page.wait_for_load_state("networkidle")
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "Denise" not in kept
    assert "Une ligne" not in kept


def test_two_tabs_of_one_person_lose_nothing_that_either_typed(page_for: Open, make: Any, session: ForumTopic) -> None:
    one = open_notes(page_for(writer(make, session, "Denise Marguerite")), session)
    other = open_tab(one)
    one.route("**/notes/text", lambda route: route.abort())
    field(one).fill("Ce que le premier onglet a noté")
    one.clock.run_for(QUIET)
    expect(state(one)).to_contain_text("En attente du réseau")
    field(other).fill("Ce que le second a noté")
    other.clock.run_for(QUIET)
    expect(state(other)).to_contain_text("Enregistré")
    one.unroute("**/notes/text")
    one.troubles.clear()
    one.clock.run_for(AGAIN)
    expect(state(one)).to_contain_text("Enregistré")
    assert sorted(stands(session).split("\n")) == ["Ce que le premier onglet a noté", "Ce que le second a noté"]
    # Both go on, each from what it shows.
    for page, more in ((one, " ici"), (other, " là")):
        field(page).press("ControlOrMeta+End")
        field(page).press_sequentially(more)
        page.clock.run_for(PACE)
        expect(state(page)).to_contain_text("Enregistré")
    assert " ici" in stands(session) and " là" in stands(session)


@pytest.mark.parametrize("is_copy", [True, False], ids=["duplicated", "opened later"])
def test_what_another_tab_takes_over_is_made_once_and_its_own_tab_goes_on(
    page_for: Open, make: Any, session: ForumTopic, is_copy: bool
) -> None:
    """A tab that is duplicated has the store of the first; one that is opened later takes up what was left."""
    one = open_notes(page_for(writer(make, session, "Denise Marguerite")), session)
    one.route("**/notes/text", lambda route: route.abort())
    field(one).fill("Le répit")
    one.clock.run_for(QUIET)
    expect(state(one)).to_contain_text("En attente du réseau")
    other = open_tab(one, is_copy=is_copy, later=timedelta(hours=0 if is_copy else 1))
    expect(field(other)).to_have_value("Le répit")
    assert stands(session) == "Le répit"
    one.unroute("**/notes/text")
    one.troubles.clear()
    field(one).fill("Le répit existe le jour")
    one.clock.run_for(AGAIN)
    one.clock.run_for(PACE)
    expect(state(one)).to_contain_text("Enregistré")
    one.clock.run_for(PACE)
    assert stands(session) == "Le répit existe le jour"
    expect(field(one)).to_have_value("Le répit existe le jour")
    assert [version.sent for version in every(NoteVersion)] == ["Le répit", "Le répit existe le jour"]


def test_a_tab_hears_what_became_of_what_another_took_over(page_for: Open, make: Any, session: ForumTopic) -> None:
    one = open_notes(page_for(writer(make, session, "Denise Marguerite")), session)
    one.route("**/notes/text", lambda route: route.abort())
    field(one).fill("Le répit")
    one.clock.run_for(QUIET)
    expect(state(one)).to_contain_text("En attente du réseau")
    one.unroute("**/notes/text")
    one.troubles.clear()
    open_tab(one, later=timedelta(hours=1))
    one.clock.run_for(AGAIN)
    expect(state(one)).to_contain_text("Enregistré")
    assert count(NoteVersion) == 1


def test_signing_out_in_another_tab_brings_nothing_back(page_for: Open, make: Any, session: ForumTopic) -> None:
    one = open_notes(page_for(writer(make, session, "Denise Marguerite")), session)
    one.route("**/notes/text", lambda route: route.abort())
    field(one).fill("Ce que Denise a vu")
    one.clock.run_for(QUIET)
    expect(state(one)).to_contain_text("En attente du réseau")
    other = open_tab(one)
    other.locator("details.menu:has(form[action='/logout']) summary").first.click()
    other.get_by_role("button", name="Se déconnecter").first.click()
    other.wait_for_load_state("networkidle")
    one.clock.run_for(AGAIN)
    assert "Ce que Denise" not in other.evaluate("JSON.stringify(localStorage)")
    one.troubles.clear()


def test_lines_wait_too_and_what_is_refused_stays_and_is_said(
    page_for: Open, make: Any, session: ForumTopic, axe: Any
) -> None:
    page = open_notes(page_for(writer(make, session, "Denise Marguerite"), width=360), session)
    line = page.locator("form[data-note-line]")
    line.locator("[name=text]").fill("Une nuit de répit")
    # What is typed and not added stays in the browser.
    open_notes(page, session)
    expect(line.locator("[name=text]")).to_have_value("Une nuit de répit")
    cut(page)
    line.locator("[name=kind]").select_option("need")
    line.get_by_role("button", name="Ajouter").click()
    expect(line.locator("[name=text]")).to_have_value("")
    expect(state(page)).to_contain_text("En attente du réseau")
    reconnect(page)
    page.clock.run_for(AGAIN)
    expect(page.locator("[data-notes-lines]")).to_contain_text("Une nuit de répit")
    expect(state(page)).to_have_text("La ligne est ajoutée.")
    # A line that is wrong comes back in its form, with why.
    line.locator("[name=text]").fill("Encore")
    line.get_by_role("button", name="Ajouter").click()
    expect(state(page)).to_contain_text("obligatoire")
    expect(line.locator("[name=text]")).to_have_value("Encore")
    page.troubles.clear()
    # The place is gone: the text stays here, and it is said.
    make.at(session, state="withdrawn", slot_id=None, room_id=None)
    field(page).fill("Ce qui s’est dit à la fin")
    page.clock.run_for(PACE)
    expect(state(page)).to_contain_text("gardé dans cet appareil")
    page.troubles.clear()
    assert "à la fin" in page.evaluate("JSON.stringify(localStorage)")
    axe(page)
    assert [one.text for one in every(NoteLine)] == ["Une nuit de répit"]


def test_what_was_typed_before_the_close_goes_after_it(page_for: Open, make: Any, session: ForumTopic) -> None:
    page = open_notes(page_for(writer(make, session, "Denise Marguerite")), session)
    cut(page)
    field(page).fill("Ce qui s’est dit à la fin")
    page.clock.run_for(QUIET)
    make.at(db.session.get_one(Forum, session.forum_id), phase="closed")
    reconnect(page)
    page.clock.run_for(AGAIN)
    expect(state(page)).to_contain_text("gardé à part")
    assert [(one.sent, one.is_late) for one in every(NoteVersion)] == [("Ce qui s’est dit à la fin", True)]
