"""What a file says of the progress of actions that is not known here."""
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.exchange.plan_file.contents import Facts
from app.plan.outline import ActionOutline
from app.plan.queries.standing import Standing


@dataclass(frozen=True)
class Progress:
    """What comes of the progress of one action: `kind` is reached, moved or declared.

    `title` is that of the action, or of the milestone that was reached; `detail` is the day of that, the state to which
    the action moves, or how far it is.
    """

    kind: str
    level: str
    code: str
    title: str
    detail: str


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


def of_file(pairs: Sequence[tuple[ActionOutline, Facts]], standings: Mapping[int, Standing]) -> list[News]:
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


def of_progress(found: Sequence[News]) -> Iterator[Progress]:
    """Say what comes of the news of actions."""
    for one in found:
        action = one.action
        for place in one.reached:
            reached = one.facts.reached[place]
            title = action.milestones[place].title
            yield Progress("reached", "milestone", action.code, title, reached.on if reached else "")
        if one.state:
            yield Progress("moved", "action", action.code, action.title, one.state)
        if one.progress is not None:
            yield Progress("declared", "action", action.code, action.title, str(one.progress))
