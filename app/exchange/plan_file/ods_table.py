"""ODS, the workbook of LibreOffice: its cells are read as they come, within the bounds of a table.

A cell or a row that is repeated a million times costs nothing while it is empty, and is refused where it is not.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import Any
from xml.parsers import expat

from app.core.errors import Invalid
from app.exchange.plan_file import tables
from app.exchange.plan_file.tables import Range, Table
from app.exchange.plan_file.xlsx_guard import HAS_ERROR, MOST_UNPACKED, NO_VALUE

_CELLS = ("table-cell", "covered-table-cell")
_NUMBERS = ("float", "percentage", "currency")
_SPACES = {"tab": "\t", "line-break": "\n"}


def parse_table(data: bytes) -> Table:
    """Return the table of the first sheet that names the columns, else of the first sheet. Raise Invalid."""
    sheets = _Content().read(_unpack(data))
    found = [
        Table(sheet.rows, sheet.name, tables.check_merged(sheet.rows, sheet.merged), sheet.faults) for sheet in sheets
    ]
    if not found:
        raise Invalid(tables.UNREADABLE, "file")
    return next((one for one in found if one.head() is not None), found[0])


def _unpack(data: bytes) -> bytes:
    """Return the part that holds the cells. Raise Invalid for another file, or past the budget."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as part:
            content = part.read(MOST_UNPACKED + 1)
    except (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, NotImplementedError, EOFError, OSError):
        raise Invalid(tables.UNREADABLE, "file") from None
    if len(content) > MOST_UNPACKED:
        raise tables.too_large()
    return content


@dataclass
class _Sheet:
    """The filled cells of a sheet, without the empty ones that end it."""

    name: str
    rows: list[list[Any]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)


class _Content:
    """Follow the cells of a workbook: `row` and `column` are where the next one stands, `length` that of all texts."""

    def __init__(self) -> None:
        self.sheets: list[_Sheet] = []
        self.row = self.column = self.length = self.asides = 0
        self.cell: dict[str, str] | None = None
        self.cells: list[Any] = []
        self.row_times = 1
        self.words: list[str] = []

    def read(self, content: bytes) -> list[_Sheet]:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = self._text, self._refuse
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, ValueError):
            raise Invalid(tables.UNREADABLE, "file") from None
        return self.sheets

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        tag = _local(name)
        said = {_local(key): value for key, value in attributes.items()}
        if tag == "table":
            self.sheets.append(_Sheet(said.get("name", "")))
            self.row = 0
        elif tag == "table-row" and self.sheets:
            self.cells, self.column, self.row_times = [], 0, _times(said, "number-rows-repeated")
        elif tag in _CELLS and self.sheets:
            self.cell, self.words = said, []
        elif tag == "annotation":
            self.asides += 1
        elif self.cell is not None and not self.asides:
            self._space(tag, said)

    def _space(self, tag: str, said: dict[str, str]) -> None:
        """Write what stands for itself in a text: a new paragraph, spaces, a tab."""
        if tag == "p" and self.words:
            self.words.append("\n")
        elif tag == "s":
            self._text(" " * min(_times(said, "c"), tables.MOST_CHARACTERS))
        elif tag in _SPACES:
            self.words.append(_SPACES[tag])

    def _text(self, text: str) -> None:
        if self.cell is None or self.asides:
            return
        self.length += len(text)
        if self.length > tables.MOST_CHARACTERS:
            raise tables.too_large()
        self.words.append(text)

    def _end(self, name: str) -> None:
        tag = _local(name)
        if tag in _CELLS and self.cell is not None:
            self._end_cell(self.cell)
            self.cell = None
        elif tag == "table-row" and self.sheets:
            self._end_row()
        elif tag == "annotation":
            self.asides -= 1

    def _end_cell(self, said: dict[str, str]) -> None:
        times, value = _times(said, "number-columns-repeated"), _value(said, "".join(self.words))
        fault = _fault(said, value)
        if tables.is_filled(value) or fault:
            if self.column + times > tables.MOST_COLUMNS or self.row + self.row_times > tables.MOST_ROWS:
                raise tables.too_large()
            self._count(len("".join(self.words)) * (times * self.row_times - 1))
            self.cells += [""] * (self.column - len(self.cells)) + [value] * times
            if fault:
                self.sheets[-1].faults |= {(self.row, self.column + n): fault for n in range(times)}
        self._merge(said)
        self.column += times

    def _count(self, length: int) -> None:
        self.length += length
        if self.length > tables.MOST_CHARACTERS:
            raise tables.too_large()

    def _merge(self, said: dict[str, str]) -> None:
        down, across = _times(said, "number-rows-spanned"), _times(said, "number-columns-spanned")
        if down * across > 1:
            self.sheets[-1].merged.append((self.row, self.column, self.row + down - 1, self.column + across - 1))

    def _end_row(self) -> None:
        rows = self.sheets[-1].rows
        if self.cells:
            rows += [[] for _n in range(self.row - len(rows))]
            rows += [list(self.cells) for _n in range(self.row_times)]
        self.row += self.row_times

    def _refuse(self, *_doctype: Any) -> None:
        raise ValueError("a workbook declares no entity")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _times(said: dict[str, str], name: str) -> int:
    """Return how often something is repeated, or how far it goes. Raise ValueError for no number."""
    text = said.get(name, "1")
    found = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    if found < 1:
        raise ValueError(text)
    return found


def _value(said: dict[str, str], text: str) -> Any:
    """Return what a cell holds: a number or a day by its kind, else its text. Raise ValueError for what is neither."""
    kind = said.get("value-type", "")
    if kind in _NUMBERS and "value" in said:
        number = float(said["value"])
        if not isfinite(number):
            raise ValueError(said["value"])
        return number
    if kind == "date" and "date-value" in said:
        return date.fromisoformat(said["date-value"][:10])
    return text


def _fault(said: dict[str, str], value: Any) -> str:
    """Say what is wrong with the formula of a cell, "" where nothing is."""
    if "formula" not in said:
        return ""
    if isinstance(value, str) and value.startswith(("#", "Err:")):
        return HAS_ERROR
    return "" if tables.is_filled(value) else NO_VALUE
