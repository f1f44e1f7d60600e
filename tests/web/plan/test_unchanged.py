"""What is written of the plan comes back from its forms as it was: sent as they stand, they change nothing."""

from typing import Any

import pytest
from flask import Flask

from app.core import clock
from app.core.db import db
from app.plan.models.structure import Action, Objective
from app.plan.outline import DocumentOutline, FundingOutline, IndicatorOutline, MilestoneOutline
from app.plan.queries import actions
from app.plan.service.bulletins import Completion, Measurement
from tests.crawl.test_unchanged import send_back
from tests.support import tables
from tests.support.make import Make
from tests.support.make_plan import MakePlan
from tests.support.rows import again

BODY = "## Pourquoi\n\n- Pour *manger*\n- Pour **causer**\n\n| A | B |\n|---|---|\n| 1 | 2 |"


@pytest.fixture
def action(make: Make, plans: MakePlan) -> Action:
    """An action with figures, days, places and words in each of its fields, and a second one in its plan."""
    return plans.action(
        "Une tournée d'épicerie : « pour tous »",
        weight=12,
        body=BODY,
        lead="La Tablée",
        partners=["Élan", "Au volant; encore"],
        community="securite-alimentaire",
        communities=["transport-collectif"],
        territories=["70052", "70"],
        issues=["education"],
        budget=1_250_000,
        starts_on="2026-01-05",
        ends_on="2028-02-29",
        funding=[FundingOutline("Fonds", 48_000, 2026, 2028)],
        documents=[DocumentOutline("L'entente", "https://exemple.test/entente.pdf?a=1&b=2")],
        indicators=[
            IndicatorOutline("Ménages servis", unit="ménages", baseline=-0.125, target=1234567.25),
            IndicatorOutline("Kilomètres"),
        ],
        milestones=[MilestoneOutline("Essayer", weight=3, due_on="2027-01-31"), MilestoneOutline("Tenir")],
    )


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_form_of_the_draft_begins_no_draft(
    app: Flask, plans: MakePlan, action: Action, sign_in: Any, lang: str
) -> None:
    browser, draft = sign_in(plans.boss), f"/plan/{action.plan_id}/draft"
    browser.set_cookie("lang", lang)
    orientation_id = db.session.get_one(Objective, action.objective_id).orientation_id
    parts = {"orientations": orientation_id, "objectives": action.objective_id, "actions": action.id}
    for end in ("edit", *(f"{level}/{part_id}/edit" for level, part_id in parts.items())):
        answers = list(send_back(app, browser, tables.photo(), browser.get(f"{draft}/{end}")))
        assert [code for name, code, *_more in answers if name.endswith(("edit", "save"))] == [303], end
        assert not [effects for _name, _code, effects, _guarded in answers if effects], end


def test_the_words_of_a_bulletin_are_not_corrected_and_no_charge_is_given(
    app: Flask, plans: MakePlan, action: Action, sign_in: Any
) -> None:
    holder, today = plans.holder(action), clock.today()
    said = plans.say(
        action,
        BODY,
        by=holder,
        blocker="La « neige »",
        state="underway",
        completions=[Completion(actions.list_milestones(action.id)[0].id, today, "27 ménages")],
        measurements=[Measurement(actions.list_indicators(action.id)[0].id, today, 27.5)],
    )
    page = f"/plan/actions/{action.id}"
    for person, path, code in (
        (holder, f"/plan/bulletins/{said.id}/edit", 303),
        (holder, f"{page}/bulletins/new", 422),
        (plans.boss, f"{page}/holders", 422),
    ):
        browser = sign_in(person)
        answer, *_searches = send_back(app, browser, tables.photo(), browser.get(path))
        assert answer[1:3] == (code, set()), path
    assert again(said).edited_at is None
