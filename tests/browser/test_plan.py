"""The plan and an action in a real browser: no barrier that axe can find, on a phone and a wide page, and no script needed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.core import clock
from app.plan.outline import FundingOutline, IndicatorOutline, MilestoneOutline
from app.plan.queries import actions
from app.plan.service.bulletins import Completion, Measurement
from tests.browser.screen import axe_in_both_themes
from tests.support.make_plan import MakePlan, action_of

Open = Callable[..., Page]


@pytest.fixture
def addresses(make: Any) -> list[str]:
    """A plan with something in each place, and its pages."""
    plans, yesterday = MakePlan(make), (clock.today() - timedelta(1)).isoformat()
    plans.plan(
        *(
            action_of(
                f"Une tournée {n}", 1, territories=["70052"], issues=["education"], lead="La Tablée", ends_on=yesterday
            )
            for n in range(13)
        )
    )
    action = plans.action(
        "Une cuisine",
        [MilestoneOutline("Essayer"), MilestoneOutline("Tenir", due_on=yesterday)],
        body="## Pourquoi\n\nPour **manger**.",
        funding=[FundingOutline("Fonds", 48000, 2026, 2028)],
        indicators=[IndicatorOutline("Ménages servis", baseline=9, target=40)],
    )
    measure, first = actions.list_indicators(action.id)[0], actions.list_milestones(action.id)[0]
    plans.say(
        action,
        "Au pas.",
        blocker="Un local",
        measurements=[Measurement(measure.id, clock.today(), 34)],
        completions=[Completion(first.id, clock.today(), "27 ménages", "https://exemple.test/liste")],
    )
    plans.link(action, make.idea())
    return [
        "/plan",
        "/plan?view=territory",
        "/plan?view=lead&late=1",
        f"/plan/actions/{action.id}",
        f"/plan/{action.plan_id}",
    ]


# English changes the words alone.
@pytest.mark.parametrize("lang", ["fr", pytest.param("en", marks=pytest.mark.soak)])
def test_the_plan_and_an_action_have_no_barrier_and_fit_a_phone(
    page_for: Open, addresses: list[str], lang: str
) -> None:
    page = page_for(lang=lang)
    for address in addresses:
        page.goto(address)
        for width in (1280, 768, 360):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            if width != 768:
                axe_in_both_themes(page)


def test_the_plan_is_read_filtered_and_unfolded_without_script_and_by_keyboard(
    page_for: Open, addresses: list[str]
) -> None:
    page = page_for(javascript=False)
    page.goto("/plan")
    page.get_by_role("link", name="Par MRC").click()
    page.get_by_label("Responsable").select_option(label="La Tablée (13)")
    page.get_by_label("En retard seulement").check()
    page.get_by_role("button", name="Appliquer les filtres").click()
    expect(page.locator("#results")).to_contain_text("13 actions sur 13")
    page.get_by_role("link", name="Tout effacer").click()
    page.get_by_role("link", name="Par orientation").click()
    summary = page.locator(".goal > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".goal").first).not_to_have_attribute("open", "")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Une tournée 3", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Une tournée 3")
