"""The parts of which an action has several, one a line: milestones, sums of money, indicators and documents."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple
from typing import Any

from app.core import clock
from app.core.errors import N_
from app.exchange.plan_file import cells, days, figures
from app.exchange.plan_file.cells import CellError, Guessed
from app.exchange.plan_file.contents import FileCompletion
from app.exchange.plan_file.days import Frame
from app.exchange.plan_file.rows import Row, Sheet
from app.plan.outline import DocumentOutline, FundingOutline, IndicatorOutline, MilestoneOutline
from app.plan.service.bulletins import NO_PROOF, TO_COME

NO_NAME = N_("Cette ligne en dit quelque chose, mais ne le nomme pas.")
MISSING = N_("Il manque une valeur ici, puisque la ligne dit le reste.")
NO_DAY = N_("Il y a une preuve, mais pas de date : dites quand le jalon a été franchi.")
SUM = ("funding.source", "funding.amount", "funding.first_year", "funding.last_year")
YEARS_OF_THE_PLAN = N_("Les années ne sont pas dites : ce sont celles du plan.")
_FIGURE = re.compile(r" (?=\d)")
NOT_FUNDING = N_("Écrivez la source, le montant et les années : Centraide : 48 000 $ (2026-2028).")


class ActionParts:
    """The lines of one action; what can't be read of them is refused."""

    def __init__(self, sheet: Sheet, rows: Sequence[Row]):
        self._sheet, self._rows = sheet, rows
        self._milestones: dict[int, MilestoneOutline] = {}

    def milestones(self) -> list[MilestoneOutline]:
        found = {
            row.number: MilestoneOutline(
                self._name(row, "milestone.title"),
                weight=self._take(row, "milestone.weight", figures.weight, 1),
                due_on=self._take(row, "milestone.due_on", days.day_parser(days.LAST, self._sheet.frame), ""),
            )
            for row in self._of("milestone")
        }
        self._milestones = {number: milestone for number, milestone in found.items() if milestone.title}
        return list(self._milestones.values())

    def completions(self) -> list[FileCompletion | None]:
        """Return how each of the `milestones`, which are read before, was reached; None for one to reach."""
        return [self._completion(row) for row in self._of("milestone") if row.number in self._milestones]

    def _completion(self, row: Row) -> FileCompletion | None:
        on = self._take(row, "milestone.reached_on", _past, "")
        proof = self._take(row, "milestone.proof", cells.parse_text, "").strip()
        url = self._take(row, "milestone.proof_url", cells.parse_link, "")
        if "milestone.reached_on" not in row.cells:
            if proof or url:
                self._sheet.refuse(row.number, "milestone.reached_on", "", NO_DAY)
            return None
        if not proof:
            self._sheet.proofless.append(row.number)
            proof = self._sheet.answers.proof
        if not proof:
            self._sheet.refuse(row.number, "milestone.proof", "", NO_PROOF)
        return FileCompletion(on, proof, url) if on and proof else None

    def funding(self) -> list[FundingOutline]:
        found = [one for row in self._of("funding") for one in self._sums(row)]
        return _without_doubles(found)

    def _sums(self, row: Row) -> Iterator[FundingOutline]:
        """Yield the sums of money of a line: those that one cell tells, then the one that several columns tell."""
        yield from self._take(row, "funding.text", funding_parser(self._sheet.frame), [])
        if not row.cells.keys() & set(SUM):
            return
        if row.has_fault("funding.source"):
            for key in SUM:
                self._take(row, key, cells.to_text, "")
            return
        first = self._needed(row, "funding.first_year", figures.year, 0)
        last = self._take(row, "funding.last_year", figures.year, first)
        if last < first:
            self._sheet.refuse(row.number, "funding.last_year", row.cells["funding.last_year"], figures.NOT_YEARS)
        source, amount = (
            self._name(row, "funding.source"),
            self._needed(row, "funding.amount", figures.parse_dollars, 0),
        )
        if not any(self._sheet.is_refused(row.number, key) for key in SUM):
            yield FundingOutline(source, amount, first, last)

    def indicators(self) -> list[IndicatorOutline]:
        found = [
            IndicatorOutline(
                self._name(row, "indicator.name"),
                unit=self._take(row, "indicator.unit", cells.parse_line, ""),
                baseline=self._take(row, "indicator.baseline", figures.parse_number, None),
                target=self._take(row, "indicator.target", figures.parse_number, None),
            )
            for row in self._of("indicator")
        ]
        return _without_doubles([indicator for indicator in found if indicator.name])

    def documents(self) -> list[DocumentOutline]:
        found = map(self._document, self._of("document"))
        return _without_doubles([document for document in found if document.url])

    def _document(self, row: Row) -> DocumentOutline:
        """Return a document; an address alone is its own title."""
        title = row.cells.get("document.title")
        if "document.url" not in row.cells and title is not None and cells.is_link(title):
            url = self._take(row, "document.title", cells.parse_link, "")
            return DocumentOutline(url[: cells.TITLE], url)
        url = self._needed(row, "document.url", cells.parse_link, "")
        return DocumentOutline(self._take(row, "document.title", cells.parse_title, "") or url[: cells.TITLE], url)

    def _of(self, part: str) -> list[Row]:
        return [row for row in self._rows if row.has(part)]

    def _name(self, row: Row, key: str) -> str:
        name = str(self._take(row, key, cells.parse_title, ""))
        if not name and not self._sheet.is_refused(row.number, key):
            self._sheet.refuse(row.number, key, "", NO_NAME)
        return name

    def _needed(self, row: Row, key: str, read: Callable[[Any], Any], default: Any) -> Any:
        if key not in row.cells and not row.has_fault(key):
            self._sheet.refuse(row.number, key, "", MISSING)
        return self._take(row, key, read, default)

    def _take(self, row: Row, key: str, read: Callable[[Any], Any], default: Any) -> Any:
        return self._sheet.take(row.number, key, row.cells.get(key), read, default)


def _past(value: Any) -> Any:
    """Return the day of what happened; of a period that is not over, today."""
    found = days.day_parser(days.LAST)(value)
    day, today = found.value if isinstance(found, Guessed) else found, clock.today().isoformat()
    if day <= today:
        return found
    first = days.day_parser(days.FIRST)(value)
    if not isinstance(found, Guessed) or (first.value if isinstance(first, Guessed) else first) > today:
        raise CellError(TO_COME)
    return Guessed(today, today, found.message)


def funding_parser(frame: Frame | None) -> Callable[[Any], Any]:
    """Return what reads « Centraide : 48 000 $ (2026-2028); Ville : 5 000 $ »; without years, those of the plan."""

    def read(value: Any) -> Any:
        found = [_read_sum(item, frame) for item in cells.parse_list(value, cells.TITLE)]
        sums, said = [one for one, _said in found], next((said for _one, said in found if said), "")
        return Guessed(sums, "; ".join(map(_write, sums)), said) if said else sums

    return read


def _read_sum(item: str, frame: Frame | None) -> tuple[FundingOutline, str]:
    """Return a sum of money, and what of it is a guess."""
    source, amount, years = _split_sum(item)
    if not source or not amount or not (years or frame):
        raise CellError(NOT_FUNDING)
    first, last = figures.parse_years(years) if years or not frame else (frame.first.year, frame.last.year)
    dollars = figures.parse_dollars(amount)
    said = dollars.message if isinstance(dollars, Guessed) else "" if years else YEARS_OF_THE_PLAN
    whole = dollars.value if isinstance(dollars, Guessed) else dollars
    return FundingOutline(cells.parse_line(source), whole, first, last), said


def _split_sum(item: str) -> tuple[str, str, str]:
    """Return the source, the amount and the years of a sum; what is not there is empty."""
    before, _parenthesis, years = item.removesuffix(")").rpartition("(") if item.endswith(")") else (item, "", "")
    source, colon, amount = before.rpartition(":")
    if not colon:
        figure = _FIGURE.search(before)
        source, amount = (before[: figure.start()], before[figure.end() :]) if figure else ("", "")
    return source.strip(), amount.strip(), years.strip()


def _write(one: FundingOutline) -> str:
    return f"{one.source} : {one.amount} $ ({one.first_year}-{one.last_year})"


def _without_doubles(found: list[Any]) -> list[Any]:
    """Leave out what a person wrote again on the next lines of an action."""
    first: dict[tuple[Any, ...], Any] = {}
    for one in found:
        first.setdefault(astuple(one), one)
    return list(first.values())
