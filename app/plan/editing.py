"""Writing in an outline, in memory: parts are found, added, written over, moved and removed by level and id.

In a draft, a part without a row has a negative id, its own among those of the draft.
"""

import hashlib
import json
from collections.abc import Iterator
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
    inner = {name: getattr(position.part, name) for name in LEVELS if hasattr(position.part, name)}
    position.siblings[position.index] = replace(part, **inner)
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


def _parent(outline: Outline, level: str, parent_id: int) -> Any:
    return next((parent for parent in list_parents(outline, level) if getattr(parent, "id", 0) == parent_id), None)


def _new_id(outline: Outline) -> int:
    return min([0, *(part.id for part in outline.parts())]) - 1
