"""Workbooks that are made to harm: a good one, with one of its parts changed."""

import io
import zipfile
from collections.abc import Callable

from tests.support.sheets import HEAD, PLACE, xlsx_of

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
