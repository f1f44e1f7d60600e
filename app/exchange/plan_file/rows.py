"""From a table to its lines: merged cells fill theirs, empty lines are left out, what can't be taken is noted."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.errors import Invalid
from app.core.text.plain import excerpt
from app.exchange.plan_file import headings, leftovers, numbering, tables
from app.exchange.plan_file.answers import Answers
from app.exchange.plan_file.cells import CellError, Guessed, to_text
from app.exchange.plan_file.columns import LEVELS, ROW_PARTS, Column
from app.exchange.plan_file.headings import Unread
from app.exchange.plan_file.tables import Range, Table

EXCERPT = 80


@dataclass(frozen=True)
class Refusal:
    """What can't be taken: the row (0 for the whole file) and the title of the column, what stands there, and why.

    `message` is a message id, filled with `values`.
    """

    row: int
    column: str
    value: str
    message: str
    values: dict[str, Any] = field(default_factory=dict)


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


class Sheet:
    """The lines of a table below its titles, and what was refused of them so far."""

    def __init__(self, table: Table, answers: Answers):
        """Raise Invalid for a table whose columns are not named."""
        head = table.head(answers.headings, answers.head)
        if head is None:
            raise Invalid(tables.NO_HEAD, "file", rows=tables.HEAD_WITHIN)
        self._table, self._head = table, head
        self.answers = answers
        self._columns = headings.match_columns(table.rows[head], answers.headings)
        self.titles = {column.key: to_text(table.rows[head][place]) for place, column in self._columns.items()}
        self.refusals: list[Refusal] = []
        self.left_out: list[Refusal] = []
        self.guesses: list[Guess] = []
        self.questions: list[Question] = []

    def list_unread(self) -> list[Unread]:
        """Return the columns that are not read."""
        return headings.list_unread(self._table.rows[self._head], self._columns, self.answers.headings)

    def refuse(self, number: int, key: str, value: Any, message: str, **values: Any) -> None:
        text = excerpt(to_text(value), EXCERPT) if tables.is_filled(value) else ""
        self.refusals.append(Refusal(number, self.titles.get(key, ""), text, message, values))

    def take(self, number: int, key: str, value: Any, read: Callable[[Any], Any], default: Any) -> Any:
        """Return what `read` makes of a cell; the default where the cell is empty, or refused."""
        if value is None:
            return default
        try:
            found = read(value)
        except CellError as error:
            self.refuse(number, key, value, error.message, **error.values)
            return default
        return self._note(number, key, value, found) if isinstance(found, Guessed) else found

    def _note(self, number: int, key: str, value: Any, found: Guessed) -> Any:
        """Note a guess for the preview, and return what was understood."""
        text = excerpt(to_text(value), EXCERPT)
        guess = Guess(number, self.titles.get(key, ""), text, found.understood, found.message, found.values)
        self.guesses.append(guess)
        return found.value

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
            self._guess(rows[first], "action.code", former[first], numbering.COUNTS)
        for place, key in numbering.take_codes(cells):
            self._guess(rows[place], key, former[place], numbering.RESTARTS)
        for level in LEVELS:
            if any(f"{level}.code" in row.cells for row in rows):
                self.titles.setdefault(f"{level}.code", self.titles.get(f"{level}.title", ""))

    def _counts_rows(self) -> bool:
        """Tell whether the codes of actions stand below a title that is not the one of codes (« No »)."""
        return headings.normalise(self.titles.get("action.code", "code")) != "code"

    def _guess(self, row: Row, key: str, former: Mapping[str, Any], message: str) -> None:
        value, understood = to_text(former[key]), to_text(row.cells.get(key, ""))
        self.guesses.append(Guess(row.number, self.titles.get(key, ""), value, understood, message))

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
                if source == place:
                    self.refuse(place + 1, column.key, "", fault)
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
