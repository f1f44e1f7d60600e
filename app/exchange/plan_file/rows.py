"""From a table to its lines: merged cells fill theirs, empty lines are left out, what can't be taken is noted."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.core.errors import Invalid
from app.core.text.plain import excerpt, sort_key
from app.exchange.plan_file import headings, leftovers, numbering, outlines, tables
from app.exchange.plan_file.answers import Answers
from app.exchange.plan_file.cells import NOTHING_YET, CellError, Guessed, says_nothing, to_text
from app.exchange.plan_file.columns import BY_KEY, LEVELS, ROW_PARTS, Column
from app.exchange.plan_file.days import Frame
from app.exchange.plan_file.headings import Unread
from app.exchange.plan_file.tables import Range, Table

EXCERPT = 80
OF_WORDS = (".title", ".name", ".proof", ".state", ".source", ".unit", ".code", ".body", ".summary")
"""How the keys end of what may be any word, « N/A » too; of a state, `parse_state` says what it means."""


@dataclass(frozen=True)
class Refusal:
    """What can't be taken: the row and the title of the column, what stands there, and why.

    `message` is a message id, filled with `values`; `key` is that of the column.
    """

    row: int
    column: str
    value: str
    message: str
    values: dict[str, Any] = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True)
class Fault:
    """A cell that holds a formula without a value, by its place: it is refused where it is read."""

    message: str
    row: int
    column: int


@dataclass(frozen=True)
class Guess:
    """What was taken with a doubt: where it stands, as a refusal says it, what was understood of it, and why."""

    row: int
    column: str
    value: str
    understood: str
    message: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """What is asked once for the whole file: `key` is where its answer stands in the `Answers` of that kind.

    `kind` is name or proof; `choices` are pairs of an answer and its words; `rows` are those that wait for it.
    """

    kind: str
    key: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    rows: tuple[int, ...] = ()


@dataclass
class Row:
    """The filled cells of a line, by the key of their column."""

    number: int
    cells: dict[str, Any]

    def has(self, part: str) -> bool:
        return any(key.startswith(f"{part}.") for key in self.cells)

    def has_fault(self, key: str) -> bool:
        """Tell whether a cell of the part that a column is of has a formula without a value."""
        part = key.partition(".")[0]
        return any(isinstance(cell, Fault) and name.startswith(f"{part}.") for name, cell in self.cells.items())


class Sheet:
    """The lines of a table below its titles, and what was refused of them so far."""

    def __init__(self, table: Table, answers: Answers, frame: Frame | None = None):
        """Raise Invalid for a table whose columns are not named."""
        table = outlines.unfold(table, answers.headings)
        head = table.head(answers.headings, answers.head)
        if head is None:
            raise Invalid(tables.NO_HEAD, "file", rows=tables.HEAD_WITHIN)
        self._table, self._head = table, head
        self.answers, self.frame = answers, frame
        self._columns = headings.match_columns(table.rows[head], answers.headings)
        self.titles = {column.key: to_text(table.rows[head][place]) for place, column in self._columns.items()}
        self.refusals: list[Refusal] = []
        self._refused: set[tuple[int, str]] = set()
        self.proofless: list[int] = []
        self.left_out: list[Refusal] = []
        self.guesses: list[Guess] = []
        self.questions: list[Question] = []
        self._row = 0

    def list_unread(self) -> list[Unread]:
        """Return the columns that are not read."""
        return headings.list_unread(self._table.rows[self._head], self._columns, self.answers.headings)

    def refuse(self, number: int, key: str, value: Any, message: str, **values: Any) -> None:
        text = excerpt(to_text(value), EXCERPT) if tables.is_filled(value) else ""
        title = self.titles.get(key) or BY_KEY[key].fr
        self.refusals.append(Refusal(number, title, text, message, values, key))
        self._refused.add((number, key))

    def is_refused(self, number: int, key: str) -> bool:
        """Tell whether a cell was refused so far."""
        return (number, key) in self._refused

    def take(self, number: int, key: str, value: Any, read: Callable[[Any], Any], default: Any) -> Any:
        """Return what `read` makes of a cell; the default where the cell is empty, or refused."""
        if value is None:
            return default
        if isinstance(value, Fault):
            self.refuse(number, key, "", value.message)
            return default
        if says_nothing(value) and not key.endswith(OF_WORDS):
            return self._note(number, key, value, Guessed(default, "", NOTHING_YET))
        self._row = number
        try:
            found = read(value)
        except CellError as error:
            self.refuse(number, key, value, error.message, **error.values)
            return default
        return self._note(number, key, value, found) if isinstance(found, Guessed) else found

    def _note(self, number: int, key: str, value: Any, found: Guessed) -> Any:
        """Note a guess for the preview, and return what was understood."""
        self.guess(number, key, value, found.understood, found.message, **found.values)
        return found.value

    def guess(self, number: int, key: str, value: Any, understood: str, message: str, **values: Any) -> None:
        """Note what was understood of a cell with a doubt, and why."""
        text = excerpt(to_text(value), EXCERPT)
        self.guesses.append(Guess(number, self.titles.get(key, ""), text, understood, message, values))

    def choose(self, kind: str, name: str, keys: Sequence[str]) -> str:
        """Return which of several things a person says that a name is; "" where they did not say it: it is asked."""
        key = f"{kind}:{sort_key(name)}"
        chosen = self.answers.names.get(key, "")
        asked = next((question for question in self.questions if question.key == key), None)
        if asked is None:
            self.questions.append(Question("name", key, name, tuple((one, one) for one in keys), (self._row,)))
        else:
            self.questions[self.questions.index(asked)] = replace(asked, rows=(*asked.rows, self._row))
        return chosen if chosen in keys else ""

    def rows(self) -> list[Row]:
        """Return the lines that say something of the plan; the others are in `left_out`, with why."""
        fillings = dict(_fillings(self._table.merged, self._columns))
        skipped = self._skip()
        places = [place for place in range(self._head + 1, len(self._table.rows)) if place not in skipped]
        found = [(place, dict(self._cells(place, fillings))) for place in places]
        rows = [Row(place + 1, cells) for place, cells in found if cells]
        self._number(rows)
        return [Row(row.number, self._with_both_levels(row.cells)) for row in rows]

    def _skip(self) -> leftovers.Found:
        """Note the lines that say nothing of the plan, and return them."""
        below = self._head + 1
        lines = {place: _filled(row) for place, row in enumerate(self._table.rows)}
        above = [lines.pop(place) for place in range(below)]
        found = leftovers.find_leftovers(lines, above, self._columns, first=below)
        for place, (message, values) in sorted(found.items()):
            text = excerpt(to_text(next(iter(lines[place].values()))), EXCERPT)
            self.left_out.append(Refusal(place + 1, "", text, message, values))
        return found

    def _number(self, rows: list[Row]) -> None:
        """Give the numbers of titles to the codes, and say which ones are not kept."""
        former, cells = [dict(row.cells) for row in rows], [row.cells for row in rows]
        first = numbering.drop_counters(cells) if self._counts_rows() else None
        if first is not None:
            self.guess(rows[first].number, "action.code", former[first]["action.code"], "", numbering.COUNTS)
        for place, key in numbering.take_codes(cells):
            understood = to_text(rows[place].cells.get(key, ""))
            self.guess(rows[place].number, key, former[place][key], understood, numbering.RESTARTS)
        for level in LEVELS:
            if any(f"{level}.code" in row.cells for row in rows):
                self.titles.setdefault(f"{level}.code", self.titles.get(f"{level}.title", ""))

    def _counts_rows(self) -> bool:
        """Tell whether the codes of actions stand below a title that is not the one of codes (« No »)."""
        return headings.normalise(self.titles.get("action.code", "code")) != "code"

    def _with_both_levels(self, cells: dict[str, Any]) -> dict[str, Any]:
        """Let the orientation stand for its objective where no column names one, and the other way round."""
        for missing, present in (("objective", "orientation"), ("orientation", "objective")):
            if f"{missing}.title" not in self.titles and f"{present}.title" in cells:
                return cells | {f"{missing}.title": cells[f"{present}.title"]}
        return cells

    def _cells(self, place: int, fillings: dict[tuple[int, int], int]) -> Iterable[tuple[str, Any]]:
        for number, column in self._columns.items():
            source = fillings.get((place, number), place)
            fault = self._table.faults.get((source, number))
            value = self._table.rows[source][number] if number < len(self._table.rows[source]) else ""
            if fault is not None:
                yield column.key, Fault(fault, source, number)
            elif tables.is_filled(value):
                yield column.key, value


def _filled(row: Sequence[Any]) -> dict[int, Any]:
    return {column: value for column, value in enumerate(row) if tables.is_filled(value)}


def _fillings(merged: Iterable[Range], columns: dict[int, Column]) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield the cells that a merged one covers in its column, with the row of that one.

    A part that stands once a row is not repeated: a milestone over three lines is one milestone.
    """
    for first, number, last, _last_column in merged:
        if number in columns and columns[number].part not in ROW_PARTS:
            yield from (((row, number), first) for row in range(first + 1, min(last, tables.MOST_ROWS) + 1))
