"""Write a plan as the spreadsheet that it can be brought back from: one row for each milestone."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from app.exchange import sheets
from app.exchange.plan_file import axes, cells, figures
from app.exchange.plan_file.cells import STATES
from app.exchange.plan_file.columns import COLUMNS
from app.plan.outline import ActionOutline, ObjectiveOutline, OrientationOutline, Outline, parse_day
from app.plan.queries.progress import ActionProgress

WRITTEN = tuple(column for column in COLUMNS if column.key != "funding.text")
SHEETS = {"fr": "Plan d'action", "en": "Action plan"}
# What is said on each row, for whoever sorts or filters; the rest is said once.
REPEATED = ("code", "title")
# In the place of a proof that is hidden: a milestone without one is refused when the file comes back.
HIDDEN = "–"
ADDRESSES = ("document.url", "milestone.proof_url")
"""The columns that hold the address of a page."""
Cells = dict[str, Any]


def csv_lines(outline: Outline, progress: Mapping[int, ActionProgress], lang: str) -> Iterator[str]:
    """Return the lines of a plan as CSV, the first with the names of the columns; no formula runs from it.

    What they need of the tables is read before the first one.
    """
    rows = _rows(outline, _Writer(progress, lang), lang)
    return sheets.csv_lines([_text(value) for value in row] for row in rows)


def build_xlsx(outline: Outline, progress: Mapping[int, ActionProgress], lang: str) -> bytes:
    """Return a plan as a workbook, with real numbers and days."""
    return sheets.build_xlsx(_rows(outline, _Writer(progress, lang), lang), SHEETS.get(lang, SHEETS["fr"]))


def _text(value: Any) -> str:
    return figures.format_number(value) if isinstance(value, int | float) else cells.to_text(value)


def _rows(outline: Outline, writer: "_Writer", lang: str) -> Iterator[list[Any]]:
    yield [column.name(lang) for column in WRITTEN]
    for row in writer.rows(outline):
        row |= {key: sheets.Link(row[key]) for key in ADDRESSES if row.get(key)}
        yield ["" if row.get(column.key) is None else row[column.key] for column in WRITTEN]


class _Writer:
    """Write the parts of a plan; an action that is hidden from the public is left out."""

    def __init__(self, progress: Mapping[int, ActionProgress], lang: str):
        self._progress, self._lang = progress, lang
        self._places, self._issues, self._rooms = (
            axes.build_territory_axis(),
            axes.build_issue_axis(),
            axes.Communities(),
        )

    def rows(self, outline: Outline) -> Iterator[Cells]:
        for orientation in outline.orientations:
            whole = _fields("orientation", orientation, "code", "title", "summary", "weight")
            for row in self._objectives(orientation):
                yield whole | row
                whole = _repeat(whole)

    def _objectives(self, orientation: OrientationOutline) -> Iterator[Cells]:
        if not orientation.objectives:
            yield {}
        for objective in orientation.objectives:
            whole = _fields("objective", objective, "code", "title", "weight")
            for row in self._actions(objective):
                yield whole | row
                whole = _repeat(whole)

    def _actions(self, objective: ObjectiveOutline) -> Iterator[Cells]:
        actions = list(filter(self._is_public, objective.actions))
        if not actions:
            yield {}
        for action in actions:
            whole, lists = self._action(action), self._lists(action)
            rows = zip_longest(*lists, fillvalue={}) if any(lists) else [()]
            for parts in rows:
                yield whole | {key: value for part in parts for key, value in part.items()}
                whole = _repeat(whole)

    def _is_public(self, action: ActionOutline) -> bool:
        return action.id in self._progress and self._progress[action.id].is_public

    def _action(self, action: ActionOutline) -> Cells:
        progress = self._progress[action.id]
        return _fields("action", action, "code", "title", "body", "weight", "budget") | {
            "action.lead": cells.format_list([action.lead] if action.lead else []),
            "action.partners": cells.format_list(action.partners),
            "action.community": self._rooms.write(action.community) if action.community else "",
            "action.communities": cells.format_list(list(map(self._rooms.write, action.communities))),
            "action.territories": cells.format_list(list(map(self._places.write, action.territories))),
            "action.issues": cells.format_list(list(map(self._issues.write, action.issues))),
            "action.starts_on": parse_day(action.starts_on),
            "action.ends_on": parse_day(action.ends_on),
            "action.state": STATES[progress.state][0] if self._lang == "fr" else progress.state,
            "action.progress": None if action.milestones else progress.progress or None,
        }

    def _lists(self, action: ActionOutline) -> Sequence[list[Cells]]:
        """Return the cells of what an action has several of, one after the other."""
        progress = self._progress[action.id]
        milestones = [
            _fields("milestone", one, "title", "weight")
            | {"milestone.due_on": parse_day(one.due_on)}
            | _completion(progress, one.id)
            for one in action.milestones
        ]
        return (
            milestones,
            [_fields("funding", one, "source", "amount", "first_year", "last_year") for one in action.funding],
            [_fields("indicator", one, "name", "unit", "baseline", "target") for one in action.indicators],
            [_fields("document", one, "title", "url") for one in action.documents],
        )


def _fields(part: str, values: Any, *names: str) -> Cells:
    return {f"{part}.{name}": getattr(values, name) for name in names}


def _repeat(whole: Cells) -> Cells:
    return {key: value for key, value in whole.items() if key.rpartition(".")[2] in REPEATED}


def _completion(progress: ActionProgress, number: int) -> Cells:
    """Return how a milestone was reached, without a proof that is hidden; nothing for one to be reached."""
    milestone = progress.reached.get(number)
    if milestone is None:
        return {}
    is_proven = number in progress.proven
    return {
        "milestone.reached_on": milestone.reached_on,
        "milestone.proof": milestone.proof if is_proven else HIDDEN,
        "milestone.proof_url": milestone.proof_url if is_proven else "",
    }
