"""What a file says of the progress of actions, which waits with a draft until its version is published.

It is held beside the parts of the outline that it is of, and stored by their ids; a milestone without a row, by its
title.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.core.text.plain import fold
from app.plan.outline import ActionOutline, MilestoneOutline, Outline
from app.plan.queries.progress import ActionProgress


@dataclass(frozen=True)
class Reached:
    """When a milestone was reached (ISO), what proves it and, perhaps, a link."""

    on: str
    proof: str
    url: str = ""


@dataclass(frozen=True)
class ActionNews:
    """What is said of an action that is not known here: "", None and no completion say nothing.

    `state_before` and `progress_before` are what was known when it was said.
    """

    action: ActionOutline
    state: str = ""
    progress: int | None = None
    completions: tuple[tuple[MilestoneOutline, Reached], ...] = ()
    state_before: str = ""
    progress_before: int = 0

    def __bool__(self) -> bool:
        return bool(self.state or self.completions or self.progress is not None)


def dump_news(news: Iterable[ActionNews]) -> list[dict[str, Any]]:
    """Return news as JSON holds them; each action has an id."""
    return [
        {
            "action": one.action.id,
            "state": one.state,
            "progress": one.progress,
            "state_before": one.state_before,
            "progress_before": one.progress_before,
            "reached": [
                {"id": max(milestone.id, 0), "title": milestone.title} | asdict(reached)
                for milestone, reached in one.completions
            ],
        }
        for one in news
    ]


def load_news(data: Iterable[Mapping[str, Any]], outline: Outline) -> list[ActionNews]:
    """Return the news of the actions and milestones that an outline still holds."""
    actions = {action.id: action for action in outline.actions()}
    found = (_load(one, actions[one["action"]]) for one in data if one["action"] in actions)
    return [one for one in found if one]


def _load(data: Mapping[str, Any], action: ActionOutline) -> ActionNews:
    left = list(action.milestones)
    completions = []
    for one in data["reached"]:
        milestone = next((part for part in left if _is_same(part, one)), None)
        if milestone is not None:
            left.remove(milestone)
            completions.append((milestone, Reached(one["on"], one["proof"], one["url"])))
    return ActionNews(
        action, data["state"], data["progress"], tuple(completions), data["state_before"], data["progress_before"]
    )


def _is_same(milestone: MilestoneOutline, data: Mapping[str, Any]) -> bool:
    return milestone.id == data["id"] if data["id"] else fold(milestone.title) == fold(data["title"])


def merge(former: Sequence[ActionNews], more: Iterable[ActionNews]) -> list[ActionNews]:
    """Return the news of one outline with more of them, which have the last word."""
    found = {id(one.action): one for one in former}
    for one in more:
        before = found.get(id(one.action), ActionNews(one.action))
        found[id(one.action)] = replace(
            one,
            state=one.state or before.state,
            progress=before.progress if one.progress is None else one.progress,
            completions=before.completions + one.completions,
        )
    return list(found.values())


def list_current(news: Iterable[ActionNews], known: Mapping[int, ActionProgress]) -> list[ActionNews]:
    """Return the news that still say something: what moved meanwhile, or moderation hid, stays as it is."""
    found = (_keep_current(one, known[one.action.id]) for one in news if one.action.id in known)
    return [one for one in found if one]


def _keep_current(one: ActionNews, known: ActionProgress) -> ActionNews:
    if not known.is_public:
        return ActionNews(one.action)
    completions = tuple(pair for pair in one.completions if pair[0].id not in known.reached)
    reached = {id(milestone) for milestone, _reached in completions}
    is_whole = all(part.id in known.reached or id(part) in reached for part in one.action.milestones)
    has_moved = known.state != one.state_before or (one.state == "achieved" and not is_whole)
    has_figures = bool(one.action.milestones) or known.progress != one.progress_before
    return replace(
        one,
        completions=completions,
        state="" if has_moved else one.state,
        progress=None if has_figures or known.state == "achieved" else one.progress,
    )
