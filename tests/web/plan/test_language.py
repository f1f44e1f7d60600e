"""The plan is written in French: a page in another language says so of each of its words."""

from datetime import date
from typing import Any

import pytest

from app.communities.actors import actor_for
from app.core import clock
from app.core.db import db
from app.plan.models.structure import Action
from app.plan.outline import (
    ActionOutline,
    DocumentOutline,
    FundingOutline,
    IndicatorOutline,
    MilestoneOutline,
    ObjectiveOutline,
    OrientationOutline,
    Outline,
)
from app.plan.queries import details
from app.plan.queries import plans as queries
from app.plan.service import publishing
from app.plan.service.bulletins import Completion, Measurement
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan

WORD = "ruisseau"
"""What each text of the plan has, and no text of the interface."""


def outline() -> Outline:
    action = ActionOutline(
        f"Planter au {WORD}",
        body=f"Des saules au **{WORD}**.",
        lead="Table du sud",
        issues=["education"],
        territories=["70052"],
        funding=[FundingOutline("MSSS", 1000, 2026, 2027)],
        documents=[DocumentOutline(f"Carte du {WORD}", "https://exemple.test/carte")],
        indicators=[IndicatorOutline(f"Longueur du {WORD}", unit=f"m de {WORD}", baseline=1, target=9)],
        milestones=[
            MilestoneOutline(f"Le {WORD} est nommé"),
            MilestoneOutline(f"Le {WORD} est planté", due_on="2020-05-20"),
        ],
    )
    objectives = [ObjectiveOutline(f"Soigner le {WORD}", actions=[action]), ObjectiveOutline(f"Aimer le {WORD}")]
    return Outline(
        f"Plan du {WORD}",
        "2026-04-01",
        "2029-03-31",
        f"Pour chaque {WORD}.",
        [OrientationOutline(f"Au fil du {WORD}", summary=f"L'eau du {WORD}.", objectives=objectives)],
    )


@pytest.fixture
def action(make: Make, plans: MakePlan) -> Action:
    """An action of which each text has the word, in the second version of its plan, with news, a voice and an organisation."""
    boss, first = actor_for(plans.boss), outline()
    plan = publishing.begin(
        boss, title=first.title, summary=first.summary, starts_on=date(2026, 4, 1), ends_on=date(2029, 3, 31)
    )
    publishing.publish(boss, plan, first, reason=f"Pour le {WORD}.")
    second = queries.get_published_outline(plan)
    orientation = second.orientations[0]
    orientation.title, orientation.summary = f"Le long du {WORD}", f"L'eau claire du {WORD}."
    orientation.objectives[1].actions = [orientation.objectives[0].actions.pop()]
    orientation.objectives[1].actions[0].title = f"Planter le long du {WORD}"
    publishing.publish(boss, plan, second, reason=f"Encore pour le {WORD}.")
    action = db.session.get_one(Action, queries.list_action_ids(plan)[0])
    found = details.get_details(action)
    plans.say(
        action,
        f"Le {WORD} monte.",
        blocker=f"Le {WORD} déborde.",
        completions=[Completion(found.milestones[0].id, clock.today(), f"Vu au {WORD}.")],
        measurements=[Measurement(found.indicators[0].id, clock.today(), 4)],
    )
    plans.link(action, make.idea(title=f"Un {WORD}", body=f"Le {WORD}.", issues=["education"], territories=["70052"]))
    return action


def unmarked(page: Any) -> list[str]:
    """Return the texts of a page that have the word and are not said to be French, but for those that hold no markup."""
    texts = page.soup.main.find_all(string=lambda text: WORD in text)
    assert texts, page.request.path
    return [
        " ".join(text.split())
        for text in texts
        if text.parent.name not in ("option", "progress", "title", "desc")
        and (text.find_parent(lang=True) or {}).get("lang") != "fr"
    ]


def test_each_word_of_the_plan_is_said_to_be_french_on_english_pages(
    action: Action, visitor: Browser, sign_in: Any, plans: MakePlan
) -> None:
    plan, here = f"/plan/{action.plan_id}", f"/plan/actions/{action.id}"
    pages = [
        "/",
        "/plan",
        "/plan?view=issue",
        "/plan/all",
        "/plan/versions",
        f"{plan}/versions/1",
        f"{plan}/versions/2",
        f"{plan}/voices",
        here,
        f"{here}/voices",
        f"{here}/links",
        f"/plan/objectives/{action.objective_id}/voices",
        "/issues/education",
        "/territories/70052",
        f"/organisations/{action.lead_id}",
        f"/search?q={WORD}",
    ]
    for path in pages:
        page = visitor.get(f"{path}{'&' if '?' in path else '?'}lang=en")
        assert page.status_code == 200 and not unmarked(page), f"{path}: {unmarked(page)}"
        assert not visitor.get(path).soup.select("main [lang]"), path
    boss = sign_in(plans.boss)
    for path in (f"{plan}/draft", f"{plan}/draft/actions/{action.id}/removal"):
        assert not unmarked(boss.get(f"{path}?lang=en")), path
