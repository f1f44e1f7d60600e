"""Write a CSV file as JSON Lines, each row of the sheet on the line of its number: the rest reads it as any other."""

import codecs
import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.exchange import sheets
from app.exchange.lines import LONGEST
from app.exchange.meanings import find_meaning

SEPARATORS = (";", ",", "\t", "|")
HEAD_BYTES, CHUNK = 64 * 1024, 1024 * 1024


def is_json(path: Path) -> bool:
    """Tell whether a file holds JSON Lines: its first sign opens an object or a list."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    return head.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"[") or not head.strip()


def write_json_lines(path: Path, target: Path, kind: str) -> None:
    """Write the rows of a CSV file under their headings; a cell too many has the name of its column."""
    encoding = _find_encoding(path)
    with (
        _long_cells(),
        path.open(encoding=encoding, errors="replace", newline="") as file,
        target.open("w", encoding="utf-8") as out,
    ):
        separator = _find_separator(file.read(HEAD_BYTES), kind)
        file.seek(0)
        headings: list[str] = []
        for cells in _read_rows(csv.reader(file, delimiter=separator)):
            if cells is None:
                # Longer than a line may be, as the row is: whoever reads the lines refuses it under its number.
                out.write("x" * (LONGEST + 1) + "\n")
            elif not headings and any(cells):
                headings = [cell.strip().lstrip("\ufeff") for cell in cells]
                out.write("\n")
            else:
                out.write((_dump(headings, cells) if any(map(str.strip, cells)) else "") + "\n")


def _read_rows(rows: Iterator[list[str]]) -> Iterator[list[str] | None]:
    """Yield each row, None in the place of one with a cell that is too long."""
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield None


def _find_encoding(path: Path) -> str:
    """Return the encoding of the whole file: UTF-16 where it says so, UTF-8, else what Excel writes in French."""
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _find_separator(head: str, kind: str) -> str:
    """Return the separator with which most headings mean something, then the one that makes most columns."""

    def measure(separator: str) -> tuple[int, int]:
        cells = next(filter(any, csv.reader(head.splitlines(), delimiter=separator)), [])
        return sum(find_meaning(kind, cell.strip()) is not None for cell in cells), len(cells)

    return max(SEPARATORS, key=measure)


def _dump(headings: list[str], cells: list[str]) -> str:
    names = [*headings, *(f"column {n}" for n in range(len(headings) + 1, len(cells) + 1))]
    row: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=False):
        # Of two columns of one name, the first that says something.
        if name and not row.get(name):
            row[name] = sheets.unprotect(cell)
    return json.dumps(row)


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let a cell be as long as a line of JSON may be: the limit of Python is shorter than a text may be."""
    before = csv.field_size_limit(LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)
