"""CSV as spreadsheets write it, in several encodings and with several separators."""

import csv
import io

from app.core.errors import Invalid
from app.exchange import sheets
from app.exchange.plan_file import headings, tables
from app.exchange.plan_file.tables import Table

SEPARATORS = (";", ",", "\t")


def parse_table(data: bytes) -> Table:
    """Return the table of a file. Raise Invalid for what is none, or too large."""
    text = _decode(data)
    try:
        found = [(separator, _split(text, separator)) for separator in SEPARATORS]
    except csv.Error:
        # A cell of more than 128 KB: nothing else stops it.
        raise tables.too_large() from None
    _separator, rows = max(found, key=lambda pair: _headings(pair[1]))
    tables.check_size(rows)
    return Table([[sheets.unprotect(cell) for cell in row] for row in rows])


def _decode(data: bytes) -> str:
    """Return the text: UTF-8, UTF-16 where it says so, else the alphabet in which Excel writes French."""
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Invalid(tables.UNREADABLE, "file")


def _split(text: str, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def _headings(rows: list[list[str]]) -> int:
    """Return how many columns the best row of titles names."""
    return max(
        (len(headings.match_columns(row[: tables.MOST_COLUMNS])) for row in rows[: tables.HEAD_WITHIN]), default=0
    )
