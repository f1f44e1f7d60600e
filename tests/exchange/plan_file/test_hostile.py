"""A workbook made to harm is refused before the library that would fall with the whole process reads it."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from app.core.errors import Invalid
from app.exchange.plan_file import tables, xlsx_guard, xlsx_table
from tests.support.sheets import CELL, GOOD, HEAD, PLACE, SHEET, changed, read, shared_texts, with_cell, xlsx_of


def merged(ranges: bytes, title: bytes = b"Bien manger") -> bytes:
    return changed(
        lambda part: part.replace(b"Bien manger", title).replace(
            b"</sheetData>", b"</sheetData><mergeCells>" + ranges + b"</mergeCells>"
        )
    )


def lying() -> bytes:
    """A part that says that it is small, and is not."""
    data = bytearray(changed(lambda part: part.replace(b"</worksheet>", b" " * 400_000 + b"</worksheet>")))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo(SHEET).file_size
    return bytes(data.replace(size.to_bytes(4, "little"), (600).to_bytes(4, "little")))


@pytest.mark.parametrize(
    "make_data",
    [
        lambda: with_cell(b'<c r="XFD1048576"'),
        lambda: with_cell(b'<c r="C3001"'),
        lambda: with_cell(b'<c r="ZZ2"'),
        lambda: with_cell(b"<c/>" * 200 + b"<c"),
        lambda: changed(lambda part: part.replace(b'<row r="2"', b'<row r="1048576"').replace(CELL, b"<c")),
        lambda: changed(lambda part: part, xl__styles2_xml=b"<a>" + b" " * 21_000_000 + b"</a>"),
        lambda: changed(lambda part: part, **{f"xl__worksheets__more{number}_xml": b"<a/>" for number in range(501)}),
        lambda: shared_texts(5_000, 1_000),
        lambda: shared_texts(5_000, 1_000, number=b" 0 "),
        lambda: shared_texts(5_000, 1_000, number=b"00000000000"),
        lambda: shared_texts(5_000, 1_000, part="xl__sharedstrings_xml"),
        lambda: shared_texts(5_000, 1_000, runs=True),
        lambda: with_cell(
            b"".join(b'<c r="D2" t="inlineStr"><is><t>' + b"x" * 60_000 + b"</t></is></c>" for _n in range(70)) + CELL
        ),
        lambda: merged(b'<mergeCell ref="A1:A1048576"/>' * 200),
        lambda: merged(b'<mergeCell ref="A2:A2999"/>', title=b"x" * 1_400),
    ],
    ids=[
        "far away",
        "below the last row",
        "beside the last column",
        "beside it, unnamed",
        "far down, unnamed",
        "bomb",
        "many parts",
        "one text in many cells",
        "its number between spaces",
        "its number written long",
        "in a part of another name",
        "in runs",
        "long cells",
        "merged again and again",
        "merged and long",
    ],
)
def test_what_would_take_too_much_memory_is_too_large(make_data: Callable[[], bytes]) -> None:
    data = make_data()
    assert len(data) < tables.MOST_BYTES
    with pytest.raises(Invalid) as refusal:
        xlsx_table.parse_table(data)
    assert refusal.value.message == tables.TOO_LARGE


@pytest.mark.parametrize(
    "data",
    [
        with_cell(b'<c r="B99999999999999999999"'),
        with_cell(b'<c r="C0"'),
        with_cell(b'<c r="2"'),
        with_cell(b'<c r="C2" t="s"><v>9</v></c><c'),
        changed(lambda part: part.replace(b'<row r="2"', b'<row r="x"')),
        changed(lambda part: part[:-20]),
        lying(),
        changed(lambda part: b'<!DOCTYPE a [<!ENTITY b "c">]>' + part),
        changed(lambda part: part, compression=zipfile.ZIP_LZMA),
        changed(lambda part: part.replace(b"rId1", b"rId9"), part="xl/workbook.xml"),
        changed(
            lambda part: part.replace(b"<sheets>", b"<s>").replace(b"</sheets>", b"</s>").replace(b"<sheet ", b"<t "),
            part="xl/workbook.xml",
        ),
        GOOD[:-30],
        GOOD.replace(b"PK\x01\x02", b"PK\x01\x03"),
        b"\xd0\xcf\x11\xe0" * 100,
    ],
)
def test_what_is_no_workbook_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        xlsx_table.parse_table(data)
    assert refusal.value.message == tables.UNREADABLE


def test_what_a_workbook_may_hold_does_not_keep_it_from_being_read(app: Flask) -> None:
    styled = with_cell(b'<c r="XFD1048576" s="0"/><c r="C2"')
    unnamed = changed(lambda part: part.replace(CELL, b"<c").replace(b'<row r="2"', b"<row"))
    merged = changed(
        lambda part: part.replace(
            b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        )
    )
    for data in (styled, unnamed, merged, changed(lambda part: part, xl__vbaProject=b"x")):
        assert [action.title for action in read(data, "plan.xlsx").outline.actions()] == ["Une tournée"]


@pytest.mark.parametrize("figure", [b"1e999", b"-1e13", b"NaN"])
def test_a_figure_without_an_end_and_a_day_of_another_age_are_refused(app: Flask, figure: bytes) -> None:
    source = xlsx_of([*HEAD, "Indicateur", "Cible", "Début"], [*PLACE, "Une tournée", "Repas", 4321, date(9999, 1, 1)])
    data = changed(lambda part: part.replace(b"4321", figure), source=source)
    assert [one.column for one in read(data, "plan.xlsx").refusals] == ["Début", "Cible"]


def test_only_what_is_read_is_given_to_the_library() -> None:
    beside = changed(lambda part: part, **{"content_xml": b"<a/>", "mimetype": b"x", "xl__workbook.bin": b"x"})
    assert set(xlsx_guard.examine(beside).parts) <= set(zipfile.ZipFile(io.BytesIO(GOOD)).namelist())
