"""The tree of a draft beside the version that it changes: what became of each part, removed ones in their place."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from app.plan import differences, editing
from app.plan.differences import Difference
from app.plan.outline import Outline


@dataclass
class DraftPart:
    """A part of a draft; `kinds` holds "added", "changed" and "moved", or "removed" alone: then `part` is as published.

    A part moved to another parent, or past the neighbours that it had. `before` and `after` are its present neighbours.
    """

    level: str
    part: Any
    kinds: tuple[str, ...]
    difference: Difference | None
    before: Any = None
    after: Any = None
    inside: list["DraftPart"] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.level}{self.part.id}"

    @property
    def version(self) -> str:
        """Name what became of the part: it is another one once that is no longer what was shown."""
        inside = [one.version for one in self.inside] if "removed" in self.kinds else []
        shown = [self.kinds, self.difference and asdict(self.difference), inside]
        return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:32]

    def count(self, level: str) -> int:
        """Count what stands at a level inside the part, which the draft still holds."""
        return sum(one.level == level and "removed" not in one.kinds for one in self.walk())

    def count_changes(self) -> int:
        return sum(bool(one.kinds) for one in self.walk())

    def list_inside(self) -> list["DraftPart"]:
        return [inner for one in self.inside for inner in one.walk()]

    def walk(self) -> Iterator["DraftPart"]:
        yield self
        for one in self.inside:
            yield from one.walk()


@dataclass(frozen=True)
class DraftTree:
    """A draft, or what is shown of it; `head` is what changed of the plan's own words, None for nothing."""

    head: Difference | None
    orientations: list[DraftPart]

    def find(self, level: str, part_id: int) -> DraftPart | None:
        return next((one for one in self.walk() if (one.level, one.part.id) == (level, part_id)), None)

    def walk(self) -> Iterator[DraftPart]:
        for one in self.orientations:
            yield from one.walk()

    def count_changes(self) -> int:
        return (self.head is not None) + sum(one.count_changes() for one in self.orientations)

    def keep_changes(self) -> "DraftTree":
        """Return the tree of what changed, with what holds it."""
        return DraftTree(self.head, _keep_changes(self.orientations))


def build_tree(old: Outline | None, new: Outline) -> DraftTree:
    """Return a draft with what became of each part since `old`, what the last version says; None: nothing became."""
    builder = _Builder(old or new, differences.list_differences(old, new) if old else [])
    return DraftTree(builder.found.get(("plans", 0)), builder.build(old or new, new))


def _keep_changes(parts: Sequence[DraftPart]) -> list[DraftPart]:
    return [replace(one, inside=_keep_changes(one.inside)) for one in parts if one.count_changes()]


class _Builder:
    def __init__(self, old: Outline, found: Sequence[Difference]) -> None:
        self.found = {(f"{one.level}s", one.id): one for one in map(_without_order, found) if one is not None}
        self.former = {
            (level, part.id): part
            for level in editing.LEVELS
            for parent in editing.list_parents(old, level)
            for part in getattr(parent, level)
        }

    def build(self, old: Any, new: Any, depth: int = 0) -> list[DraftPart]:
        """Return what a part (or the plan) held and holds; one of the two is None where it is not there."""
        if depth == len(editing.LEVELS):
            return []
        level = editing.LEVELS[depth]
        before, present = getattr(old, level, []), getattr(new, level, [])
        gone, steady_ids = self._list_gone(level, before, present, depth), editing.find_steady_ids(before, present)
        nodes = gone[0]
        for previous, part, following in zip([None, *present], present, [*present[1:], None], strict=False):
            found = self.found.get((level, part.id))
            kinds = _name_kinds(found, has_moved=part.id not in steady_ids)
            inside = self.build(self.former.get((level, part.id)), part, depth + 1)
            nodes += [DraftPart(level, part, kinds, found, previous, following, inside), *gone[part.id]]
        return nodes

    def _list_gone(
        self, level: str, before: Sequence[Any], present: Sequence[Any], depth: int
    ) -> dict[int, list[DraftPart]]:
        """Return the removed parts by the id of the present one that each stood after; 0: of none."""
        present_ids, gone, anchor = {part.id for part in present}, defaultdict[int, list[DraftPart]](list), 0
        for part in before:
            found = self.found.get((level, part.id))
            if part.id in present_ids:
                anchor = part.id
            elif found and found.kind == "removed":
                inside = self.build(part, None, depth + 1)
                gone[anchor].append(DraftPart(level, part, ("removed",), found, inside=inside))
        return gone


def _without_order(found: Difference) -> Difference | None:
    """Leave the order of what a part holds to those that moved; return None where nothing else changed."""
    kept = replace(found, changes=tuple(change for change in found.changes if change.field != "order"))
    return kept if kept.kind != "changed" or kept.changes or kept.moved or kept.parts else None


def _name_kinds(found: Difference | None, *, has_moved: bool) -> tuple[str, ...]:
    if found and found.kind == "added":
        return ("added",)
    is_changed = found is not None and bool(found.changes or found.parts)
    return tuple(kind for kind, is_so in (("changed", is_changed), ("moved", has_moved)) if is_so)
