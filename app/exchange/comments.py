"""Bring in comments that were written elsewhere, in the order of their dates and in batches."""
from array import array
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from app.core import clock
from app.core.text.plain import has_visible
from app.exchange import fields, lines
from app.exchange.ideas import BATCH, REMOVED, Key
from app.exchange.lines import Line, RowError
from app.exchange.placing import CommentRow, Placer
from app.exchange.report import Report

Position = tuple[int, int]


class Order:
    """The (line number, offset) of each row, by date: 32 bytes a row, so that a large file is read in order."""

    def __init__(self) -> None:
        self._dates, self._numbers, self._offsets, self._sorted = array("d"), array("q"), array("q"), array("q")

    def add(self, line: Line, at: datetime) -> None:
        self._dates.append(at.timestamp())
        self._numbers.append(line.number)
        self._offsets.append(line.offset)

    def sort(self) -> None:
        self._sorted = array("q", sorted(range(len(self)), key=lambda n: (self._dates[n], self._numbers[n])))

    def __len__(self) -> int:
        return len(self._dates)

    def __iter__(self) -> Iterator[Position]:
        return ((self._numbers[n], self._offsets[n]) for n in self._sorted)


def scan(path: Path, report: Report, *, step: Callable[[int], object] = lambda _n: None) -> Order:
    """Read the whole file once: refuse the rows that are not valid, and return the order of the others."""
    order, ids = Order(), set()
    for line in lines.read_lines(path, report.refuse, step=step):
        try:
            row = _parse(line)
            if row.id in ids:
                raise RowError(f"id {row.id} is already in this file")
        except RowError as error:
            report.refuse(line.number, str(error))
            continue
        ids.add(row.id)
        order.add(line, row.columns["created_at"])
    order.sort()
    return order


def bring(
        path: Path, order: Order, ideas: set[Key], report: Report, *, dry_run: bool = False,
        step: Callable[[int], object] = lambda _n: None) -> None:
    """Add the comments of a file on `ideas`, oldest first; those that stand before their parent are tried again."""
    placer = Placer(ideas, report, dry_run=dry_run)
    waiting: Order | list[Position] = order
    while waiting:
        late = list(_add_rows(path, waiting, placer, step))
        if len(late) == len(waiting):
            break
        waiting = late
    for line in lines.read_lines_at(path, waiting):
        report.refuse(line.number, f"parent_id {line.row['parent_id']} is not known")


def _add_rows(
        path: Path, positions: Iterable[Position], placer: Placer, step: Callable[[int], object]) -> Iterator[Position]:
    """Add what can be; yield the positions of the rows whose parent is not there yet."""
    for batch in lines.batches(lines.read_lines_at(path, positions), BATCH):
        late = placer.add([_parse(line) for line in batch])
        step(len(batch) - len(late))
        yield from ((row.line.number, row.line.offset) for row in late)


def _parse(line: Line) -> CommentRow:
    row = line.row
    name, body = fields.identifier(row, "id"), fields.text(row, "body")
    if not has_visible(body):
        raise RowError("no body")
    is_hidden = fields.flag(row, "trashed", False) or not fields.flag(row, "enabled", True)
    return CommentRow(
        line, name, fields.identifier(row, "idea_id"), fields.optional_identifier(row, "parent_id"),
        fields.author(row), body, {
            "source_id": name, "created_at": fields.moment(row, "created_at"), "lang": fields.language(row),
            "source_stance": fields.line(row, "stance") or None, "source_votes": fields.number(row, "votes"),
            "hidden_at": clock.now() if is_hidden else None, "hidden_reason": REMOVED if is_hidden else None})
