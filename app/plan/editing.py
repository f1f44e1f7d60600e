"""Writing in an outline, in memory: parts are found, added, written over, moved and removed by level and id.

In a draft, a part without a row has a negative id, its own among those of the draft.
"""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import count
from typing import Any

from app.plan.outline import Outline

LEVELS = ("orientations", "objectives", "actions")


@dataclass
class Position:
    """Where a part stands: `siblings[index]` is the part, `parent` what holds it (the outline, of an orientation)."""

    siblings: list[Any]
    index: int
    parent: Any

    @property
    def part(self) -> Any:
        return self.siblings[self.index]

    @property
    def parent_id(self) -> int:
        """Return the id of what holds the part; 0 is the plan."""
        return int(getattr(self.parent, "id", 0))


def list_parents(outline: Outline, level: str) -> Iterator[Any]:
    """Yield the parts that can be the parent of a level: the plan, its orientations or its objectives."""
    if level == "orientations":
        yield outline
    elif level == "objectives":
        yield from outline.orientations
    else:
        for orientation in outline.orientations:
            yield from orientation.objectives


def find_position(outline: Outline, level: str, part_id: int) -> Position | None:
    for parent in list_parents(outline, level):
        siblings = getattr(parent, level)
        for index, part in enumerate(siblings):
            if part.id == part_id:
                return Position(siblings, index, parent)
    return None


def compute_version(part: Any) -> str:
    """Return a hash of a part with all that it holds; another hash means that somebody changed it."""
    return hashlib.sha256(json.dumps(asdict(part), sort_keys=True).encode()).hexdigest()[:32]


def list_inner(part: Any) -> Iterator[Any]:
    """Yield what a part holds, at every level, in the order of the plan."""
    for level in LEVELS:
        for inner in getattr(part, level, ()):
            yield inner
            yield from list_inner(inner)


def assign_ids(outline: Outline) -> None:
    """Give an id of the draft to each part that has none, in their order."""
    for part in outline.parts():
        if part.id == 0:
            part.id = _new_id(outline)


def assign_inner_ids(outline: Outline) -> None:
    """Give an id, for a comparison, to each milestone and indicator that has none."""
    free = count(-1, -1)
    for part in _list_inner_parts(outline):
        part.id = part.id or next(free)


def clear_inner_ids(outline: Outline) -> None:
    """Leave no other id to milestones and indicators than that of a row."""
    for part in _list_inner_parts(outline):
        part.id = max(part.id, 0)


def _list_inner_parts(outline: Outline) -> Iterator[Any]:
    for action in outline.actions():
        yield from action.milestones
        yield from action.indicators


def add(outline: Outline, level: str, part: Any, under: int) -> bool:
    """Put a new part last under its parent, with an id of the draft. Return whether that parent is there."""
    parent = _parent(outline, level, under)
    if parent is not None:
        part.id = _new_id(outline)
        getattr(parent, level).append(part)
    return parent is not None


def write(outline: Outline, level: str, part: Any, under: int) -> bool:
    """Write a part over the one of its id, which goes last under another parent where `under` names another.

    What the part holds stays. Return whether part and parent are there.
    """
    position, parent = find_position(outline, level, part.id), _parent(outline, level, under)
    if position is None or parent is None:
        return False
    position.siblings[position.index] = replace(part, **_inner_lists(position.part))
    if parent is not position.parent:
        getattr(parent, level).append(position.siblings.pop(position.index))
    return True


def move(outline: Outline, level: str, part_id: int, step: int, neighbour_id: int) -> bool:
    """Exchange a part with the one before it (-1) or after it (1). Return whether that is this neighbour."""
    position = find_position(outline, level, part_id)
    other = position.index + step if position else -1
    if position is None or not 0 <= other < len(position.siblings) or position.siblings[other].id != neighbour_id:
        return False
    position.siblings.insert(other, position.siblings.pop(position.index))
    return True


def remove(outline: Outline, level: str, part_id: int) -> bool:
    """Remove a part with all that it holds. Return whether it was there."""
    position = find_position(outline, level, part_id)
    if position is None:
        return False
    position.siblings.pop(position.index)
    return True


def restore(old: Outline, outline: Outline, level: str, part_id: int) -> bool:
    """Bring a part back to what `old` says of it, in the place that it had there. Return whether its parent is there.

    What the part holds now stays. One that was removed comes back with what it held and stands nowhere else.
    """
    former, position = find_position(old, level, part_id), find_position(outline, level, part_id)
    parent = _parent(outline, level, former.parent_id) if former else None
    if former is None or parent is None:
        return False
    siblings = getattr(parent, level)
    steady_ids = find_steady_ids(former.siblings, siblings)
    part = _refill(former.part, position.part if position else None, outline)
    if position and part_id in steady_ids:
        siblings[position.index] = part
        return True
    if position:
        position.siblings.pop(position.index)
    siblings.insert(_find_place(part_id, former.siblings, siblings, steady_ids), part)
    return True


def find_steady_ids(before: Sequence[Any], present: Sequence[Any]) -> set[int]:
    """Return the ids of the parts that kept their order, the most that can be said to: the others have moved."""
    places = {part.id: place for place, part in enumerate(before)}
    ends: list[int] = []
    rows: list[tuple[Any, ...]] = []  # of each length, the row that ends soonest: its last id, and the row before it
    for part in present:
        if part.id in places:
            at = bisect_left(ends, places[part.id])
            row = (part.id, rows[at - 1] if at else ())
            ends[at : at + 1], rows[at : at + 1] = [places[part.id]], [row]
    return set(_unroll(rows[-1])) if rows else set()


def _unroll(row: tuple[Any, ...]) -> Iterator[int]:
    while row:
        last_id, row = row
        yield last_id


def _find_place(part_id: int, before: Sequence[Any], siblings: Sequence[Any], steady_ids: set[int]) -> int:
    """Return where a part stands among its siblings: after the steady one that came last before it."""
    former_ids = [part.id for part in before]
    earlier_ids = steady_ids.intersection(former_ids[: former_ids.index(part_id)])
    return max((index + 1 for index, one in enumerate(siblings) if one.id in earlier_ids), default=0)


def _refill(former: Any, present: Any, outline: Outline) -> Any:
    """Return a former part with what the present one holds; without one, with what stands nowhere else in the plan."""
    if present is not None:
        return replace(former, **_inner_lists(present))
    keys = {
        (level, part.id)
        for level in LEVELS
        for parent in list_parents(outline, level)
        for part in getattr(parent, level)
    }
    return _without(former, keys)


def _without(part: Any, keys: set[tuple[str, int]]) -> Any:
    inner = {
        level: [_without(one, keys) for one in parts if (level, one.id) not in keys]
        for level, parts in _inner_lists(part).items()
    }
    return replace(part, **inner)


def _inner_lists(part: Any) -> dict[str, list[Any]]:
    return {level: getattr(part, level) for level in LEVELS if hasattr(part, level)}


def _parent(outline: Outline, level: str, parent_id: int) -> Any:
    return next((parent for parent in list_parents(outline, level) if getattr(parent, "id", 0) == parent_id), None)


def _new_id(outline: Outline) -> int:
    return min([0, *(part.id for part in outline.parts())]) - 1
