"""The page of a draft says what changes, leads to its publication from everywhere, and brings one part back alone."""

from typing import Any

import pytest

from app.communities.actors import actor_for
from app.core.db import db
from app.plan.models.structure import Plan
from app.plan.outline import ObjectiveOutline, OrientationOutline
from app.plan.queries import plans as queries
from app.plan.service import publishing
from tests.support.browser import Browser
from tests.support.make_plan import MakePlan, action_of
from tests.web.plan.test_writing import action, edit_path, outline

FORM = "form.form"


@pytest.fixture
def plan(plans: MakePlan) -> Plan:
    return plans.plan(action_of("Une tournée", 2), action_of("Une cuisine"), action_of("Un jardin"))


@pytest.fixture
def draft(plan: Plan) -> str:
    return f"/plan/{plan.id}/draft"


def marks(page: Any) -> dict[str, str]:
    """Return what is marked on the page: the title of each part, and its marks with what stands beside them."""
    heads = [head for head in page.soup.select(".plan-part-head") if head.select(".badge")]
    return {
        head.select_one(".title").get_text(" ", strip=True): head.select_one(".facts").get_text(" ", strip=True)
        for head in heads
    }


def test_the_draft_marks_what_changes_and_shows_that_alone_when_asked(boss: Browser, plan: Plan, draft: str) -> None:
    assert not marks(boss.get(draft)) and not boss.get(draft).soup.select(".draft-bar")
    boss.submit(edit_path(plan), FORM, title="Deux tournées", budget="500")
    boss.submit(f"{draft}/actions/{action(plan, 1).id}/removal", FORM)
    boss.submit(f"{draft}/edit", FORM, summary="Trois ans.")
    boss.submit(f"{draft}/orientations/new", FORM, title="Se loger")
    expected = {"1.1.1 Deux tournées": "Changé titre, budget", "1.1.2 Une cuisine": "Enlevé", "Se loger": "Nouveau"}
    page = boss.get(draft)
    assert marks(page) == expected and "Un jardin" in page.words
    assert "Changé du plan lui-même : présentation" in page.words.replace("\xa0", " ")
    page = boss.get(page.soup.select_one(".draft-bar a:not([aria-current]):not(.button)")["href"])
    assert marks(page) == expected and "Un jardin" not in page.words
    assert page.soup.select_one(".draft-bar .counted").text == "4"
    assert page.soup.select_one(".draft-bar .button")["href"] == f"{draft}/publication"


def test_the_codes_that_change_are_said_and_a_move_says_that_they_stay(boss: Browser, plan: Plan, draft: str) -> None:
    tour, kitchen, _garden = outline(plan).actions()
    page = boss.submit(draft, "form.plan-draft", button=f"down actions {tour.id} {kitchen.id}", follow=True)
    assert "Les codes restent les mêmes." in page.words and "Code à la publication" not in page.words
    boss.submit(edit_path(plan), FORM, code="1.1.9")
    boss.submit(f"{draft}/actions/new?under={outline(plan).orientations[0].objectives[0].id}", FORM, title="Un four")
    heads = {head.h4.text: head for head in boss.get(draft).soup.select(".plan-part.is-action .plan-part-head")}
    codes = {
        title: [span.text.rpartition("\N{NO-BREAK SPACE}: ")[2] for span in head.select("span") if "Code" in span.text]
        for title, head in heads.items()
    }
    assert codes == {
        "1.1.9 Une cuisine": ["1.1.2 → 1.1.9"],
        "1.1.1 Une tournée": [],
        "1.1.3 Un jardin": [],
        "Un four": ["1.1.4"],
    }


def test_a_plan_before_its_first_version_is_published_from_its_draft_and_has_no_marks(boss: Browser) -> None:
    boss.submit("/plan/new", FORM, title="Plan 2026", starts_on="2026-04-01", ends_on="2029-03-31")
    page = boss.submit("/plan/1/draft/orientations/new", FORM, title="Se loger", follow=True)
    assert not marks(page) and not page.soup.select(".draft-bar .tabs") and page.soup.select(".draft-bar .button")


def test_one_part_comes_back_to_the_published_version_and_the_rest_of_the_draft_stays(
    boss: Browser, plan: Plan, draft: str
) -> None:
    tour, kitchen, garden = outline(plan).actions()
    boss.submit(edit_path(plan), FORM, title="Deux tournées")
    boss.submit(f"{draft}/actions/{kitchen.id}/removal", FORM)
    boss.submit(draft, "form.plan-draft", button=f"up actions {garden.id} {tour.id}")
    page = boss.get(f"{draft}/actions/{tour.id}/reversal")
    assert "Une tournée" in page.words and "Deux tournées" in page.words
    page = boss.submit(page, FORM, follow=True)
    assert "est comme dans la version publiée" in page.words and "1.1.2 Une cuisine" in marks(page)
    page = boss.get(f"{draft}/actions/{kitchen.id}/reversal?show=changes")
    page = boss.submit(page, FORM, follow=True)
    assert "est de retour" in page.words and page.soup.select_one(".draft-bar [aria-current]").text == "Ce qui change1"
    [moved] = [link["href"] for link in page.soup.select("a[href*=reversal]")]
    boss.submit(moved, FORM)
    assert outline(plan) == queries.get_published_outline(db.session.get_one(Plan, plan.id))
    assert "comme publiée" in boss.get(moved, follow_redirects=True).words


def test_what_a_colleague_changed_meanwhile_is_read_before_it_is_undone(boss: Browser, plan: Plan, draft: str) -> None:
    boss.submit(edit_path(plan), FORM, title="Deux tournées")
    page = boss.get(f"{draft}/actions/{action(plan).id}/reversal")
    boss.submit(edit_path(plan), FORM, budget="500")
    page = boss.submit(page, FORM)
    assert page.status_code == 409 and "500 $" in page.words.replace("\xa0", " ") and action(plan).budget == 500
    boss.submit(page, FORM)
    assert action(plan).budget is None and action(plan).title == "Une tournée"


def test_a_part_waits_for_what_held_it_and_for_its_code(boss: Browser, plan: Plan, draft: str) -> None:
    objective = outline(plan).orientations[0].objectives[0].id
    boss.submit(f"{draft}/objectives/new?under={outline(plan).orientations[0].id}", FORM, title="Rénover")
    boss.submit(edit_path(plan), FORM, under="-1", code="9")
    boss.submit(edit_path(plan), FORM, code="1.1.1")
    page = boss.get(f"{draft}/actions/{action(plan, 2).id}/reversal")
    refused = boss.submit(page, FORM)
    assert refused.status_code == 422 and "portent le même code" in refused.words
    boss.submit(f"{draft}/objectives/{objective}/removal", FORM)
    refused = boss.submit(page, FORM)
    assert refused.status_code == 409 and "remettez-le d'abord" in refused.words.replace("’", "'")
    page = boss.submit(f"{draft}/objectives/{objective}/reversal", FORM, follow=True)
    assert [one.title for one in outline(plan).actions()] == ["Une cuisine", "Un jardin", "Une tournée"]


def test_a_long_plan_is_held_a_part_at_a_time(boss: Browser, plans: MakePlan) -> None:
    plan = plans.plan(*(action_of(f"Action {n}") for n in range(13)))
    written = outline(plan)
    written.orientations.append(OrientationOutline("Se loger", objectives=[ObjectiveOutline("Rénover")]))
    publishing.save_draft(actor_for(plans.boss), plan, written, version="")
    page = boss.get(f"/plan/{plan.id}/draft")
    assert len(page.soup.select(".plan-part")) == 2 and "13 actions" in page.words
    page = boss.get(page.soup.select_one('a[href*="at=orientations1"]')["href"])
    assert len(page.soup.select(".plan-part")) == 3 and page.soup.select_one("#orientations1[data-autofocus]")
    page = boss.get(page.soup.select_one('a[href*="at=objectives1"]')["href"])
    assert len(page.soup.select(".plan-part")) == 16
    ids = [one.id for one in written.actions()]
    page = boss.submit(page, "form.plan-draft", button=f"down actions {ids[0]} {ids[1]}", follow=True)
    assert page.soup.select_one(f"#actions{ids[0]}[data-autofocus]")
    assert boss.get(f"/plan/{plan.id}/draft?show=nothing").status_code == 400
