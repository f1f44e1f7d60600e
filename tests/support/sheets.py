"""Spreadsheets as a person makes them, and the plan that is read from them."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from app.exchange.plan_file import reading, table_process
from app.exchange.plan_file.contents import PlanFile
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
    return reading.parse(table_process.READERS[reading.check(data, name)](data), FRAME)


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
