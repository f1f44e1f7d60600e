"""While a title is typed, what is near is shown, said aloud, reached and hidden by keyboard, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.screen import WatchedPage
from tests.browser.test_keyboard import reach
from tests.support.make_plan import MakePlan
from tests.support.world import HERE

Open = Callable[..., WatchedPage]
TITLE = "Un frigo communautaire à l'école"


def test_what_is_similar_is_said_reached_and_hidden_by_keyboard(page_for: Open, make: Any, axe: Any) -> None:
    make.idea(community=HERE, title="Des frigos communautaires près des écoles")
    page = page_for(make.user(), width=360)
    page.goto("/ideas/new")
    title, near = page.locator("#title"), page.locator(".nearby")
    title.press_sequentially(TITLE)
    expect(near).to_be_visible()
    expect(page.locator("#live")).to_have_text("1 idée proche")
    expect(title).to_be_focused()
    axe(page)
    page.keyboard.press("Escape")
    expect(near).to_have_count(0)
    expect(title).to_be_focused()
    title.press_sequentially(" primaire")
    expect(near).to_be_visible()
    reach(page, near.get_by_role("button", name="Masquer"), most=3)
    link = reach(page, near.get_by_role("link"), most=2)
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Des frigos communautaires près des écoles")
    opened.value.close()
    expect(link).to_be_focused()
    page.keyboard.press("Escape")
    expect(near).to_have_count(0)
    expect(title).to_be_focused()
    expect(title).to_have_value(f"{TITLE} primaire")


def test_what_is_done_already_is_read_with_what_it_lacks_on_a_phone_in_the_dark(
    page_for: Open, make: Any, axe: Any
) -> None:
    plans = MakePlan(make)
    action = plans.action("Des frigos communautaires près des écoles", budget=7_500)
    plans.say(action, state="underway", blocker="Le branchement attend la permission de creuser dans le stationnement")
    page = page_for(make.user(), width=360, theme="dark")
    page.goto("/ideas/new")
    page.locator("#title").press_sequentially(TITLE)
    near = page.locator(".nearby")
    expect(near).to_contain_text("Le branchement attend")
    expect(page.locator("#live")).to_have_text("1 texte proche")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    reach(page, near.get_by_role("link"), most=3)
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    expect(opened.value.get_by_role("heading", level=1)).to_have_text(action.title)


def test_a_refusal_is_silent_and_leaves_the_form(page_for: Open, make: Any) -> None:
    page = page_for(make.user())
    page.goto("/ideas/new")
    page.route(
        "**/ideas/near",
        lambda route: route.fulfill(
            status=500,
            body="<p>Brisé</p>",
            headers={"HX-Retarget": "#main", "HX-Reswap": "outerHTML", "Content-Type": "text/html"},
        ),
    )
    title = page.locator("#title")
    with page.expect_response("**/ideas/near"):
        title.press_sequentially(TITLE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Proposer une idée")
    expect(title).to_have_value(TITLE)
    expect(page.get_by_text("Brisé")).to_have_count(0)
    page.troubles.clear()
