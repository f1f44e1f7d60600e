"""Read a JSON Lines file row by row: where each row stands, and what is wrong with it."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeVar

from app.core.errors import N_
from app.exchange.report import RowError

T = TypeVar("T")
LONGEST = 8 * 1024 * 1024
Refuse = Callable[[int, RowError], None]
TOO_LONG, NOT_UTF8 = N_("plus longue que %(megabytes)d Mo"), N_("ce n'est pas de l'UTF-8")
NOT_JSON, NOT_OBJECT = N_("ce n'est pas du JSON"), N_("ce n'est pas un objet JSON")


class FileLine(NamedTuple):
    number: int
    offset: int
    row: dict[str, Any]


def read_lines(path: Path, refuse: Refuse, *, step: Callable[[int], object] = lambda _n: None) -> Iterator[FileLine]:
    """Yield the rows of the file, one in memory at a time; `step` is called with how many bytes were read."""
    with path.open("rb") as file:
        for number, offset, raw in _raw_lines(file):
            step(len(raw))
            try:
                yield FileLine(number, offset, _parse(raw, is_first=number == 1))
            except RowError as error:
                refuse(number, error)
            except _Blank:
                continue


def read_lines_at(path: Path, offsets: Iterable[tuple[int, int]]) -> Iterator[FileLine]:
    """Yield the rows at these (line number, offset), which `read_lines` yielded before."""
    with path.open("rb") as file:
        for number, offset in offsets:
            file.seek(offset)
            yield FileLine(number, offset, _parse(file.readline(), is_first=number == 1))


def batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the things in lists of `size`."""
    source = iter(things)
    while batch := list(islice(source, size)):
        yield batch


class _Blank(Exception):
    """An empty line, which is nothing to report."""


def _raw_lines(file: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    number, offset = 0, 0
    while raw := file.readline(LONGEST + 1):
        number += 1
        yield number, offset, raw
        while raw and not raw.endswith(b"\n"):
            raw = file.readline(LONGEST)
        offset = file.tell()


def _parse(raw: bytes, *, is_first: bool) -> dict[str, Any]:
    if len(raw) > LONGEST:
        raise RowError(TOO_LONG, megabytes=LONGEST // 1024 // 1024)
    if not raw.strip():
        raise _Blank()
    try:
        row = json.loads(raw.decode("utf-8-sig" if is_first else "utf-8"))
    except UnicodeDecodeError:
        raise RowError(NOT_UTF8) from None
    except (ValueError, RecursionError):
        raise RowError(NOT_JSON) from None
    if not isinstance(row, dict):
        raise RowError(NOT_OBJECT)
    return row
