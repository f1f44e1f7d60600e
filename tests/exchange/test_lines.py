from pathlib import Path

import pytest

from app.exchange import lines


def read(path: Path, content: bytes) -> tuple[list[tuple[int, dict[str, object]]], list[tuple[int, str]]]:
    path.write_bytes(content)
    refusals: list[tuple[int, str]] = []
    found = [
        (line.number, line.row)
        for line in lines.read_lines(path, lambda number, why: refusals.append((number, why.message)))
    ]
    return found, refusals


def test_what_can_not_be_read_is_told_by_line_and_the_rest_is_given(tmp_path: Path) -> None:
    found, refusals = read(tmp_path / "f", b'\xef\xbb\xbf{"a": 1}\n\nnot json\n[1]\n{"b": "\xff"}\n\r\n{"c": 3}')
    assert found == [(1, {"a": 1}), (7, {"c": 3})]
    assert refusals == [(3, lines.NOT_JSON), (4, lines.NOT_OBJECT), (5, lines.NOT_UTF8)]


def test_a_line_nested_without_end_is_no_json(tmp_path: Path) -> None:
    _found, refusals = read(tmp_path / "f", b"[" * 100_000 + b"\n")
    assert refusals == [(1, lines.NOT_JSON)]


def test_a_line_that_is_too_long_is_passed_over_and_never_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST", 1024 * 1024)
    long = b'{"a": "' + b"x" * (3 * 1024 * 1024) + b'"}'
    found, refusals = read(tmp_path / "f", long + b'\n{"b": 2}\n' + long)
    assert found == [(2, {"b": 2})]
    assert refusals == [(1, lines.TOO_LONG), (3, lines.TOO_LONG)]


def test_a_row_is_found_again_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes('{"a": "é"}\n\n{"b": 2}\n'.encode())
    places = [(line.number, line.offset) for line in lines.read_lines(path, lambda *_: None)]
    assert [line.row for line in lines.read_lines_at(path, reversed(places))] == [{"b": 2}, {"a": "é"}]


def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b'{"a": 1}\nbad\n')
    steps: list[int] = []
    list(lines.read_lines(path, lambda *_: None, step=steps.append))
    assert sum(steps) == path.stat().st_size


def test_batches_hold_everything_once() -> None:
    assert list(lines.batches(range(5), 2)) == [[0, 1], [2, 3], [4]]
