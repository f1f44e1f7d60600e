"""What was understood of the file of a plan, part by part, in its order: what changes, what it says, what was guessed."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.text.plain import fold
from app.exchange.plan_file.contents import PlanFile
from app.exchange.plan_file.rows import Guess
from app.exchange.plan_imports import Preview
from app.forms.times import explain
from app.plan.differences import Difference
from app.plan.outline import ActionOutline
from app.web.plan import wording

# How many parts of the plan one page shows.
MOST = 40


@dataclass(frozen=True)
class PartView:
    """What becomes of one part: the titles that lead to it, what a new action says, and what was guessed of it."""

    item: wording.DifferenceView
    place: str
    facts: list[tuple[Any, str]]
    guesses: list[str]


@dataclass(frozen=True)
class Page:
    """Some of the parts, and the numbers of the pages beside theirs; 0 for none."""

    parts: list[PartView]
    before: int
    after: int


def view_page(preview: Preview, file: PlanFile, number: int) -> Page:
    """Return a page of what changes; one that is not there is the first."""
    found = preview.structure
    first = (number - 1) * MOST
    if not 0 <= first < len(found):
        number, first = 1, 0
    places, guesses = _places(preview), _guesses(file)
    parts = [_view(one, places, guesses) for one in found[first : first + MOST]]
    return Page(parts, number - 1, number + 1 if first + MOST < len(found) else 0)


def _places(preview: Preview) -> dict[str, tuple[ActionOutline, str]]:
    """Return each action with the titles above it, by its code."""
    return {
        action.code: (action, f"{orientation.title} › {objective.title}")
        for orientation in preview.outline.orientations
        for objective in orientation.objectives
        for action in objective.actions
    }


def _guesses(file: PlanFile) -> dict[str, list[str]]:
    """Return what was guessed of each action, by its folded title: its rows go up to those of the next one."""
    claims = sorted((claim.row, fold(action.title)) for action, claim in file.actions())
    rows = [row for row, _title in claims]
    found: dict[str, list[str]] = {}
    for one in file.guesses:
        place = bisect_right(rows, one.row)
        if place:
            found.setdefault(claims[place - 1][1], []).append(_write_guess(one))
    return found


def _write_guess(one: Guess) -> str:
    return _("%(column)s : « %(value)s » → %(words)s", column=one.column, value=one.value, words=one.understood)


def _view(one: Difference, places: dict[str, tuple[ActionOutline, str]], guesses: dict[str, list[str]]) -> PartView:
    [item] = wording.view_differences([one])
    if one.level != "action" or one.kind == "removed" or one.code not in places:
        return PartView(item, "", [], [])
    action, place = places[one.code]
    facts = [*wording.list_facts(action), *_milestones(action)] if one.kind == "added" else []
    return PartView(item, place, facts, guesses.get(fold(one.title), []))


def _milestones(action: ActionOutline) -> list[tuple[Any, str]]:
    words = (f"{one.title} ({wording.write_day(one.due_on)})" if one.due_on else one.title for one in action.milestones)
    return [(_("Jalons"), "; ".join(words))] if action.milestones else []


def summarise(file: PlanFile, preview: Preview) -> str:
    """Say how much was understood: « 29 actions comprises · 3 cases devinées · 2 refusées »."""
    guessed, refused, count = len(preview.guesses), len(preview.refusals), len(file.progress)
    words = (
        ngettext("%(num)s action comprise", "%(num)s actions comprises", count),
        guessed and ngettext("%(num)s case devinée", "%(num)s cases devinées", guessed),
        refused and ngettext("%(num)s case refusée", "%(num)s cases refusées", refused),
    )
    return " · ".join(str(one) for one in words if one)


def list_guesses(guesses: Sequence[Guess]) -> list[list[str]]:
    """Return what was guessed as rows: the line, the column, what stands there, what was understood, why."""
    return [[str(one.row), one.column, one.value, one.understood, explain(one)] for one in guesses[: MOST * 5]]
