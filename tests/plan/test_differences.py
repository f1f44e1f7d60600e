"""What changed between two versions: nothing between equal ones, the same whoever is read first, in whatever order it was done."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.plan import differences, editing
from app.plan.differences import Change, Difference
from app.plan.outline import (
    ActionOutline,
    DocumentOutline,
    IndicatorOutline,
    MilestoneOutline,
    ObjectiveOutline,
    OrientationOutline,
    Outline,
    load_outline,
)

pytestmark = pytest.mark.one_engine
MIRROR = {"added": "removed", "removed": "added", "changed": "changed"}


def plan() -> Outline:
    """Return a plan of two orientations, three objectives and six actions, each of two milestones and an indicator."""
    outline = Outline("Un plan", "2026-04-01", "2029-03-31")
    for one in (1, 2):
        objectives = [
            ObjectiveOutline(f"Objectif {one}{two}", one * 10 + two, f"{one}.{two}") for two in range(1, 5 - one)
        ]
        outline.orientations.append(OrientationOutline(f"Orientation {one}", one, str(one), objectives=objectives))
        for objective in objectives:
            objective.actions = [action(objective.id * 10 + three) for three in (1, 2)]
    return outline


def action(number: int) -> ActionOutline:
    return ActionOutline(
        f"Action {number}",
        number,
        str(number),
        lead="La Tablée",
        partners=["Moisson"],
        milestones=[MilestoneOutline(f"Jalon {number}{four}", number * 10 + four) for four in (1, 2)],
        indicators=[IndicatorOutline("Ménages", number * 10, target=40.0)],
        documents=[DocumentOutline("Le devis", "https://exemple.test")],
    )


ACTION = ("actions", 112)
EDITS: dict[str, Any] = {
    "title": lambda one: setattr(part(one, *ACTION), "title", "Un autre titre"),
    "weight": lambda one: setattr(part(one, "objectives", 12), "weight", 4),
    "lead": lambda one: setattr(part(one, "actions", 121), "lead", ""),
    "partners": lambda one: part(one, "actions", 121).partners.append("Le CAB"),
    "milestone": lambda one: setattr(part(one, *ACTION).milestones[0], "due_on", "2027-05-01"),
    "no milestone": lambda one: part(one, "actions", 122).milestones.pop(1),
    "more milestones": lambda one: part(one, "actions", 122).milestones.append(MilestoneOutline("Un de plus")),
    "target": lambda one: setattr(part(one, *ACTION).indicators[0], "target", 50.0),
    "years": lambda one: setattr(one, "ends_on", "2030-03-31"),
    "order": lambda one: editing.move(one, "actions", 211, 1, 212),
    "place": lambda one: editing.write(one, "actions", part(one, "actions", 131), 11),
    "removed": lambda one: editing.remove(one, "objectives", 22),
}


def part(outline: Outline, level: str, part_id: int) -> Any:
    position = editing.find_position(outline, level, part_id)
    assert position is not None
    return position.part


def edited(names: list[str]) -> Outline:
    outline = plan()
    for name in names:
        EDITS[name](outline)
    return outline


@given(st.data())
def test_in_whatever_order_it_was_changed_the_same_is_said_and_nothing_of_equal_plans(data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(sorted(EDITS)), unique=True))
    one, other = edited(names), edited(data.draw(st.permutations(names)))
    found = differences.list_differences(plan(), one)
    assert found == differences.list_differences(plan(), other) and bool(found) == bool(names)
    written = edited([name for name in names if name != "more milestones"])
    assert (
        differences.list_differences(written, deepcopy(written))
        == []
        == differences.list_differences(written, load_outline(written.dump()))
    )


@given(st.lists(st.sampled_from(sorted(set(EDITS) - {"more milestones"})), unique=True))
def test_read_the_other_way_what_came_is_what_went(names: list[str]) -> None:
    there, back = (
        differences.list_differences(plan(), edited(names)),
        differences.list_differences(edited(names), plan()),
    )
    assert {mirrored(one) for one in there} == {
        (one.level, one.id, one.kind, frozenset(one.changes), one.moved) for one in back
    }


def mirrored(one: Difference) -> tuple[Any, ...]:
    changes = frozenset(Change(change.field, change.after, change.before) for change in one.changes)
    return one.level, one.id, MIRROR[one.kind], changes, one.moved and one.moved[::-1]


def test_each_change_names_its_part_with_what_it_was_and_what_it_is() -> None:
    first = differences.list_differences(plan(), edited(sorted(set(EDITS) - {"removed", "place"})))
    by_title = {one.title: one for one in first}
    assert [(one.level, one.kind) for one in first] == [
        ("plan", "changed"),
        ("action", "changed"),
        ("objective", "changed"),
        ("action", "changed"),
        ("action", "changed"),
        ("objective", "changed"),
    ]
    assert by_title["Un plan"].changes == (Change("ends_on", ("2029-03-31",), ("2030-03-31",)),)
    assert by_title["Objectif 12"].changes == (Change("weight", (1,), (4,)),)
    assert by_title["Action 121"].changes == (Change("lead", ("La Tablée",), ()), Change("partners", (), ("Le CAB",)))
    assert by_title["Objectif 21"].changes == (
        Change("order", ("Action 211", "Action 212"), ("Action 212", "Action 211")),
    )
    moved = by_title["Un autre titre"]
    assert [(inner.level, inner.changes) for inner in moved.parts] == [
        ("milestone", (Change("due_on", (), ("2027-05-01",)),)),
        ("indicator", (Change("target", (40.0,), (50.0,)),)),
    ]
    assert [(inner.kind, inner.title) for inner in by_title["Action 122"].parts] == [
        ("added", "Un de plus"),
        ("removed", "Jalon 1222"),
    ]


def test_what_moved_and_what_went_are_told_and_a_list_in_another_order_is_a_change() -> None:
    changed = edited(["place", "removed"])
    one = part(changed, "actions", 121)
    one.documents.append(DocumentOutline("Un plan", "https://exemple.test/plan"))
    one.milestones.reverse()
    before = plan()
    part(before, "actions", 121).documents.insert(0, DocumentOutline("Un plan", "https://exemple.test/plan"))
    found = differences.list_differences(before, changed)
    assert [(one.kind, one.title, one.moved) for one in found] == [
        ("changed", "Action 131", ("Objectif 13", "Objectif 11")),
        ("changed", "Action 121", None),
        ("removed", "Objectif 22", None),
        ("removed", "Action 221", None),
        ("removed", "Action 222", None),
    ]
    assert [change.field for change in found[1].changes] == ["documents"]
    assert found[1].parts[0].changes == (Change("order", ("Jalon 1211", "Jalon 1212"), ("Jalon 1212", "Jalon 1211")),)
