"""What the square has of the plan: the current one, published and without a draft, and one that is only begun."""
from datetime import date
from typing import Any

from app.plan.models.structure import Plan
from app.plan.models.versions import PlanDraft
from app.plan.queries import plans as queries
from tests.support.make_plan import MakePlan, action_of, outline_of
from tests.support.world_of_the_desk import WRITTEN

FIRST, LAST = date(2026, 4, 1), date(2029, 3, 31)


def plans(make: Any, world: Any) -> None:
    """Publish a plan of two actions; begin another one, whose draft is the first row of its table."""
    maker = MakePlan(make, world.people["coordinator"])
    current = maker.plan(
        action_of("Une action canari-action-shown", 2, lead="La Tablée", partners=["Moisson"], territories=["70052"], issues=["education"],
                  community="securite-alimentaire", communities=["transport-collectif"], budget=12000),
        action_of("Une autre action"))
    begun = make.add(Plan(title="Un plan canari-plan-begun", starts_on=FIRST, ends_on=LAST))
    outline = outline_of(title=begun.title)
    make.add(PlanDraft(plan_id=begun.id, outline=outline.dump(), by_id=world.people["coordinator"].id, at=WRITTEN))
    world.plans = {"current": current, "begun": begun}
    world.parts = {"current": next(queries.published_outline(current).actions()).id, "begun": -3}


def read_by_all(world: Any) -> list[str]:
    current = f"/plan/{world.plans['current'].id}"
    return ["/plan/all", "/plan/versions", f"{current}/versions", f"{current}/versions/1"]


def read_by_the_coordination(world: Any) -> list[str]:
    """The pages on which the plan is written."""
    pages = ["/plan/all", "/plan/new"]
    for state, plan in world.plans.items():
        draft, part = f"/plan/{plan.id}/draft", world.parts[state]
        objective, orientation = (-2, -1) if state == "begun" else (1, 1)
        pages += [
            draft, f"{draft}/edit", f"{draft}/orientations/{orientation}/edit", f"{draft}/objectives/{objective}/edit",
            f"{draft}/actions/{part}/edit", f"{draft}/actions/{part}/removal"]
    begun = f"/plan/{world.plans['begun'].id}/draft"
    return [*pages, f"{begun}/publication", f"{begun}/discard", f"{begun}/actions/new?under=-2", f"{begun}/orientations/new"]
