"""Two texts of one part of a draft are read side by side, and one is chosen by keyboard, on a phone and without a script."""

from typing import Any

import pytest

from app.plan.queries import plans as queries
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of

THEIRS = "Chaque lundi matin, un camion passe dans les villages qui n'ont plus d'épicerie."
MINE = THEIRS.replace("lundi", "jeudi")


@pytest.mark.parametrize(("width", "javascript"), [(320, False), (320, True), (1280, True)])
def test_whose_words_stay_is_read_and_chosen_by_keyboard(
    page_for: Any, make: Make, sign_in: Any, axe: Any, width: int, javascript: bool
) -> None:
    plans = MakePlan(make)
    plan = plans.plan(action_of("Une tournée", 1, body="Un camion."))
    [action] = queries.get_working_copy(plan).outline.actions()
    path = f"/plan/{plan.id}/draft/actions/{action.id}/edit"
    page = page_for(plans.boss, width=width, javascript=javascript)
    page.goto(path)
    sign_in(make.user(role="coordinator")).submit(path, "form.form", body=THEIRS)
    page.fill("[name=body]", MINE)
    page.press("[name=title]", "Enter")
    page.wait_for_selector(".overlap")
    assert [one.strip() for one in page.locator(".overlap-words").all_inner_texts()] == [THEIRS, MINE]
    assert page.locator(".overlap mark").all_inner_texts() == ["lundi", "jeudi"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if javascript:
        assert page.evaluate("document.activeElement.className") == "error-summary"
        axe(page)
        page.keyboard.press("Tab")
    else:
        page.locator("#keep-body input").first.focus()
    assert page.evaluate("document.activeElement.name") == "keep-body"
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/plan/{plan.id}/draft?at=*")
    assert [one.body for one in queries.get_working_copy(plan).outline.actions()] == [THEIRS]
