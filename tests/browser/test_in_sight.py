"""What an act did stands in sight, is said once, and the focus is on what changed: each way of answering an act, on a phone and
at a desk, with scripts and without."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from app.accounts.models.people import User
from app.core import clock
from app.plan.models.structure import Plan
from tests.browser.heard import MESSAGE, expect_message, expect_said_once, listen
from tests.matrix import Row
from tests.support import tables
from tests.support.browser import Browser
from tests.support.make_plan import MakePlan, action_of
from tests.support.world import World, browsers
from tests.test_answers import PAGES, STEPS, successes

Open = Callable[..., Page]
HERE, WHY = "securite-alimentaire", "Cela ne respecte pas la charte."
LONG = "Un paragraphe qui prend de la place.\n\n" * 60
PLACED = {
    "down": "« Le pas 18 » est maintenant après « Le pas 19 »",
    "up": "« Le pas 20 » est maintenant avant « Le pas 18 »",
}
WINDOWS = {
    "phone": {"width": 360, "height": 640},
    "desk": {"width": 1280, "height": 800},
    "zoomed": {"width": 320, "height": 256},
}
WINDOW = pytest.mark.parametrize("window", WINDOWS)
SCRIPTS = pytest.mark.parametrize("javascript", [pytest.param(True, id="scripts"), pytest.param(False, id="no_script")])


@pytest.fixture
def look(page_for: Open, window: str, javascript: bool) -> Callable[..., Page]:
    """Open a page that listens, in this window."""
    return lambda person, **options: listen(page_for(person, javascript=javascript, **WINDOWS[window], **options))


@pytest.fixture
def plan(make: Any) -> tuple[MakePlan, Plan]:
    """A plan of twenty actions."""
    plans = MakePlan(make)
    return plans, plans.plan(*[action_of(f"Le pas {n}") for n in range(1, 21)])


def expect_answer(page: Page, javascript: bool, text: str, focus: str = "") -> None:
    """Expect a message in sight that is said once, and the focus on what changed (a selector), else on the message."""
    expect_message(page, text, focus)
    if javascript:
        expect_said_once(page, text or page.locator(MESSAGE).first.locator("p").first.inner_text())


@WINDOW
@SCRIPTS
def test_what_is_far_down_the_page_has_the_focus_and_the_message_is_in_sight(
    look: Any, plan: tuple[MakePlan, Plan], javascript: bool
) -> None:
    plans, written = plan
    page = look(plans.boss)
    page.goto(f"/plan/{written.id}/draft")
    page.locator("button[value^='down actions 18 ']").click()
    expect_answer(page, javascript, PLACED["down"], "#actions18")
    page.locator("button[value^='up actions 20 ']").click()
    expect_answer(page, javascript, PLACED["up"], "#actions20")


@WINDOW
@SCRIPTS
def test_the_message_has_the_focus_when_nothing_on_the_page_is_what_changed(
    look: Any, make: Any, fae: Any, idea: Any, javascript: bool
) -> None:
    page = look(fae)
    page.goto(f"/ideas/{idea.id}/lock")
    page.get_by_label("Motif").fill(WHY)
    page.get_by_role("button", name="Verrouiller ce fil").click()
    expect_answer(page, javascript, "Le fil est verrouillé")
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    page.wait_for_timeout(200)
    expect_message(page, "Le fil est verrouillé")


@WINDOW
@SCRIPTS
def test_a_part_of_a_page_that_scripts_replace_says_what_changed_too(look: Any, make: Any, javascript: bool) -> None:
    idea = make.idea(title="Un marché le samedi", kind="need", body=LONG)
    page = look(make.user())
    page.goto(f"/ideas/{idea.id}")
    page.get_by_role("button", name="Appuyer ce besoin").click()
    expect_answer(page, javascript, "Votre appui est compté", "#support-now")


def test_supporting_from_the_foot_of_a_phone_leaves_the_reader_where_they_read(page_for: Open, make: Any) -> None:
    idea = make.idea(title="Un marché le samedi", kind="need", body=LONG)
    page = listen(page_for(make.user(), width=360, height=640))
    page.goto(f"/ideas/{idea.id}")
    page.mouse.wheel(0, 300)
    page.wait_for_function("scrollY === 300")
    page.mouse.click(180, 610)
    expect_answer(page, True, "Votre appui est compté", "#support-now")
    # The message at the head of the page may push the text down; it is a few lines high.
    assert page.evaluate("scrollY") < 450


@WINDOW
@SCRIPTS
def test_a_refused_form_shows_what_is_wrong(look: Any, make: Any, fae: Any, idea: Any, javascript: bool) -> None:
    page = look(fae)
    page.goto(f"/ideas/{idea.id}/lock")
    page.get_by_role("button", name="Verrouiller ce fil").click()
    expect(page.locator(".error-summary")).to_be_in_viewport()
    expect(page.locator("#flashes")).to_be_empty()
    if javascript:
        expect(page.locator(".error-summary")).to_be_focused()


@WINDOW
@SCRIPTS
def test_the_desk_says_what_was_done_beside_what_comes_next(look: Any, make: Any, fae: Any, javascript: bool) -> None:
    ideas = [
        make.idea(
            make.user(f"Nina {n}", trusted_at=None),
            HERE,
            "pending",
            title=f"La première idée {n}",
            body=LONG,
            suspect="first",
        )
        for n in range(4)
    ]
    for n, idea in enumerate(ideas):
        make.at(idea, saved_at=clock.ago(hours=9 - n))
    page = look(fae)
    page.goto("/moderation")
    page.locator(f"#item-idea-{ideas[2].id}").get_by_role("button", name=re.compile("^Publier(?! et)")).first.click()
    expect_answer(page, javascript, "est publié", f"#item-idea-{ideas[3].id}")
    expect(page.get_by_role("button", name="Annuler la publication")).to_be_in_viewport()


def test_a_message_is_closed_with_its_button_and_the_page_goes_on(
    page_for: Open, make: Any, fae: Any, idea: Any, axe: Any
) -> None:
    page = listen(page_for(fae, width=360, height=640))
    page.goto(f"/ideas/{idea.id}/slow-mode")
    page.get_by_label("15 minutes").check()
    page.get_by_label("Motif").fill(WHY)
    page.get_by_role("button", name="Changer le rythme").click()
    expect_message(page, "Le fil est ralenti", "#comments")
    axe(page)
    page.get_by_role("button", name="Fermer ce message").click()
    expect(page.locator("#flashes")).to_be_empty()
    expect(page.locator("#comments")).to_be_focused()


@pytest.mark.soak
@pytest.mark.parametrize("window", ["phone", "desk"])
@SCRIPTS
def test_every_act_that_succeeds_answers_in_sight(
    world: World, look: Any, site: str, sign_in: Callable[[User], Browser], visitor: Browser, javascript: bool
) -> None:
    people, base, wrong = browsers(world, sign_in, visitor), tables.photo(), []
    page = look(None)
    for row, role, path in successes(world):
        if row.rule not in PAGES.keys() | STEPS.keys():
            place = open_answer(page, site, people[role], row, path)
            try:
                expect_answer(page, javascript, "", f"[id='{place}']" if place else "")
            except AssertionError as fault:
                wrong.append(f"{row.rule}: {fault}")
            tables.restore(base)
    assert wrong == []


def open_answer(page: Page, site: str, browser: Browser, row: Row, path: str) -> str:
    """Do an act, and open in a window the page that it leads to; return the place on it, if the address names one."""
    with browser.keep_cookies():
        answer = browser.forge(path, data=row.data)
        cookie = browser.get_cookie("session")
    assert cookie is not None and answer.location, f"{row.rule}: {answer.status}"
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": site}])
    page.goto("about:blank")
    page.goto(answer.location)
    return urlsplit(page.url).fragment
