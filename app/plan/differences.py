"""What changed between two outlines of a plan, part by part: a part is the same one where its `id` is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.plan.outline import ActionOutline, Outline

FIELDS = {
    "plan": ("title", "summary", "starts_on", "ends_on"),
    "orientation": ("code", "title", "summary", "weight"),
    "objective": ("code", "title", "weight"),
    "action": ("code", "title", "body", "weight", "lead", "community", "starts_on", "ends_on", "budget"),
    "milestone": ("title", "weight", "due_on"),
    "indicator": ("name", "unit", "baseline", "target"),
}
LISTS = ("partners", "communities", "territories", "issues", "funding", "documents")
INNER = {"milestone": "milestones", "indicator": "indicators"}


@dataclass(frozen=True)
class Change:
    """One field: what left it and what came, as the outline writes them; a list has what differs alone.

    Where a list holds the same in another order, both are whole; so they are for `order`, the titles of what a part
    holds.
    """

    field: str
    before: tuple[Any, ...]
    after: tuple[Any, ...]


@dataclass(frozen=True)
class Difference:
    """What became of one part: `kind` is added, removed or changed; `level` is one of `FIELDS`.

    `moved` is (former parent, new parent) as titles, where it changed. `parts` are those of the milestones and
    indicators of an action that stays.
    """

    level: str
    kind: str
    id: int
    code: str
    title: str
    changes: tuple[Change, ...] = ()
    moved: tuple[str, str] | None = None
    parts: tuple["Difference", ...] = ()


@dataclass(frozen=True)
class Node:
    """A part in its plan: what holds it, and the titles of what it holds by id, in their order."""

    level: str
    part: Any
    parent_id: int
    parent_title: str
    inside: dict[int, str]


def list_differences(old: Outline, new: Outline) -> list[Difference]:
    """Return the differences of two outlines, in the order of the new one, then the removed parts.

    What the old outline does not have was added, and so was what has no id (0). Equal outlines have no difference.
    """
    before, after = list(_nodes(old)), list(_nodes(new))
    former = {(node.level, node.part.id): node for node in before if node.part.id != 0 or node.level == "plan"}
    present = {(node.level, node.part.id) for node in after}
    found = [_compare(former.get((node.level, node.part.id)), node) for node in after]
    removed = [_describe(node, "removed") for key, node in former.items() if key not in present]
    return [difference for difference in found if difference is not None] + removed


@dataclass(frozen=True)
class _Plan:
    """A plan as a part: it has neither row nor code here."""

    title: str
    summary: str
    starts_on: str
    ends_on: str
    id: int = 0
    code: str = ""


def _nodes(outline: Outline) -> Iterator[Node]:
    plan = _Plan(outline.title, outline.summary, outline.starts_on, outline.ends_on)
    yield Node("plan", plan, 0, "", _titles(outline.orientations))
    for orientation in outline.orientations:
        yield Node("orientation", orientation, 0, "", _titles(orientation.objectives))
        for objective in orientation.objectives:
            yield Node("objective", objective, orientation.id, orientation.title, _titles(objective.actions))
            for action in objective.actions:
                yield Node("action", action, objective.id, objective.title, {})


def _titles(parts: Sequence[Any]) -> dict[int, str]:
    return {part.id: part.title for part in parts if part.id != 0}


def _compare(old: Node | None, new: Node) -> Difference | None:
    if old is None:
        return _describe(new, "added")
    changes = [*_fields(new.level, old.part, new.part), *_order("order", old.inside, new.inside)]
    moved = (old.parent_title, new.parent_title) if old.parent_id != new.parent_id else None
    parts: tuple[Difference, ...] = ()
    if isinstance(new.part, ActionOutline):
        changes += _lists(old.part, new.part)
        parts = tuple(part for level in INNER for part in _inner(level, old.part, new.part))
    if not (changes or moved or parts):
        return None
    return Difference(new.level, "changed", new.part.id, new.part.code, new.part.title, tuple(changes), moved, parts)


def _describe(node: Node, kind: str) -> Difference:
    return Difference(node.level, kind, node.part.id, node.part.code, node.part.title)


def _fields(level: str, old: Any, new: Any) -> list[Change]:
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in FIELDS[level])
    return [Change(name, _wrap(before), _wrap(after)) for name, before, after in pairs if before != after]


def _wrap(value: Any) -> tuple[Any, ...]:
    return () if value in ("", None) else (value,)


def _lists(old: ActionOutline, new: ActionOutline) -> list[Change]:
    found = []
    for name in LISTS:
        before, after = getattr(old, name), getattr(new, name)
        removed, added = _without(before, after), _without(after, before)
        if removed or added:
            found.append(Change(name, removed, added))
        elif before != after:
            found.append(Change(name, tuple(before), tuple(after)))
    return found


def _without(values: Sequence[Any], others: Sequence[Any]) -> tuple[Any, ...]:
    """Return what of the first list the second lacks, each as many times as it lacks it."""
    unmatched = list(others)
    found = []
    for value in values:
        if value in unmatched:
            unmatched.remove(value)
        else:
            found.append(value)
    return tuple(found)


def _order(field: str, old: dict[int, str], new: dict[int, str]) -> list[Change]:
    """Return the change of order of the parts that stay in one part, or nothing where it is the same."""
    before, after = [one for one in old if one in new], [one for one in new if one in old]
    if before == after:
        return []
    return [Change(field, tuple(old[one] for one in before), tuple(new[one] for one in after))]


def _inner(level: str, old: ActionOutline, new: ActionOutline) -> Iterator[Difference]:
    """Compare the milestones, or the indicators, of one action."""
    name = INNER[level]
    before = {part.id: part for part in getattr(old, name) if part.id != 0}
    after = getattr(new, name)
    for part in after:
        if part.id not in before:
            yield _part(level, part, "added")
        elif changes := _fields(level, before[part.id], part):
            yield _part(level, part, "changed", tuple(changes))
    present_ids = {part.id for part in after}
    yield from (_part(level, part, "removed") for part_id, part in before.items() if part_id not in present_ids)
    for change in _order("order", _names(level, getattr(old, name)), _names(level, after)):
        yield Difference(level, "changed", 0, "", "", (change,))


def _names(level: str, parts: Sequence[Any]) -> dict[int, str]:
    return {part.id: _name(part) for part in parts if part.id != 0}


def _part(level: str, part: Any, kind: str, changes: tuple[Change, ...] = ()) -> Difference:
    return Difference(level, kind, part.id, "", _name(part), changes)


def _name(part: Any) -> str:
    return str(getattr(part, "title", "") or getattr(part, "name", ""))
