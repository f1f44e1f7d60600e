"""What a file says of the progress of actions that is not known here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.exchange.plan_file.contents import FileCompletion, FileProgress, Pairs
from app.plan.outline import ActionOutline, MilestoneOutline
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


@dataclass(frozen=True)
class ProgressDifference:
    """What a file says of an action that is not known here: "", None and no completion say nothing."""

    action: ActionOutline
    state: str = ""
    progress: int | None = None
    completions: tuple[tuple[MilestoneOutline, FileCompletion], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.state or self.completions or self.progress is not None)


def list_progress_differences(pairs: Pairs, known: Mapping[int, ActionProgress]) -> list[ProgressDifference]:
    """Return what a file says of its actions that is not `known`, by their ids; of a hidden action nothing."""
    found = (_compare(action, claim, known.get(action.id, ActionProgress())) for action, claim in pairs)
    return [difference for difference in found if difference]


def _compare(action: ActionOutline, claim: FileProgress, known: ActionProgress) -> ProgressDifference:
    if not known.is_public:
        return ProgressDifference(action)
    pairs = zip(action.milestones, claim.completions, strict=False)
    completions = tuple(
        (milestone, completion) for milestone, completion in pairs if completion and milestone.id not in known.reached
    )
    state = claim.state if claim.state != known.state else ""
    is_done = (claim.state or known.state) == "achieved"
    progress = None if is_done or claim.progress == known.progress else claim.progress
    return ProgressDifference(action, state, progress, completions)


def is_too_early(action: ActionOutline, claim: FileProgress, known: ActionProgress) -> bool:
    """Tell whether a file calls an action achieved that has milestones to reach."""
    completions = dict(enumerate(claim.completions))
    return claim.state == "achieved" and any(
        milestone.id not in known.reached and not completions.get(n) for n, milestone in enumerate(action.milestones)
    )


def list_changes(differences: Sequence[ProgressDifference]) -> Iterator[ProgressChange]:
    """Yield what changes, one thing at a time."""
    for one in differences:
        action = one.action
        for milestone, completion in one.completions:
            yield ProgressChange("reached", "milestone", action.code, milestone.title, completion.on)
        if one.state:
            yield ProgressChange("moved", "action", action.code, action.title, one.state)
        if one.progress is not None:
            yield ProgressChange("declared", "action", action.code, action.title, str(one.progress))
