"""CSV as spreadsheets write it, in several encodings and with several separators."""

import csv
import io
import re

from app.core.errors import Invalid
from app.exchange import sheets
from app.exchange.plan_file import headings, tables
from app.exchange.plan_file.tables import Table

SEPARATORS: tuple[str, ...] = (";", ",", "\t")
SAID = re.compile(r"sep=([;,\t])[\r\n]+", re.IGNORECASE)
"""The first line by which a file tells Excel its separator: no spreadsheet shows it."""


_SAMPLE = 400


def parse_table(data: bytes) -> Table:
    """Return the table of a file. Raise Invalid for what is none, or too large."""
    text, separators = _decode(data), SEPARATORS
    said = SAID.match(text)
    if said:
        text, separators = text[said.end() :], (said[1],)
    try:
        found = [(separator, _split(text, separator)) for separator in separators]
    except csv.Error:
        # A cell of more than 128 KB: nothing else stops it.
        raise tables.too_large() from None
    _separator, rows = max(found, key=lambda pair: _headings(pair[1]))
    tables.check_size(rows)
    return Table([[sheets.unprotect(cell) for cell in row] for row in rows])


def _decode(data: bytes) -> str:
    """Return the text: UTF-16 where it says or shows so, UTF-8, else the alphabet in which Excel writes French."""
    for encoding in _find_utf_16(data) or ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Invalid(tables.UNREADABLE, "file")


def _find_utf_16(data: bytes) -> tuple[str, ...]:
    """Return the UTF-16 of a file that has its mark, or whose first letters have an empty byte each, if any."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    even, odd = (data[first:_SAMPLE:2].count(0) for first in (0, 1))
    if max(even, odd) * 4 < min(len(data), _SAMPLE) or min(even, odd):
        return ()
    return ("utf-16-le",) if odd else ("utf-16-be",)


def _split(text: str, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def _headings(rows: list[list[str]]) -> int:
    """Return how many columns the best row of titles names."""
    return max(
        (len(headings.match_columns(row[: tables.MOST_COLUMNS])) for row in rows[: tables.HEAD_WITHIN]), default=0
    )
