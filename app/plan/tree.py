"""The plan as lists show it: rows of few columns, what each level adds up to, filters and groups. No SQL."""
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from app.plan.progress import Level, Share, Tally, mean

K = TypeVar("K", bound=Hashable)
# States in which something of an action may be overdue.
MOVING = ("planned", "underway")


@dataclass(frozen=True)
class ActionRow:
    """An action in a list: what it is called, where it stands, where it belongs on each axis (by the ids of rows).

    `lead` is (sort key, name), `funding` the dollars that it has, `next_due` the first day for which a milestone that
    is not reached was planned, `note` what blocks it or, once it is dropped, why it was.
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
    note: str = ""

    @property
    def is_counted(self) -> bool:
        """A dropped action is shown, and its milestones no longer count."""
        return self.state != "dropped"

    @property
    def done(self) -> float:
        return self.tally.progress(self.progress)

    def late_since(self, today: date) -> date | None:
        """Return the first day that passed without what was planned for it: a milestone, the end. None on time."""
        days = [day for day in (self.next_due, self.ends_on) if day is not None and day < today]
        return min(days) if days and self.state in MOVING else None


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
    level: Level


@dataclass(frozen=True)
class Orientation:
    heading: Heading
    objectives: Sequence[Objective]
    level: Level


@dataclass(frozen=True)
class Tree:
    """A plan on a day, in its order."""

    orientations: Sequence[Orientation]
    level: Level
    today: date

    @property
    def actions(self) -> list[ActionRow]:
        objectives = [objective for branch in self.orientations for objective in branch.objectives]
        return [action for objective in objectives for action in objective.actions]


@dataclass(frozen=True)
class Filters:
    """What a list keeps: an action that is in one of the values of each axis that has some.

    `year` is that of the end of an action, `late` keeps those that are late.
    """

    territory: Collection[int] = ()
    issue: Collection[int] = ()
    community: Collection[int] = ()
    lead: Collection[int] = ()
    state: Collection[str] = ()
    year: Collection[int] = ()
    late: bool = False

    def keep(self, action: ActionRow, today: date) -> bool:
        """Tell whether an action passes all of the filters."""
        axes = ((self.territory, action.territories), (self.issue, action.issues), (self.community, action.communities),
                (self.lead, (action.lead_id,)), (self.state, (action.state,)), (self.year, (end_year(action),)))
        on_axes = all(not wanted or not set(wanted).isdisjoint(values) for wanted, values in axes)
        return on_axes and (not self.late or action.late_since(today) is not None)


def end_year(action: ActionRow) -> int:
    """Return the year in which an action ends, 0 where it has no date."""
    return action.ends_on.year if action.ends_on else 0


def build(
        orientations: Iterable[Heading], objectives: Iterable[Heading], actions: Iterable[ActionRow], today: date,
) -> Tree:
    """Put rows into their places, in the order in which they come, and add each level up."""
    of_objective = group(actions, lambda action: (action.objective_id,))
    of_orientation = group(objectives, lambda heading: (heading.parent_id,))
    branches = [
        _orientation(heading, [
            _objective(inner, of_objective.get(inner.id, []), today) for inner in of_orientation.get(heading.id, ())])
        for heading in orientations]
    return Tree(branches, sum_up([branch.level for branch in branches]), today)


def filtered(tree: Tree, filters: Filters) -> Tree:
    """Return what passes the filters, added up anew; what holds nothing any more is left out."""
    objectives = [objective.heading for branch in tree.orientations for objective in branch.objectives]
    actions = [action for action in tree.actions if filters.keep(action, tree.today)]
    held = {action.objective_id for action in actions}
    kept = [heading for heading in objectives if heading.id in held]
    parents = {heading.parent_id for heading in kept}
    orientations = [branch.heading for branch in tree.orientations if branch.heading.id in parents]
    return build(orientations, kept, actions, tree.today)


def _orientation(heading: Heading, objectives: Sequence[Objective]) -> Orientation:
    return Orientation(heading, objectives, sum_up([objective.level for objective in objectives], heading.weight))


def _objective(heading: Heading, actions: Sequence[ActionRow], today: date) -> Objective:
    return Objective(heading, actions, level_of(actions, today, heading.weight))


def level_of(actions: Collection[ActionRow], today: date, weight: int = 1) -> Level:
    """Add up actions, by their weights."""
    counted = [action for action in actions if action.is_counted]
    states: dict[str, int] = {}
    for action in actions:
        states[action.state] = states.get(action.state, 0) + 1
    return Level(
        weight, [Share(action.weight, action.done) for action in counted], len(actions), states,
        sum(action.late_since(today) is not None for action in actions),
        sum(action.tally.count for action in counted), sum(action.tally.reached for action in counted))


def sum_up(levels: Sequence[Level], weight: int = 1) -> Level:
    """Add up levels, by their weights; one that holds nothing that counts has no part in the progress."""
    states: dict[str, int] = {}
    for level in levels:
        for state, count in level.states.items():
            states[state] = states.get(state, 0) + count
    shares = [Share(level.weight, done) for level in levels if (done := mean(level.shares)) is not None]
    return Level(
        weight, shares, sum(level.count for level in levels), states, sum(level.late for level in levels),
        sum(level.milestones for level in levels), sum(level.reached for level in levels))


V = TypeVar("V")


def group(rows: Iterable[V], keys: Callable[[V], Iterable[K]]) -> dict[K, list[V]]:
    """Return the rows of each key; a row may have several."""
    found: dict[K, list[V]] = {}
    for row in rows:
        for key in keys(row):
            found.setdefault(key, []).append(row)
    return found
