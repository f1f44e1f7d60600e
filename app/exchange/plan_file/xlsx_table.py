"""XLSX: the first sheet that names the columns is read; what is written has texts, numbers and days, no formula."""
import io
import re
from collections.abc import Iterable
from datetime import date
from posixpath import join, normpath
from typing import Any
from xml.etree import ElementTree

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from python_calamine import CalamineError, CalamineWorkbook

from app.core.errors import Invalid
from app.exchange.plan_file import tables, xlsx_guard
from app.exchange.plan_file.tables import Table
from app.exchange.plan_file.xlsx_guard import Guarded

WIDTH, DAY = 22, "yyyy-mm-dd"
# How the format writes a sign that it does not hold: a text that looks like one is written so itself.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def read(data: bytes) -> Table:
    """Return the table of the first sheet that names the columns, else of the first sheet. Raise Invalid."""
    guarded = xlsx_guard.examine(data)
    try:
        places = _places(guarded)
        with CalamineWorkbook.from_filelike(io.BytesIO(guarded.data)) as workbook:
            names = [name for name in workbook.sheet_names if name in places]
            found = (_table(workbook, name, guarded.faults.get(places[name], {})) for name in names)
            first = next(found, None)
            heads = (table for table in (first, *found) if table is not None and table.head() is not None)
            table = next(heads, first)
    except (CalamineError, ElementTree.ParseError, KeyError, ValueError):
        raise Invalid(tables.UNREADABLE, "file") from None
    if table is None:
        raise Invalid(tables.UNREADABLE, "file")
    return table


def _places(guarded: Guarded) -> dict[str, str]:
    """Return the part of each sheet, by the name of the sheet. Raise KeyError where the workbook says none."""
    relations = ElementTree.fromstring(guarded.parts["xl/_rels/workbook.xml.rels"])
    targets = {one.attrib["Id"]: normpath(join("/xl", one.attrib["Target"])).lstrip("/") for one in relations}
    sheets = [one for one in ElementTree.fromstring(guarded.parts["xl/workbook.xml"]).iter() if _tag(one) == "sheet"]
    return {one.attrib["name"]: targets[_relation(one)] for one in sheets}


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _relation(sheet: Any) -> str:
    return next(value for name, value in sheet.attrib.items() if name.endswith("}id"))


def _table(workbook: CalamineWorkbook, name: str, faults: xlsx_guard.Faults) -> Table:
    sheet = workbook.get_sheet_by_name(name)
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    tables.check_size(rows)
    ranges = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    return Table(rows, name, ranges, faults)


def write(rows: Iterable[list[Any]], sheet: str) -> bytes:
    """Return a workbook of one sheet, whose first row are the titles of its columns."""
    workbook = Workbook(write_only=True)
    page = workbook.create_sheet(sheet)
    page.freeze_panes = "A2"
    page.sheet_format.defaultColWidth = WIDTH
    for number, row in enumerate(rows):
        page.append([_cell(page, value, is_head=number == 0) for value in row])
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def _cell(page: Any, value: Any, *, is_head: bool) -> Any:
    """Return a cell: a text stays one, whatever it begins with."""
    if value is None or value == "":
        return None
    cell = WriteOnlyCell(page, value=_ESCAPE.sub("_x005F_", value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
    if isinstance(value, date):
        cell.number_format = DAY
    if is_head:
        cell.font = Font(bold=True)
    return cell
