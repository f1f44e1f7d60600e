"""Bring in comments that were written elsewhere, in the order they were said and in batches."""
from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from app.core import clock
from app.core.text.plain import has_visible
from app.exchange import fields, lines
from app.exchange.ideas import BATCH, REMOVED, Key
from app.exchange.lines import Line, Refused
from app.exchange.placing import Given, Placer
from app.exchange.report import Report

Where = tuple[int, int]


class Order(Sequence[Where]):
    """The (line number, offset) of each row, by date: 32 bytes a row, so that a large file is read in order."""

    def __init__(self) -> None:
        self._dates, self._numbers, self._offsets, self._sorted = array("d"), array("q"), array("q"), array("q")

    def add(self, line: Line, at: datetime) -> None:
        self._dates.append(at.timestamp())
        self._numbers.append(line.number)
        self._offsets.append(line.offset)

    def sort(self) -> None:
        places = sorted(range(len(self)), key=lambda n: (self._dates[n], self._numbers[n]))
        self._sorted = array("q", places)

    def __len__(self) -> int:
        return len(self._dates)

    def __getitem__(self, place):  # type: ignore[no-untyped-def]
        n = self._sorted[place]
        return self._numbers[n], self._offsets[n]


def scan(path: Path, report: Report, *, step: Callable[[int], object] = lambda _n: None) -> Order:
    """Read the whole file once: refuse the rows that are not well formed, and remember the order of the others."""
    order, seen = Order(), set()
    for line in lines.read_lines(path, report.refuse, step=step):
        try:
            given = _parse(line)
            if given.id in seen:
                raise Refused(f"id {given.id} is already in this file")
        except Refused as reason:
            report.refuse(line.number, str(reason))
            continue
        seen.add(given.id)
        order.add(line, given.columns["created_at"])
    order.sort()
    return order


def bring(
        path: Path, order: Sequence[Where], ideas: set[Key], report: Report, *, dry_run: bool = False,
        step: Callable[[int], object] = lambda _n: None) -> None:
    """Take the comments of a file on `ideas`, oldest first; those that stand before their parent are tried again."""
    placer = Placer(ideas, report, dry_run=dry_run)
    waiting = order
    while waiting:
        late = list(_pass(path, waiting, placer, step))
        if len(late) == len(waiting):
            break
        waiting = late
    for line in lines.read_lines_at(path, waiting):
        report.refuse(line.number, f"parent_id {line.row['parent_id']} is not known")


def _pass(path: Path, places: Sequence[Where], placer: Placer, step: Callable[[int], object]) -> Iterator[Where]:
    """Take what can be taken; yield the places of the rows whose parent is not there yet."""
    for batch in lines.batches(lines.read_lines_at(path, places), BATCH):
        late = placer.take([_parse(line) for line in batch])
        step(len(batch) - len(late))
        yield from ((one.line.number, one.line.offset) for one in late)


def _parse(line: Line) -> Given:
    row = line.row
    name, body = fields.identifier(row, "id"), fields.text(row, "body")
    if not has_visible(body):
        raise Refused("no body")
    is_hidden = fields.flag(row, "trashed", False) or not fields.flag(row, "enabled", True)
    return Given(
        line, name, fields.identifier(row, "idea_id"), fields.optional_identifier(row, "parent_id"),
        fields.author(row), body, {
            "source_id": name, "created_at": fields.moment(row, "created_at"), "lang": fields.language(row),
            "source_stance": fields.line(row, "stance") or None, "source_votes": fields.number(row, "votes"),
            "hidden_at": clock.now() if is_hidden else None, "hidden_reason": REMOVED if is_hidden else None})
