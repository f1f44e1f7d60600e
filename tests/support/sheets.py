"""Spreadsheets as a person makes them, the plan that is read from them, and workbooks that are made to harm."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape
from types import MappingProxyType
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


def xlsx_of(
    *rows: Sequence[Any],
    merged: Sequence[str] = (),
    before: str = "",
    formats: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """Write a workbook; `before` is the name of a sheet that stands before it, `merged` are ranges ("A2:A4").

    `formats` are those of the numbers of cells, by their names ("F2": "0%").
    """
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
    for cell, number_format in formats.items():
        page[cell].number_format = number_format
    return _saved(book)


def book_of(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    """Write a workbook of several sheets, by their names."""
    book = Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    return _saved(book)


def _saved(book: Workbook) -> bytes:
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


def ods_of(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """Write a workbook of LibreOffice: its sheets by name, "_" for a space; a fraction is a percentage, as it is typed."""
    pages = "".join(
        f'<table:table table:name="{escape(name.replace("_", " "))}">{"".join(map(_ods_row, rows))}</table:table>'
        for name, rows in sheets.items()
    )
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = f"<office:document-content{names}><office:body><office:spreadsheet>{pages}</office:spreadsheet>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", f"{content}</office:body></office:document-content>")
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{manifest}">{entry.format("/", kind)}'
            f"{entry.format('content.xml', 'text/xml')}</manifest:manifest>",
        )
    return written.getvalue()


def _ods_row(cells: Sequence[Any]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>"


def _ods_cell(value: Any) -> str:
    if isinstance(value, date):
        return _typed("date", f'office:date-value="{value.isoformat()}"', f"{value:%d/%m/%Y}")
    if isinstance(value, float) and 0 < value < 1:
        return _typed("percentage", f'office:value="{value}"', f"{value:.0%}")
    if isinstance(value, int | float):
        return _typed("float", f'office:value="{value}"', str(value))
    return _typed("string", "", str(value)) if value else "<table:table-cell/>"


def _typed(kind: str, value: str, shown: str) -> str:
    return f'<table:table-cell office:value-type="{kind}" {value}><text:p>{escape(shown)}</text:p></table:table-cell>'
