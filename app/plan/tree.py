"""The plan as lists show it: rows of few columns, added up level by level, filtered and grouped. No SQL."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from app.plan.progress import Rollup, Share, Tally, late_since, mean

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Explanation(NamedTuple):
    """Words of a bulletin, in their language; "" where it says nothing."""

    text: str
    lang: str


NOTHING = Explanation("", "fr")


@dataclass(frozen=True)
class ActionRow:
    """An action in a list: what it is called, where it stands, where it belongs on each axis (by the ids of rows).

    `lead` is (sort key, name), `funding` the dollars that it has, `next_due` the first day for which a milestone that
    is not reached was planned, `explanation` what blocks it or, once it is dropped, why it was.
    """

    id: int
    objective_id: int
    code: str
    title: str
    state: str
    state_at: datetime
    weight: int
    progress: int
    starts_on: date | None = None
    ends_on: date | None = None
    lead_id: int | None = None
    lead: tuple[str, str] = ("", "")
    funding: int = 0
    tally: Tally = field(default_factory=Tally)
    next_due: date | None = None
    territories: tuple[int, ...] = ()
    issues: tuple[int, ...] = ()
    communities: tuple[int, ...] = ()
    partners: tuple[int, ...] = ()
    explanation: Explanation = NOTHING

    @property
    def lang(self) -> str:
        """The plan is written in French."""
        return "fr"

    @property
    def is_counted(self) -> bool:
        """A dropped action is shown, and its milestones no longer count."""
        return self.state != "dropped"

    @property
    def done(self) -> float:
        return self.tally.progress(self.progress)

    def late_since(self, today: date) -> date | None:
        """Return the first day that is over without what was planned for it, None on time."""
        return late_since(self.state, (self.next_due, self.ends_on), today)


@dataclass(frozen=True)
class Heading:
    """An orientation, or an objective of the orientation `parent_id`."""

    id: int
    code: str
    title: str
    weight: int
    summary: str = ""
    parent_id: int = 0


@dataclass(frozen=True)
class Objective:
    heading: Heading
    actions: Sequence[ActionRow]
    rollup: Rollup


@dataclass(frozen=True)
class Orientation:
    heading: Heading
    objectives: Sequence[Objective]
    rollup: Rollup


@dataclass(frozen=True)
class Tree:
    """A plan on a day, in its order."""

    orientations: Sequence[Orientation]
    rollup: Rollup
    today: date

    @property
    def actions(self) -> list[ActionRow]:
        objectives = [objective for orientation in self.orientations for objective in orientation.objectives]
        return [action for objective in objectives for action in objective.actions]


@dataclass(frozen=True)
class Filters:
    """The values wanted on each axis, none for all: an action passes that has one of them on every axis.

    `year` is that of the end of an action; `late` asks for late actions alone, `only` for those of these numbers,
    `is_placeless` for those that name no territory.
    """

    territory: Collection[int] = ()
    issue: Collection[int] = ()
    community: Collection[int] = ()
    lead: Collection[int] = ()
    state: Collection[str] = ()
    year: Collection[int] = ()
    late: bool = False
    only: Collection[int] | None = None
    is_placeless: bool = False

    def match(self, action: ActionRow, today: date) -> bool:
        axes = (
            (self.territory, action.territories),
            (self.issue, action.issues),
            (self.community, action.communities),
            (self.lead, (action.lead_id,)),
            (self.state, (action.state,)),
            (self.year, (get_end_year(action),)),
        )
        on_axes = all(not wanted or not set(wanted).isdisjoint(values) for wanted, values in axes)
        is_wanted = (self.only is None or action.id in self.only) and not (self.is_placeless and action.territories)
        return on_axes and is_wanted and (not self.late or action.late_since(today) is not None)


def get_end_year(action: ActionRow) -> int:
    """Return the year in which an action ends, 0 where it has no date."""
    return action.ends_on.year if action.ends_on else 0


def build_tree(
    orientations: Iterable[Heading],
    objectives: Iterable[Heading],
    actions: Iterable[ActionRow],
    today: date,
) -> Tree:
    """Put rows into their places, in the order in which they come, and add each level up."""
    of_objective = group_rows(actions, lambda action: (action.objective_id,))
    of_orientation = group_rows(objectives, lambda heading: (heading.parent_id,))
    built = [
        _orientation(
            heading,
            [_objective(inner, of_objective.get(inner.id, []), today) for inner in of_orientation.get(heading.id, ())],
        )
        for heading in orientations
    ]
    return Tree(built, roll_up([orientation.rollup for orientation in built]), today)


def filter_tree(tree: Tree, filters: Filters) -> Tree:
    """Return what passes the filters, added up anew; what holds nothing any more is left out."""
    actions = [action for action in tree.actions if filters.match(action, tree.today)]
    objective_ids = {action.objective_id for action in actions}
    objectives = [
        objective.heading
        for orientation in tree.orientations
        for objective in orientation.objectives
        if objective.heading.id in objective_ids
    ]
    orientation_ids = {heading.parent_id for heading in objectives}
    orientations = [one.heading for one in tree.orientations if one.heading.id in orientation_ids]
    return build_tree(orientations, objectives, actions, tree.today)


def _orientation(heading: Heading, objectives: Sequence[Objective]) -> Orientation:
    return Orientation(heading, objectives, roll_up([objective.rollup for objective in objectives], heading.weight))


def _objective(heading: Heading, actions: Sequence[ActionRow], today: date) -> Objective:
    return Objective(heading, actions, roll_up_actions(actions, today, heading.weight))


def roll_up_actions(actions: Collection[ActionRow], today: date, weight: int = 1) -> Rollup:
    """Add up actions, by their weights."""
    counted = [action for action in actions if action.is_counted]
    states = Counter(action.state for action in actions)
    return Rollup(
        weight,
        [Share(action.weight, action.done) for action in counted],
        len(actions),
        states,
        sum(action.late_since(today) is not None for action in actions),
        sum(action.tally.count for action in counted),
        sum(action.tally.reached for action in counted),
    )


def roll_up(rollups: Sequence[Rollup], weight: int = 1) -> Rollup:
    """Add up objectives or orientations, by their weights; one in which nothing counts has no part in the progress."""
    states = sum((rollup.states for rollup in rollups), Counter[str]())
    shares = [Share(rollup.weight, done) for rollup in rollups if (done := mean(rollup.shares)) is not None]
    return Rollup(
        weight,
        shares,
        sum(rollup.count for rollup in rollups),
        states,
        sum(rollup.late for rollup in rollups),
        sum(rollup.milestones for rollup in rollups),
        sum(rollup.reached for rollup in rollups),
    )


def group_rows(rows: Iterable[V], keys: Callable[[V], Iterable[K]]) -> dict[K, list[V]]:
    """Return the rows of each key; a row may have several."""
    found: dict[K, list[V]] = {}
    for row in rows:
        for key in keys(row):
            found.setdefault(key, []).append(row)
    return found
