"""Where a plan is: the road done beside the time gone, and one road with a mark for each action."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.communities.models import COLOURS
from app.plan.models.structure import Plan
from app.plan.progress import Level, percent
from app.plan.tree import Objective, Orientation, Tree
from app.web.frame.locale import date_day
from app.web.plan.lines import ActionLine, lines_of

# Between the road done and the time gone, in points of 100: what is as planned, and what is a little ahead or late.
CLOSE, LITTLE = 3, 10
# A plan of so few actions is shown unfolded.
FEW = 12
MONTHS = 12


@dataclass(frozen=True)
class Line:
    """The road of an orientation: its colour, and a station for each action."""

    branch: Orientation
    colour: str
    stations: Sequence[ActionLine]


@dataclass(frozen=True)
class Summary:
    """What the head of a plan says; `gone` of `months` have passed, `money` is in dollars."""

    level: Level
    gone: int
    months: int
    pace: str
    money: int
    organisations: int
    lines: Sequence[Line]
    objectives: int
    today: date


def summarise(plan: Plan, tree: Tree) -> Summary:
    counted = [row for row in tree.actions if row.is_counted]
    people = {row.lead_id for row in counted if row.lead_id} | {number for row in counted for number in row.partners}
    months, gone = span(plan.starts_on, plan.ends_on), span(plan.starts_on, tree.today) - 1
    return Summary(
        tree.level, min(max(gone, 0), months), months, tell_pace(plan, tree),
        sum(row.funding for row in counted), len(people), draw_lines(tree),
        sum(len(branch.objectives) for branch in tree.orientations), tree.today)


def draw_lines(tree: Tree) -> list[Line]:
    return [
        Line(branch, colour_of(place),
             lines_of([row for objective in branch.objectives for row in objective.actions], tree.today))
        for place, branch in enumerate(tree.orientations)]


def colour_of(place: int) -> str:
    """Return the colour of the orientation that stands at this place in its plan; the neutral one is no one's."""
    return COLOURS[place % (len(COLOURS) - 1)]


def span(start: date, end: date) -> int:
    """Count the months from one day to another, the first and the last counted."""
    return (end.year - start.year) * MONTHS + end.month - start.month + 1


def tell_pace(plan: Plan, tree: Tree) -> str:
    """Say whether a plan is ahead of its time or late."""
    if tree.today < plan.starts_on:
        return _("Le plan commence le %(day)s.", day=date_day(plan.starts_on))
    if tree.today > plan.ends_on:
        return _("Le plan s'est terminé le %(day)s.", day=date_day(plan.ends_on))
    gone = percent((tree.today - plan.starts_on).days / (plan.ends_on - plan.starts_on).days)
    ahead = tree.level.percent - gone
    if abs(ahead) < CLOSE:
        return _("Le plan avance au rythme du calendrier.")
    if abs(ahead) < LITTLE:
        return _("Le plan avance un peu plus vite que le calendrier.") if ahead > 0 else _(
            "Le plan avance un peu moins vite que le calendrier.")
    return _("Le plan avance plus vite que le calendrier.") if ahead > 0 else _(
        "Le plan avance moins vite que le calendrier.")


@dataclass(frozen=True)
class Goal:
    """An objective with the lines of its actions; it is unfolded where something is late or was looked for."""

    objective: Objective
    lines: Sequence[ActionLine]
    is_open: bool


@dataclass(frozen=True)
class Branch:
    orientation: Orientation
    colour: str
    goals: Sequence[Goal]


def draw_tree(whole: Tree, shown: Tree) -> list[Branch]:
    """Return what is shown of a plan, each orientation in the colour that it has in the whole."""
    colours = {branch.heading.id: colour_of(place) for place, branch in enumerate(whole.orientations)}
    is_open = shown is not whole or len(whole.actions) <= FEW
    return [
        Branch(branch, colours[branch.heading.id], [
            Goal(objective, lines_of(objective.actions, shown.today), is_open or objective.level.late > 0)
            for objective in branch.objectives])
        for branch in shown.orientations]
