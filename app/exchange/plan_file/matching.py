"""Put a file beside the plan that is here: which part is which, so that it changes and nothing of its life is lost.

A part is known again by its code, else by its title under the same parent; a milestone or an indicator by its title in
its action. What the file has no column for stays as it is, and so does an action that is hidden from everybody.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from app.core.text.plain import fold
from app.plan.outline import (
    ActionOutline,
    IndicatorOutline,
    MilestoneOutline,
    ObjectiveOutline,
    OrientationOutline,
    Outline,
)

# The fields that each column of the file fills; the code is kept from the part that is here wherever the file has none.
FIELDS = {
    "orientation.summary": "summary",
    "orientation.weight": "weight",
    "objective.weight": "weight",
    **{
        f"action.{name}": name
        for name in (
            "body",
            "weight",
            "lead",
            "partners",
            "community",
            "communities",
            "territories",
            "issues",
            "starts_on",
            "ends_on",
            "budget",
        )
    },
}
LISTS = {
    "funding": ("funding.text", "funding.source"),
    "indicators": ("indicator.name",),
    "documents": ("document.title", "document.url"),
    "milestones": ("milestone.title",),
}
NAMES = {OrientationOutline: "orientation", ObjectiveOutline: "objective", ActionOutline: "action"}
Path = tuple[str, ...]


def match(outline: Outline, present: Outline, keys: Collection[str], hidden: Collection[int] = ()) -> None:
    """Give the parts of a file's outline the ids of those that are here, and what the file does not speak of.

    `keys` are the columns that the file has, `hidden` the actions that it may not have.
    """
    for part, former in _pairs(outline, present):
        part.id, part.code = former.id, part.code or former.code
        _keep_fields(part, former, keys)
        if isinstance(part, ActionOutline):
            _match_inner(part, former, keys)
    _keep_hidden(outline, present, hidden)


def _pairs(outline: Outline, present: Outline) -> list[tuple[Any, Any]]:
    """Return each part that is here already, with its former self: first by codes, then by paths."""
    by_code = {(type(part), fold(part.code)): part for part in present.parts() if part.code}
    found = {
        id(part): by_code[type(part), fold(part.code)]
        for part in outline.parts()
        if (type(part), fold(part.code)) in by_code
    }
    matched = {id(former) for former in found.values()}
    by_path = {(type(part), path): part for path, part in reversed(list(_paths(present))) if id(part) not in matched}
    for path, part in _paths(outline):
        if id(part) not in found:
            former = by_path.pop((type(part), path), None)
            if former is not None:
                found[id(part)] = former
    return [(part, found[id(part)]) for part in outline.parts() if id(part) in found]


def _paths(outline: Outline) -> Iterator[tuple[Path, Any]]:
    """Yield each part with the titles that lead to it."""
    for orientation in outline.orientations:
        yield (first := (fold(orientation.title),)), orientation
        for objective in orientation.objectives:
            yield (second := (*first, fold(objective.title))), objective
            for action in objective.actions:
                yield (*second, fold(action.title)), action


def _keep_fields(part: Any, former: Any, keys: Collection[str]) -> None:
    for key, name in FIELDS.items():
        if key.startswith(f"{NAMES[type(part)]}.") and key not in keys:
            setattr(part, name, getattr(former, name))


def _match_inner(action: ActionOutline, present: ActionOutline, keys: Collection[str]) -> None:
    for name, columns in LISTS.items():
        if not set(columns) & set(keys):
            setattr(action, name, [replace(part) for part in getattr(present, name)])
    for kind, parts, formers, names in (
        ("milestone", action.milestones, present.milestones, ("weight", "due_on")),
        ("indicator", action.indicators, present.indicators, ("unit", "baseline", "target")),
    ):
        for part, former in _match_named(parts, formers):
            part.id = former.id
            for name in names:
                if f"{kind}.{name}" not in keys:
                    setattr(part, name, getattr(former, name))


def _match_named(parts: Sequence[Any], formers: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield each part with the former one of its name; the second of a name goes with the second of that name."""
    unmatched = list(formers)
    for part in parts:
        former = next((one for one in unmatched if _name(one) == _name(part)), None)
        if former is not None:
            unmatched.remove(former)
            yield part, former


def _name(part: MilestoneOutline | IndicatorOutline) -> str:
    return fold(part.title if isinstance(part, MilestoneOutline) else part.name)


def _keep_hidden(outline: Outline, present: Outline, hidden: Collection[int]) -> None:
    """Put back the actions that nobody sees, and that no file has: they are not dropped for it."""
    present_ids = {action.id for action in outline.actions()}
    for orientation in present.orientations:
        for objective in orientation.objectives:
            missing = [action for action in objective.actions if action.id in hidden and action.id not in present_ids]
            if missing:
                _objective(outline, orientation, objective).actions.extend(missing)


def _objective(outline: Outline, orientation: OrientationOutline, objective: ObjectiveOutline) -> ObjectiveOutline:
    """Return an objective of the outline by its id, wherever it stands now; added bare where it is not."""
    for part in outline.parts():
        if isinstance(part, ObjectiveOutline) and part.id == objective.id:
            return part
    above = next((part for part in outline.orientations if part.id == orientation.id), None)
    if above is None:
        above = replace(orientation, objectives=[])
        outline.orientations.append(above)
    above.objectives.append(replace(objective, actions=[]))
    return above.objectives[-1]
