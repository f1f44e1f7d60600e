"""A file is read in a process of its own: what it takes there is bounded, and nobody else notices."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.core.errors import Invalid
from app.exchange.plan_file import reading, table_process, tables
from app.exchange.plan_file.tables import Table
from tests.support.sheets import FRAME, HEAD, PLACE, changed, csv_of, nested, shared_texts, with_cell, xlsx_of

STYLES = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>'


MEASURE = """
import resource, sys
from contextlib import suppress
from pathlib import Path
from app.core.errors import Invalid
from app.exchange.plan_file import table_process
with suppress(Invalid):
    table_process.parse_table(Path(sys.argv[1]).read_bytes(), "xlsx")
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def in_sheet(more: bytes) -> bytes:
    return changed(lambda part: part.replace(b"</sheetData>", more + b"</sheetData>"))


def long_row() -> bytes:
    return in_sheet(b'<row r="3">' + b"<c/>" * 4_000_000 + b"</row>")


def refusal(data: bytes, ending: str = "xlsx") -> str:
    with pytest.raises(Invalid) as found:
        table_process.parse_table(data, ending)
    return found.value.message


def test_a_file_is_read_there_as_it_would_be_here(app: Flask) -> None:
    book = xlsx_of(
        [*HEAD, "Début", "Budget", "Poids"],
        [*PLACE, "Une tournée\n« d'été »", date(2026, 4, 1), "=2+2", True],
        ["", None, "Un marché", None, 48_000.5],
        merged=["A2:A3"],
        before="Autre",
    )
    for data, ending in ((book, "xlsx"), (csv_of(HEAD, [*PLACE, "'=2+2"]), "csv")):
        here, there = table_process.READERS[ending](data), table_process.parse_table(data, ending)
        assert there == Table(here.rows, here.sheet, list(here.merged), here.faults)
    assert len(there.rows) == 2 and there.rows[1][2] == "=2+2"
    said = [(one.row, one.column) for one in reading.parse_plan_file(book, "plan.XLSX", FRAME).refusals]
    assert sorted(said) == [(2, "Budget"), (2, "Poids")]


def test_what_can_not_be_read_is_refused_as_it_would_be_here() -> None:
    assert refusal(b"PK") == tables.UNREADABLE and refusal(b"a" * 200_000, "csv") == tables.TOO_LARGE
    assert refusal(shared_texts(5_000, 1_000)) == tables.TOO_LARGE


def test_a_file_that_takes_too_much_memory_or_time_ends_its_process_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.setattr(table_process, "MEMORY", 120_000_000)
    assert refusal(nested(2_000_000)) == table_process.TOO_HEAVY
    monkeypatch.setattr(table_process, "MEMORY", 400_000_000)
    monkeypatch.setattr(table_process, "SECONDS", 1)
    assert refusal(long_row()) == table_process.TOO_HEAVY
    monkeypatch.setattr(table_process, "PATIENCE", 0.001)
    assert refusal(b"a;b", "csv") == table_process.TOO_HEAVY
    assert len(caplog.records) == 3 and "row" not in caplog.text
    monkeypatch.undo()
    assert len(table_process.parse_table(csv_of(HEAD, PLACE), "csv").rows) == 2


def test_the_process_knows_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "secret")
    monkeypatch.setattr(
        table_process, "_PROGRAM", "import json, os; print(json.dumps({'message': ' '.join(os.environ), 'values': {}}))"
    )
    assert set(refusal(b"").split()) <= {"PYTHONPATH", "LC_CTYPE", "__CF_USER_TEXT_ENCODING"}


@pytest.mark.soak
@pytest.mark.parametrize(
    "make_data",
    [
        lambda: shared_texts(100_000, 20_000),
        lambda: nested(5_000_000),
        long_row,
        lambda: with_cell(b'<c r="D2"><v>1</v></c>' * 850_000 + b'<c r="C2"'),
        lambda: changed(lambda part: part, xl__sharedStrings_xml=b"<sst>" + b"<si/>" * 3_900_000 + b"</sst>"),
        lambda: changed(lambda part: STYLES + b"<xf/>" * 3_500_000 + b"</cellXfs></styleSheet>", part="xl/styles.xml"),
        lambda: in_sheet(
            b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 550_000 + b"</mergeCells><sheetData>"
        ),
    ],
    ids=[
        "one text in many cells",
        "nested",
        "a long row",
        "one cell many times",
        "many shared texts",
        "many styles",
        "many merged cells",
    ],
)
def test_at_full_size_a_file_is_read_or_refused_within_its_bounds(
    make_data: Callable[[], bytes], tmp_path: Path
) -> None:
    """In a process of its own: the largest child of this one may be another test's."""
    file, data = tmp_path / "plan.xlsx", make_data()
    assert len(data) < tables.MOST_BYTES
    file.write_bytes(data)
    done = subprocess.run([sys.executable, "-c", MEASURE, str(file)], capture_output=True, text=True, check=True)
    assert 0 < int(done.stdout) < 1_000_000


def test_a_cell_longer_than_any_is_refused_by_its_line(app: Flask) -> None:
    head = [*HEAD, "Partenaires", "Financement", "Budget", "Code", "Début"]
    row = ["x" + "\n" * 64_000, "Centraide : 5 $ (2026)" + " (" * 20_000, "4" * 400, "4" * 400, "0000-00-00"]
    file = reading.parse_plan_file(csv_of(head, [*PLACE, "Une tournée", *row]), "plan.csv", FRAME)
    assert sorted((one.row, one.column) for one in file.refusals) == [(2, title) for title in sorted(head[3:])]


def test_each_action_of_a_long_file_is_found_again_by_its_code_else_by_its_title(app: Flask) -> None:
    rows = [
        ["1", "A", "m1"],
        ["", "A", "m2"],
        ["2", "A", "m3"],
        ["2", "", "m4"],
        ["", "B", "m5"],
        ["3", "B", "m6"],
        ["3", "", "m7"],
        ["1", "", "m8"],
    ]
    file = reading.parse_plan_file(
        csv_of([*HEAD[:2], "Code", "Action", "Jalon"], *([*PLACE, *row] for row in rows)), "plan.csv", FRAME
    )
    found = {(action.code, action.title): [one.title for one in action.milestones] for action in file.outline.actions()}
    assert found == {("1", "A"): ["m1", "m2", "m8"], ("2", "A"): ["m3", "m4"], ("3", "B"): ["m5", "m6", "m7"]}
