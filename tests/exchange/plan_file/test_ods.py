"""A workbook of LibreOffice is read as one of Excel is, and one that is made to harm is refused."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest

from app.core.errors import Invalid
from app.exchange.plan_file import reading
from app.exchange.plan_file.tables import MOST_CHARACTERS
from app.exchange.plan_file.xlsx_guard import HAS_ERROR, NO_VALUE
from tests.support.sheets import HEAD, PLACE, csv_of, ods_of, table

pytestmark = [pytest.mark.one_engine, pytest.mark.usefixtures("app")]
GOOD = ods_of(Guide=[["À lire"]], Plan=[HEAD, [*PLACE, "Une tournée", 0.25, date(2027, 6, 30), 3200]])
CELL = '<table:table-cell office:value-type="string" ><text:p>Une tournée</text:p></table:table-cell>'


def with_content(change: Callable[[str], str]) -> bytes:
    """Return the good workbook with its cells changed."""
    written, files = io.BytesIO(), zipfile.ZipFile(io.BytesIO(GOOD))
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", change(files.read("content.xml").decode()))
    return written.getvalue()


def with_cell(cell: str) -> bytes:
    changed = with_content(lambda content: content.replace(CELL, cell))
    assert len(changed) > 300
    return changed


def test_the_sheet_that_names_the_columns_is_read_with_its_days_and_numbers() -> None:
    found = table(GOOD, "plan.ods")
    assert (found.sheet, found.rows) == ("Plan", [HEAD, [*PLACE, "Une tournée", 0.25, date(2027, 6, 30), 3200.0]])


def test_what_is_empty_to_the_end_of_a_sheet_costs_nothing() -> None:
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{blank}</table:table-row></table:table>'
    found = table(with_content(lambda content: content.replace("</table:table>", row)), "plan.ods")
    assert len(found.rows) == 2 and len(found.rows[1]) == 6


def test_rows_and_cells_that_are_repeated_stand_as_often_and_a_remark_is_no_text() -> None:
    cell = (
        '<table:table-cell office:value-type="string" table:number-rows-spanned="2" table:number-columns-repeated="2">'
        "<office:annotation><text:p>à vérifier</text:p></office:annotation>"
        '<text:p>Une<text:s text:c="2"/>tournée</text:p><text:p>et <text:span>deux</text:span></text:p></table:table-cell>'
    )
    found = table(with_cell(cell), "plan.ods")
    assert found.rows[1][2:4] == ["Une  tournée\net deux"] * 2 and (1, 2, 2, 2) in found.merged


def test_a_formula_without_a_value_or_with_an_error_is_a_fault() -> None:
    formulas = (
        '<table:table-cell table:formula="of:=A1"/>'
        '<table:table-cell table:formula="of:=1/0" office:value-type="string"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    found = table(with_cell(formulas), "plan.ods")
    assert found.faults == {(1, 2): NO_VALUE, (1, 3): HAS_ERROR}


@pytest.mark.parametrize(
    "cell",
    [
        CELL.replace("table-cell ", 'table-cell table:number-columns-repeated="16384" ', 1),
        f'{CELL}</table:table-row><table:table-row table:number-rows-repeated="99999">{CELL}',
        CELL.replace("Une tournée", "x" * (MOST_CHARACTERS // 50)).replace(
            "table-cell ", 'table-cell table:number-columns-repeated="60" ', 1
        ),
        CELL.replace("Une tournée", '<text:s text:c="99999999"/>'),
        CELL.replace("table-cell ", 'table-cell table:number-columns-repeated="-1" ', 1),
    ],
    ids=["across", "down", "long", "spaces", "minus"],
)
def test_what_is_repeated_out_of_measure_is_refused(cell: str) -> None:
    with pytest.raises(Invalid):
        table(with_cell(cell), "plan.ods")


def test_an_entity_another_file_and_an_old_workbook_are_refused() -> None:
    entity = '<!DOCTYPE x [<!ENTITY a "b">]><office:document-content'
    for data in (with_content(lambda content: content.replace("<office:document-content", entity)), b"PK", b""):
        with pytest.raises(Invalid):
            table(data, "plan.ods")
    with pytest.raises(Invalid) as caught:
        reading.check(b"", "plan.xls")
    assert caught.value.message == reading.OLD


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
def test_utf_16_is_known_without_its_mark_and_the_line_of_the_separator_is_left_out(encoding: str) -> None:
    said = "sep=\t\r\n".encode(encoding)
    body = csv_of(HEAD, [*PLACE, "Une; tournée, d’été"], separator="\t", encoding=encoding)
    without_second_mark = body.removeprefix(b"\xff\xfe")
    for data in (body, said + without_second_mark):
        assert table(data).rows == [HEAD, [*PLACE, "Une; tournée, d’été"]]
