"""Write a table as a file that a spreadsheet opens: texts, numbers and days, and no formula that runs from a cell."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

WIDTH, DAY = 22, "yyyy-mm-dd"
LINKED = Font(color="0563C1", underline="single")
# How much a cell of XLSX holds, in units of UTF-16: an emoji is two of them. Excel calls a file with more damaged.
LONGEST = 32_767
MOST_LINKS, LONGEST_LINK = 65_530, 2_079
"""How many cells of a sheet may lead to an address, and how long one may be: Excel calls a file with more damaged."""
# What a spreadsheet runs, or takes as the end of a cell; an apostrophe before it makes a text of it.
_RUNS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_PROTECTED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
# An address that the format holds: with another sign in it, or no host, Excel calls the file damaged.
_PAGE = re.compile(
    r"https?://(?:[\w-]+\.)*[\w-]+(?::[1-5]?\d{1,4})?"
    r"""(?:[/?#][^\s"<>\[\\\]^`{|}\U00010000-\U0010ffff]*)?""",
    re.IGNORECASE,
)
# How the format writes a sign that it does not hold: a text that looks like one is written so itself.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Link(str):
    """The address of a page: a cell of XLSX leads there."""

    __slots__ = ()


def protect(cell: str) -> str:
    """Return what a CSV file holds of a text, so that no spreadsheet runs it."""
    return f"'{cell}" if _RUNS.match(cell) else cell


def unprotect(cell: str) -> str:
    """Return the text that `protect` made this of."""
    return cell[1:] if _PROTECTED.match(cell) else cell


def csv_lines(rows: Iterable[list[str]]) -> Iterator[str]:
    """Yield a file line by line, as Excel in French opens it; each cell is quoted, so that none becomes two."""
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";", quoting=csv.QUOTE_ALL)
    yield "\ufeff"
    for row in rows:
        writer.writerow([protect(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def build_xlsx(rows: Iterable[list[Any]], sheet: str) -> bytes:
    """Return a workbook of one sheet, whose first row are the titles of its columns, each with a filter."""
    workbook = Workbook(write_only=True)
    page = workbook.create_sheet(sheet)
    page.freeze_panes = "A2"
    page.sheet_format.defaultColWidth = WIDTH
    links_left = iter(range(MOST_LINKS))
    width = 0
    for number, row in enumerate(rows):
        page.append([_cell(page, value, links_left, is_head=number == 0) for value in row])
        width = width or len(row)
    page.auto_filter.ref = f"A1:{get_column_letter(width or 1)}1"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _cell(page: Any, value: Any, links_left: Iterator[int], *, is_head: bool) -> Any:
    """Return a cell: a text stays one, whatever it begins with. `links_left` has an item for each link to come."""
    if value is None or value == "":
        return None
    content = _cut(_ESCAPE.sub("_x005F_", value)) if isinstance(value, str) else value
    cell = WriteOnlyCell(page, value=content)
    if isinstance(value, Link) and _may_lead(value) and next(links_left, None) is not None:
        cell.hyperlink, cell.font = str(value), LINKED
    if isinstance(value, str):
        cell.data_type = "s"
    if isinstance(value, date):
        cell.number_format = DAY
    if is_head:
        cell.font = Font(bold=True)
    return cell


def _may_lead(address: Link) -> bool:
    return len(address) <= LONGEST_LINK and _PAGE.fullmatch(address) is not None


def _cut(text: str) -> str:
    return text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")
