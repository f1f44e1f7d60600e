"""What a file says of the progress of actions that is not known here."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.exchange.plan_file.contents import Completions, FileProgress, Pairs
from app.plan.news import ActionNews, Reached
from app.plan.outline import ActionOutline
from app.plan.queries.progress import ActionProgress


@dataclass(frozen=True)
class ProgressChange:
    """One thing that changes in the progress of an action: `kind` is reached, moved or declared.

    `title` is that of the action, or of the milestone that was reached; `detail` is the day of that, the state to which
    the action moves, or how far it is.
    """

    kind: str
    level: str
    code: str
    title: str
    detail: str


def list_news(
    pairs: Pairs, completions: Completions, known: Mapping[int, ActionProgress], waiting: Sequence[ActionNews] = ()
) -> list[ActionNews]:
    """Return what a file says of its actions that is neither `known`, by their ids, nor among the news that wait.

    Of a hidden action nothing.
    """
    before = {id(one.action): one for one in waiting}
    found = (
        _compare(
            action,
            claim,
            completions,
            known.get(action.id, ActionProgress()),
            before.get(id(action), ActionNews(action)),
        )
        for action, claim in pairs
    )
    return [news for news in found if news]


def _compare(
    action: ActionOutline,
    claim: FileProgress,
    completions: Completions,
    known: ActionProgress,
    waiting: ActionNews,
) -> ActionNews:
    if not known.is_public:
        return ActionNews(action)
    reached = {id(milestone) for milestone, _reached in waiting.completions}
    found = tuple(
        (milestone, Reached(**vars(completions[id(milestone)])))
        for milestone in action.milestones
        if id(milestone) in completions and milestone.id not in known.reached and id(milestone) not in reached
    )
    state_now = waiting.state or known.state
    progress_now = known.progress if waiting.progress is None else waiting.progress
    state = claim.state if claim.state != state_now else ""
    is_done = (claim.state or state_now) == "achieved"
    progress = None if is_done or claim.progress == progress_now else claim.progress
    return ActionNews(action, state, progress, found, known.state, known.progress)


def is_too_early(action: ActionOutline, claim: FileProgress, known: ActionProgress, reached: Collection[int]) -> bool:
    """Tell whether a file calls an action achieved that has milestones to reach.

    `reached` are the identities of those which the file, or what waits with the draft, says were.
    """
    return claim.state == "achieved" and not all(
        milestone.id in known.reached or id(milestone) in reached for milestone in action.milestones
    )


def list_changes(news: Iterable[ActionNews]) -> Iterator[ProgressChange]:
    """Yield what changes, one thing at a time."""
    for one in news:
        action = one.action
        for milestone, reached in one.completions:
            yield ProgressChange("reached", "milestone", action.code, milestone.title, reached.on)
        if one.state:
            yield ProgressChange("moved", "action", action.code, action.title, one.state)
        if one.progress is not None:
            yield ProgressChange("declared", "action", action.code, action.title, str(one.progress))
