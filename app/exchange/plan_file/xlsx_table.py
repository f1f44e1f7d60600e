"""XLSX: the first sheet that names the columns is read."""

import io
from posixpath import join, normpath
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

from app.core.errors import Invalid
from app.exchange.plan_file import tables, xlsx_guard
from app.exchange.plan_file.tables import Table
from app.exchange.plan_file.xlsx_guard import Guarded


def parse_table(data: bytes) -> Table:
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
    """Return the part of each sheet, by the name of the sheet. Raise KeyError where the workbook says none.

    A part that several sheets name is read once, under the first name.
    """
    relations = ElementTree.fromstring(guarded.parts["xl/_rels/workbook.xml.rels"])
    targets = {one.attrib["Id"]: normpath(join("/xl", one.attrib["Target"])).lstrip("/") for one in relations}
    sheets = [one for one in ElementTree.fromstring(guarded.parts["xl/workbook.xml"]).iter() if _tag(one) == "sheet"]
    names = {targets[_relation(one)]: one.attrib["name"] for one in reversed(sheets)}
    return {name: place for place, name in reversed(names.items())}


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _relation(sheet: Any) -> str:
    return next(value for name, value in sheet.attrib.items() if name.endswith("}id"))


def _table(workbook: CalamineWorkbook, name: str, faults: xlsx_guard.Faults) -> Table:
    sheet = workbook.get_sheet_by_name(name)
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    tables.check_size(rows)
    merged = ((*first, *last) for first, last in sheet.merged_cell_ranges or ())
    faults = {place: message for place, message in faults.items() if place[0] < len(rows)}
    return Table(rows, name, tables.check_merged(rows, merged), faults)
