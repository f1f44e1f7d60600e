"""What a file would change: parts of the plan that are added, changed or removed, and what it says of progress."""
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from app.exchange.plan_file.contents import Facts
from app.plan.outline import ActionOutline, Outline
from app.plan.queries.standing import Standing

LEVELS = {"OrientationOutline": "orientation", "ObjectiveOutline": "objective", "ActionOutline": "action",
          "MilestoneOutline": "milestone"}
INSIDE = ("objectives", "actions", "milestones")


@dataclass(frozen=True)
class Difference:
    """What becomes of one part: `kind` is added, changed, removed, reordered, reached, moved or declared.

    `detail` is the day on which a milestone was reached, the state to which an action moved, or how far it is.
    """

    kind: str
    level: str
    code: str
    title: str
    detail: str = ""


@dataclass(frozen=True)
class News:
    """What a file says of an action that is not known here: "", None and nothing reached say nothing.

    `reached` are the places of milestones.
    """

    action: ActionOutline
    facts: Facts
    state: str = ""
    progress: int | None = None
    reached: tuple[int, ...] = ()

    @property
    def says_something(self) -> bool:
        return bool(self.state or self.reached or self.progress is not None)


def of_structure(outline: Outline, present: Outline) -> list[Difference]:
    """Compare two outlines: the parts of the first in their order, then what it no longer holds, then the order."""
    before, after = dict(_parts(present)), dict(_parts(outline))
    added = [(key, "added") for key in after if key not in before]
    changed = [(key, "changed") for key in after if key in before and _differs(after[key], before[key])]
    found = sorted(added + changed, key=lambda pair: list(after).index(pair[0]))
    gone = [_difference("removed", part) for key, (part, _place) in before.items() if key not in after]
    is_same_order = [key for key in before if key in after] == [key for key in after if key in before]
    order = [] if is_same_order else [Difference("reordered", "plan", "", "")]
    return [_difference(kind, after[key][0]) for key, kind in found] + gone + order


def _parts(outline: Outline) -> Iterator[tuple[Any, tuple[Any, Any]]]:
    """Yield each part by what it is and its number, with the number of the part that it is in."""
    for orientation in outline.orientations:
        yield _key(orientation), (orientation, None)
        for objective in orientation.objectives:
            yield _key(objective), (objective, orientation.id)
            for action in objective.actions:
                yield _key(action), (action, objective.id)
                for milestone in action.milestones:
                    yield _key(milestone), (milestone, action.id)


def _key(part: Any) -> tuple[str, int]:
    """Name a part: what has no row yet is like no other."""
    return type(part).__name__, part.id or -id(part)


def _differs(now: tuple[Any, Any], former: tuple[Any, Any]) -> bool:
    names = [one.name for one in fields(now[0]) if one.name not in INSIDE]
    return now[1] != former[1] or any(getattr(now[0], name) != getattr(former[0], name) for name in names)


def _difference(kind: str, part: Any, detail: str = "") -> Difference:
    return Difference(kind, LEVELS[type(part).__name__], getattr(part, "code", ""), part.title, detail)


def news(pairs: Sequence[tuple[ActionOutline, Facts]], standings: Mapping[int, Standing]) -> list[News]:
    """Return what a file says of its actions that is not known here; of a hidden one nothing is said."""
    found = [_news(action, facts, standings.get(action.id, Standing())) for action, facts in pairs]
    return [one for one in found if one.says_something]


def _news(action: ActionOutline, facts: Facts, known: Standing) -> News:
    if not known.is_public:
        return News(action, facts)
    pairs = enumerate(zip(action.milestones, facts.reached, strict=False))
    reached = tuple(place for place, (milestone, one) in pairs if one and milestone.id not in known.reached)
    state = facts.state if facts.state != known.state else ""
    is_done = (facts.state or known.state) == "achieved"
    progress = None if is_done or facts.progress == known.progress else facts.progress
    return News(action, facts, state, progress, reached)


def is_too_early(action: ActionOutline, facts: Facts, known: Standing) -> bool:
    """Tell whether a file calls an action achieved that has milestones to reach."""
    said = dict(enumerate(facts.reached))
    return facts.state == "achieved" and any(
        milestone.id not in known.reached and not said.get(place) for place, milestone in enumerate(action.milestones))


def of_progress(found: Sequence[News]) -> Iterator[Difference]:
    """Say what comes of the news of actions."""
    for one in found:
        for place in one.reached:
            reached, milestone = one.facts.reached[place], one.action.milestones[place]
            yield Difference("reached", "milestone", one.action.code, milestone.title, reached.on if reached else "")
        if one.state:
            yield _difference("moved", one.action, one.state)
        if one.progress is not None:
            yield _difference("declared", one.action, str(one.progress))
