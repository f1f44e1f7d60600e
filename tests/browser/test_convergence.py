"""Convergence in a browser: dots by keyboard, how many placed theirs by itself, every stage at 320 px, ballots printed."""

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.choices.models import Choice, ChoiceDot
from app.choices.queries import choices as queries
from app.core import clock as time
from app.forum.models import Forum
from tests.browser.heard import expect_said_once, listen
from tests.browser.screen import WatchedPage
from tests.browser.test_forum_journeys import enter
from tests.browser.test_forum_papers import CUT, PARTS, QUESTION, WIDTH
from tests.browser.test_keyboard import reach
from tests.browser.test_live import cut, open_at, reconnect, wait_for_a_poll
from tests.choices.stored import WORDS, choice_in, converging, places
from tests.events.stored import event_in
from tests.forum.stored import forum_in, place_in
from tests.support.rows import count
from tests.support.world import HERE

Open = Callable[..., WatchedPage]
LONG = "Un autobus du soir entre les trois villages, qui attend la fin du film"


@pytest.fixture
def forum(make: Any, fae: Any) -> Forum:
    now = time.now()
    hours = {"starts_at": now - timedelta(hours=5), "ends_at": now + timedelta(hours=1)}
    return converging(make, room=make.room(HERE), author_id=fae.id, **hours)


@pytest.fixture
def choice(make: Any, forum: Forum) -> Choice:
    return choice_in(make, forum, [*WORDS, "Un jardin de quartier"])


def path(forum: Forum, end: str = "") -> str:
    return f"/forums/{forum.id}/convergence{end}"


def purse(page: Page) -> Any:
    return page.locator(".purse b")


def test_a_guest_places_dots_by_keyboard_on_a_phone(page_for: Open, forum: Forum, choice: Choice) -> None:
    page = page_for(width=360)
    enter(page, forum, "Ana")
    page.goto(path(forum))
    expect(purse(page)).to_contain_text("Il vous reste 5 pastilles")
    for left in (4, 3):
        reach(page, page.get_by_role("button", name=f"Poser une pastille : {WORDS[1]}"))
        page.keyboard.press("Enter")
        expect(purse(page)).to_contain_text(f"Il vous reste {left} pastilles")
    # Whoever pressed is where they pressed, and what they type beside is stored with the next press.
    expect(page.locator("li:focus")).to_contain_text(WORDS[1])
    field = page.get_by_label(f"Pastilles : {WORDS[2]}")
    reach(page, field, most=8)
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(purse(page)).to_contain_text("Toutes vos pastilles sont posées")
    reach(page, page.get_by_role("button", name=f"Poser une pastille : {WORDS[0]}"))
    page.keyboard.press("Enter")
    expect(page.locator("main [role=alert], main .errors").first).to_contain_text("retirez-en 1")
    assert count(ChoiceDot) == 2


def test_a_ballot_without_a_network_is_said_not_to_be_sent_and_stays(
    page_for: Open, forum: Forum, choice: Choice, axe: Any
) -> None:
    page = page_for(width=360)
    enter(page, forum, "Ana")
    listen(page)
    page.goto(path(forum))
    field = page.get_by_label(f"Pastilles : {WORDS[2]}")
    more = page.get_by_role("button", name=f"Poser une pastille : {WORDS[0]}")
    unsent = page.locator("[data-unsent]")
    cut(page)
    field.fill("3")
    field.press("Enter")
    expect(page.locator("li", has=field)).to_contain_text("Pas envoyé")
    expect(unsent).to_be_in_viewport(ratio=1)
    expect_said_once(page, "Pas envoyé")
    more.click()
    expect(page.locator("li", has=more)).to_contain_text("Pas envoyé")
    page.get_by_role("button", name="Enregistrer mes pastilles").click()
    expect(page.locator("#ballot > [data-unsent]")).to_be_in_viewport(ratio=1)
    expect(field).to_have_value("3")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360 and count(ChoiceDot) == 0
    reconnect(page)
    axe(page)
    more.click()
    expect(purse(page)).to_contain_text("Il vous reste 1 pastille")
    expect(page.locator("li:focus")).to_contain_text(WORDS[0])
    expect(unsent).to_be_hidden()
    assert count(ChoiceDot) == 2


def test_how_many_placed_theirs_comes_by_itself_and_the_end_is_said(
    page_for: Open, forum: Forum, choice: Choice, make: Any, fae: Any
) -> None:
    mia = make.user("Mia Membre")
    place_in(make, forum, mia)
    reader, voter, team = open_at(page_for(), path(forum)), page_for(mia), page_for(fae)
    expect(reader.locator("[data-piece=voters]")).to_contain_text("0 personne")
    voter.goto(path(forum))
    voter.get_by_role("button", name=f"Poser une pastille : {WORDS[0]}").click()
    expect(purse(voter)).to_contain_text("Il vous reste 4 pastilles")
    wait_for_a_poll(reader)
    expect(reader.locator("[data-piece=voters]")).to_contain_text("1 personne a posé")
    expect(reader.locator("[data-changed]")).to_be_hidden()
    team.goto(path(forum, "/stopping"))
    team.get_by_role("button", name="Fermer le choix").click()
    expect(team.locator("#flashes")).to_contain_text("Le choix est fermé")
    wait_for_a_poll(reader)
    expect(reader.locator("[data-changed]")).to_be_visible()
    expect(reader.locator("[data-piece=voters]")).to_contain_text("1 personne a posé")


@pytest.mark.parametrize("stage", ["none", "open", "stopped", "counted"])
def test_each_stage_is_right_at_320_pixels_and_in_the_dark(
    page_for: Open, forum: Forum, make: Any, fae: Any, axe: Any, stage: str
) -> None:
    mia = make.user("Mia Membre")
    place = place_in(make, forum, mia)
    ends: Sequence[str] = ("", "/opening") if stage == "none" else ("", "/paper", "/stopping", "/counting")
    if stage != "none":
        columns = {"stopped_at": time.now(), "counted_at": time.now()} if stage == "counted" else {}
        choice = choice_in(make, forum, [*WORDS, LONG * 4], state=stage, **columns)
        if stage == "counted":
            for n, one in enumerate(queries.list_candidates(choice.id)):
                make.at(one, placed=3 if n < 2 else n, on_paper=1, decision="On essaie." if n == 1 else "")
            ends = ("", f"/candidates/{queries.list_candidates(choice.id)[0].id}/decision")
        else:
            places(make, choice, place, 2, 1)
    for user in (mia, fae, None):
        page = page_for(user, width=320, theme="dark")
        for end in ends if user is fae else ("",):
            page.goto(path(forum, end))
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, (user, end)


@pytest.mark.parametrize("format", ["Letter", "A4"])
@pytest.mark.parametrize(
    ("words", "sheets"), [(WORDS, 1), ([LONG] * 8, 1), ([LONG * 2] * 5, 1), ([LONG * 5] * 40, 4), (["Un four"] * 40, 2)]
)
def test_ballots_are_printed_whole(
    page_for: Open, make: Any, fae: Any, axe: Any, words: Sequence[str], sheets: int, format: str
) -> None:
    event = event_in(make, room=make.room(HERE), hours=8, place="Centre communautaire de la Rive")
    forum = forum_in(make, event=event, phase="convergence", question=QUESTION + "et que plus rien ne l'en empêche?")
    choice_in(make, forum, words, dots=10, most_on_one=6)
    page = page_for(fae, width=WIDTH, height=1000)
    page.goto(f"/forums/{forum.id}/papers/ballots")
    axe(page)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=format))) == sheets
    page.emulate_media(media="print")
    assert page.locator(PARTS).evaluate_all(CUT) == []
