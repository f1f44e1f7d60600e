"""What a file does not hold and that stays in the plan: what is hidden, or all of it where its rows have no place."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.plan import editing
from app.plan.outline import ActionOutline, ObjectiveOutline, OrientationOutline, Outline

INNER = ("milestones", "indicators")


def remove_untitled(outline: Outline, rows: Mapping[int, int]) -> list[int]:
    """Take out the parts without a title, with all that they hold; return the rows of these, which are in `rows`."""
    removed: list[Any] = []
    for level in editing.LEVELS:
        for parent in editing.list_parents(outline, level):
            siblings = getattr(parent, level)
            removed += [part for part in siblings if not part.title]
            setattr(parent, level, [part for part in siblings if part.title])
    parts = [inner for part in removed for inner in (part, *editing.list_inner(part))]
    return [rows[id(part)] for part in parts]


def keep_hidden(outline: Outline, present: Outline, hidden: Collection[int]) -> None:
    """Put back the actions that nobody sees, and that no file has: they are not dropped for it."""
    _keep_actions(outline, present, hidden)


def _keep_actions(outline: Outline, present: Outline, ids: Collection[int]) -> None:
    present_ids = {action.id for action in outline.actions()}
    for orientation in present.orientations:
        for objective in orientation.objectives:
            missing = [action for action in objective.actions if action.id in ids and action.id not in present_ids]
            if missing:
                _objective(outline, orientation, objective).actions.extend(missing)


def keep_all(outline: Outline, present: Outline, pairs: Iterable[tuple[Any, Any]]) -> None:
    """Put back all that a file does not hold, where it stood; `pairs` are the parts that it holds as they were."""
    for part, former in pairs:
        if isinstance(part, ActionOutline):
            for name in INNER:
                ids = {one.id for one in getattr(part, name)}
                getattr(part, name).extend(replace(one) for one in getattr(former, name) if one.id not in ids)
                setattr(part, name, _sort(getattr(part, name), getattr(former, name)))
    _keep_actions(outline, present, {action.id for action in present.actions()})
    for orientation in present.orientations:
        _orientation(outline, orientation)
        for objective in orientation.objectives:
            _objective(outline, orientation, objective)
    _sort_parts(outline, present)


def _orientation(outline: Outline, orientation: OrientationOutline) -> OrientationOutline:
    """Return an orientation of the outline by its id; added bare where it is not there."""
    found = next((part for part in outline.orientations if part.id == orientation.id), None)
    if found is None:
        found = replace(orientation, objectives=[])
        outline.orientations.append(found)
    return found


def _objective(outline: Outline, orientation: OrientationOutline, objective: ObjectiveOutline) -> ObjectiveOutline:
    """Return an objective of the outline by its id, wherever it stands now; added bare where it is not."""
    for part in outline.parts():
        if isinstance(part, ObjectiveOutline) and part.id == objective.id:
            return part
    above = _orientation(outline, orientation)
    above.objectives.append(replace(objective, actions=[]))
    return above.objectives[-1]


def _sort_parts(outline: Outline, present: Outline) -> None:
    for level in editing.LEVELS:
        formers = [part for parent in editing.list_parents(present, level) for part in getattr(parent, level)]
        for parent in editing.list_parents(outline, level):
            setattr(parent, level, _sort(getattr(parent, level), formers))


def _sort(parts: Sequence[Any], formers: Sequence[Any]) -> list[Any]:
    """Return parts in their former order, each new one behind the part that it follows in the file."""
    ranks = {former.id: rank for rank, former in enumerate(formers) if former.id}
    found = sorted((part for part in parts if part.id in ranks), key=lambda part: ranks[part.id])
    places = {id(part): (rank, 0) for rank, part in enumerate(found)}
    last = (len(found), 0)
    for number, part in enumerate(parts, 1):
        last = places.setdefault(id(part), (last[0], number))
    return sorted(parts, key=lambda part: places[id(part)])
