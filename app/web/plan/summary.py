"""The head of a plan and its tree: progress beside the time gone, a track for each orientation, its actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.communities.models import COLOURS
from app.plan.models.structure import Plan
from app.plan.progress import Rollup, percent
from app.plan.tree import Objective, Orientation, Tree
from app.web.frame.locale import format_date_day
from app.web.plan.lines import ActionLine, build_lines

# Between progress and the time gone, in points of 100: what is as planned, and what is a little ahead or behind.
CLOSE, LITTLE = 3, 10
# A plan of so few actions is shown unfolded.
FEW = 12
MONTHS = 12


@dataclass(frozen=True)
class Track:
    """An orientation in its colour, with a mark for each action."""

    orientation: Orientation
    colour: str
    lines: Sequence[ActionLine]


@dataclass(frozen=True)
class PlanSummary:
    """What the head of a plan says; `gone` of `months` are over, `money` is in dollars."""

    rollup: Rollup
    gone: int
    months: int
    pace: str
    money: int
    organisations: int
    tracks: Sequence[Track]
    objectives: int
    today: date


def build_summary(plan: Plan, tree: Tree) -> PlanSummary:
    counted = [row for row in tree.actions if row.is_counted]
    organisations = {row.lead_id for row in counted if row.lead_id}.union(*(row.partners for row in counted))
    months, gone = count_months(plan.starts_on, plan.ends_on), count_months(plan.starts_on, tree.today) - 1
    return PlanSummary(
        tree.rollup,
        min(max(gone, 0), months),
        months,
        tell_pace(plan, tree),
        sum(row.funding for row in counted),
        len(organisations),
        view_tracks(tree),
        sum(len(orientation.objectives) for orientation in tree.orientations),
        tree.today,
    )


def view_tracks(tree: Tree) -> list[Track]:
    return [
        Track(
            orientation,
            get_colour(index),
            build_lines([row for objective in orientation.objectives for row in objective.actions], tree.today),
        )
        for index, orientation in enumerate(tree.orientations)
    ]


def get_colour(index: int) -> str:
    """Return the colour of an orientation by its index in the plan; the neutral one is no one's."""
    return COLOURS[index % (len(COLOURS) - 1)]


def count_months(start: date, end: date) -> int:
    """Count the months from one day to another, those of both days too."""
    return (end.year - start.year) * MONTHS + end.month - start.month + 1


def tell_pace(plan: Plan, tree: Tree) -> str:
    """Say whether a plan is ahead of its time or late."""
    if tree.today < plan.starts_on:
        return _("Le plan commence le %(day)s.", day=format_date_day(plan.starts_on))
    if tree.today > plan.ends_on:
        return _("Le plan s'est terminé le %(day)s.", day=format_date_day(plan.ends_on))
    gone = percent((tree.today - plan.starts_on).days / (plan.ends_on - plan.starts_on).days)
    ahead = tree.rollup.percent - gone
    if abs(ahead) < CLOSE:
        return _("Le plan avance au rythme du calendrier.")
    if abs(ahead) < LITTLE:
        return (
            _("Le plan avance un peu plus vite que le calendrier.")
            if ahead > 0
            else _("Le plan avance un peu moins vite que le calendrier.")
        )
    return (
        _("Le plan avance plus vite que le calendrier.")
        if ahead > 0
        else _("Le plan avance moins vite que le calendrier.")
    )


@dataclass(frozen=True)
class ObjectiveView:
    """An objective with the lines of its actions; it is unfolded where something is late or was looked for."""

    objective: Objective
    lines: Sequence[ActionLine]
    is_open: bool


@dataclass(frozen=True)
class OrientationView:
    orientation: Orientation
    colour: str
    objectives: Sequence[ObjectiveView]


def view_tree(whole: Tree, shown: Tree) -> list[OrientationView]:
    """Return what is shown of a plan, each orientation in the colour that it has in the whole."""
    colours = {orientation.heading.id: get_colour(index) for index, orientation in enumerate(whole.orientations)}
    is_open = shown is not whole or len(whole.actions) <= FEW
    return [
        OrientationView(
            orientation,
            colours[orientation.heading.id],
            [
                ObjectiveView(
                    objective, build_lines(objective.actions, shown.today), is_open or objective.rollup.late > 0
                )
                for objective in orientation.objectives
            ],
        )
        for orientation in shown.orientations
    ]
