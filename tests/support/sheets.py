"""Spreadsheets as a person makes them, the plan that is read from them, and workbooks that are made to harm."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook

from app.exchange.plan_file import reading, table_process
from app.exchange.plan_file.answers import Answers
from app.exchange.plan_file.contents import PlanFile
from app.exchange.plan_file.tables import Table
from app.plan.outline import ActionOutline, Outline

FRAME = Outline("Plan d'action intégré", "2026-04-01", "2029-03-31")
HEAD = ["Orientation", "Objectif", "Action"]
PLACE = ["Bien manger", "Rapprocher les aliments"]


def csv_of(head: Sequence[str], *rows: Sequence[str], separator: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """Write lines as a spreadsheet does: what is typed, quoted where it needs it."""
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows([head, *rows])
    return written.getvalue().encode(encoding)


def xlsx_of(*rows: Sequence[Any], merged: Sequence[str] = (), before: str = "") -> bytes:
    """Write a workbook; `before` is the name of a sheet that stands before it, `merged` are ranges ("A2:A4")."""
    book = Workbook()
    page = book.active
    if before:
        page.title = before
        page["A1"] = "À lire d'abord"
        page = book.create_sheet("Plan")
    for row in rows:
        page.append(list(row))
    for cells in merged:
        page.merge_cells(cells)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def read(data: bytes, name: str = "plan.csv") -> PlanFile:
    """Read a file as the product does, but in this process: one for each would take most of the time of a test."""
    return reading.parse(table(data, name), FRAME, Answers())


def table(data: bytes, name: str = "plan.csv") -> Table:
    """Return the table of a file, read in this process."""
    return table_process.READERS[reading.check(data, name)](data)


def read_rows(head: Sequence[str], *rows: Sequence[str]) -> PlanFile:
    """Read the lines of one action or more, all of one objective, from a CSV."""
    return read(csv_of([*HEAD[:2], *head], *([*PLACE, *row] for row in rows)))


def action_read(head: Sequence[str], *rows: Sequence[str]) -> ActionOutline:
    """Return the one action of these lines; none is refused."""
    file = read_rows(["Action", *head], *(["Une tournée", *row] for row in rows))
    assert not file.refusals, file.refusals
    [action] = file.outline.actions()
    return action


def refused(file: PlanFile) -> list[tuple[int, str, str, str]]:
    """Return the refusals of a file: line, column, value, and the beginning of the reason."""
    return [(one.row, one.column, one.value, (one.message % one.values)[:40]) for one in file.refusals]


SHEET = "xl/worksheets/sheet1.xml"
GOOD = xlsx_of(HEAD, [*PLACE, "Une tournée"])
CELL = b'<c r="C2"'


def changed(
    change: Callable[[bytes], bytes],
    part: str = SHEET,
    compression: int = zipfile.ZIP_DEFLATED,
    source: bytes = GOOD,
    **more: bytes,
) -> bytes:
    """Return the good workbook with one of its parts changed, and others beside it."""
    written, files = io.BytesIO(), zipfile.ZipFile(io.BytesIO(source))
    with zipfile.ZipFile(written, "w", compression) as archive:
        for name in files.namelist():
            archive.writestr(name, change(files.read(name)) if name == part else files.read(name))
        for name, content in more.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return written.getvalue()


def with_cell(cell: bytes) -> bytes:
    return changed(lambda part: part.replace(CELL, cell))


def shared_texts(
    length: int, times: int, *, number: bytes = b"0", part: str = "xl__sharedStrings_xml", runs: bool = False
) -> bytes:
    """Return a workbook in which many cells name one long text."""
    rows = b"".join(b"<row>" + (b'<c t="s"><v>' + number + b"</v></c>") * 100 + b"</row>" for _n in range(times // 100))
    text = b"<r><t>" + b"x" * (length // 2) + b"</t></r>"
    item = text * 2 if runs else b"<t>" + b"x" * length + b"</t>"
    strings = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si>' + item + b"</si></sst>"
    return changed(lambda sheet: sheet.replace(b"</sheetData>", rows + b"</sheetData>"), **{part: strings})


def nested(depth: int) -> bytes:
    """Return a workbook of a few kilobytes whose elements stand one in the other: to follow them takes all the memory."""
    return changed(lambda part: part, xl__more_xml=b"<a>" * depth)
