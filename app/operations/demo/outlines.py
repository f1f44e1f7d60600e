"""The versions of the demonstration's plan, from its JSON: days are counted back from the story's day, years on."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from app.operations.demo import book
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

Fact = dict[str, Any]
PLAIN = ("title", "body", "weight", "community", "communities", "territories", "issues")


def list_actions(plan: Fact) -> Iterator[Fact]:
    for orientation in plan["orientations"]:
        for objective in orientation["objectives"]:
            yield from objective["actions"]


def build(plan: Fact, day: datetime, number: int) -> Outline:
    """Return a version of the plan: an action is in it from its `version` on, with what it said `before`."""
    start = (day.date() - timedelta(days=plan["begins"])).replace(day=1)
    end = start.replace(year=start.year + plan["years"]) - timedelta(days=1)
    names = {fact["key"]: fact["name"] for fact in (*plan["organisations"], *book.load("people")["organisations"])}
    orientations = [
        OrientationOutline(
            one["title"],
            summary=one["summary"],
            weight=one["weight"],
            objectives=[
                ObjectiveOutline(
                    two["title"],
                    weight=two["weight"],
                    actions=[
                        _action(fact, day.date(), start.year, number, names)
                        for fact in two["actions"]
                        if fact["version"] <= number
                    ],
                )
                for two in one["objectives"]
            ],
        )
        for one in plan["orientations"]
    ]
    return Outline(plan["title"], start.isoformat(), end.isoformat(), plan["summary"], orientations)


def keep_ids(outline: Outline, published: Outline) -> None:
    """Give the parts of a version the ids that they have in the one before: the same code, the same place."""
    outline.number()
    before = {part.code: part for part in published.parts()}
    for part in outline.parts():
        former = before.get(part.code)
        part.id = former.id if former else 0
        for name in ("milestones", "indicators"):
            for row, former_row in zip(getattr(part, name, ()), getattr(former, name, ()), strict=False):
                row.id = former_row.id


def _action(fact: Fact, today: date, first_year: int, number: int, names: dict[str, str]) -> ActionOutline:
    before: Fact = fact.get("before", {"until": 0})
    changed: Fact = before if number < before["until"] else {}
    targets = changed.get("targets", [one["target"] for one in fact["indicators"]])
    return ActionOutline(
        code=fact["key"],
        **{name: fact[name] for name in PLAIN},
        lead=names[fact["lead"]],
        partners=[names[key] for key in fact["partners"]],
        budget=fact.get("budget"),
        starts_on=_day(today, fact["starts"]),
        ends_on=_day(today, (fact | changed)["ends"]),
        funding=[
            FundingOutline(one["source"], one["amount"], *(first_year + n for n in one["years"]))
            for one in fact["funding"]
        ],
        indicators=[
            IndicatorOutline(one["name"], unit=one["unit"], baseline=one["baseline"], target=target)
            for one, target in zip(fact["indicators"], targets, strict=True)
        ],
        documents=[DocumentOutline(**one) for one in fact["documents"]],
        milestones=[MilestoneOutline(one["title"], due_on=_day(today, one["due"])) for one in fact["milestones"]],
    )


def _day(today: date, days_ago: int) -> str:
    return (today - timedelta(days=days_ago)).isoformat()
