"""Put a file beside the plan that is here: which part is which, so that it changes and nothing of its life is lost.

A part is known again by its code, else by its title under the same parent; a milestone or an indicator by its title in
its action. What the file has no column for stays as it is, and so does an action that is hidden from everybody.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.core.text.plain import fold
from app.exchange.plan_file import keeping
from app.exchange.plan_file.contents import PlanFile, Said
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
    "funding": ("funding.text", "funding.source", "funding.amount", "funding.first_year", "funding.last_year"),
    "documents": ("document.title", "document.url"),
}
NAMED = {"indicators": "indicator.name", "milestones": "milestone.title"}
NAMES = {OrientationOutline: "orientation", ObjectiveOutline: "objective", ActionOutline: "action"}
Path = tuple[str, ...]


def match(file: PlanFile, present: Outline, hidden: Collection[int] = ()) -> None:
    """Give the parts of a file's outline the ids of those that are here, and what the file does not speak of.

    What was refused says nothing, and a part without a title that is not here already has no place. `hidden` are the
    actions that the file may not have; where rows have no place, or the file is partial, it removes nothing.
    """
    said = {id(part): one for part, one in zip(file.outline.parts(), file.said, strict=True)}
    pairs = _pairs(file.outline, present)
    for part, former in pairs:
        part.id, part.code, part.title = former.id, part.code or former.code, part.title or former.title
        words = Words(file, said[id(part)])
        _keep_fields(part, former, words)
        if isinstance(part, ActionOutline):
            _match_inner(part, former, words)
    file.unplaced += keeping.remove_untitled(file.outline, {part_id: one.row for part_id, one in said.items()})
    if file.is_partial or file.unplaced:
        keeping.keep_all(file.outline, present, pairs)
    else:
        keeping.keep_hidden(file.outline, present, hidden)


@dataclass(frozen=True)
class Words:
    """What a file says of one part."""

    file: PlanFile
    said: Said

    def has(self, *keys: str) -> bool:
        """Tell whether these columns say something, be it nothing: an empty cell of a partial file does not."""
        if self.said.refused.intersection(keys):
            return False
        return bool((self.said.keys if self.file.is_partial else self.file.titles.keys()) & set(keys))

    def has_inner(self, key: str, name: str) -> bool:
        """Tell the same of a milestone or an indicator by its folded name."""
        if self.file.is_partial or (key, name) in self.said.inner:
            return self.said.inner.get((key, name), False)
        return key in self.file.titles


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


def _keep_fields(part: Any, former: Any, words: Words) -> None:
    for key, name in FIELDS.items():
        if key.startswith(f"{NAMES[type(part)]}.") and not words.has(key):
            setattr(part, name, getattr(former, name))


def _match_inner(action: ActionOutline, present: ActionOutline, words: Words) -> None:
    for name, columns in LISTS.items():
        formers = [replace(part) for part in getattr(present, name)]
        if not words.has(*columns):
            setattr(action, name, formers)
        elif words.file.is_partial:
            setattr(action, name, [*formers, *(one for one in getattr(action, name) if one not in formers)])
    for kind, list_name, fields in (
        ("milestone", "milestones", ("weight", "due_on")),
        ("indicator", "indicators", ("unit", "baseline", "target")),
    ):
        formers = getattr(present, list_name)
        if NAMED[list_name] not in words.file.titles:
            setattr(action, list_name, [replace(part) for part in formers])
            continue
        for part, former in _match_named(getattr(action, list_name), formers):
            _keep_inner(part, former, words, kind, fields)


def _keep_inner(part: Any, former: Any, words: Words, kind: str, fields: Sequence[str]) -> None:
    part.id = former.id
    for name in fields:
        if not words.has_inner(f"{kind}.{name}", _name(part)):
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
