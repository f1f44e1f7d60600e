"""Bring in comments that were written elsewhere, in the order of their dates and in batches."""

from array import array
from collections.abc import Callable, Collection, Iterator

from app.core import clock
from app.core.errors import N_
from app.core.text.plain import has_visible
from app.exchange import fields, lines
from app.exchange.comment_targets import CommentRow, Placer
from app.exchange.ideas import BATCH, DOUBLE, REMOVED, Key
from app.exchange.lines import FileLine
from app.exchange.report import Report, RowError
from app.exchange.sources import Source

NO_BODY = N_("le texte manque")
Position = tuple[int, int]


class Order:
    """The (line number, offset) of each row, each after what it answers and else by date: few bytes a row."""

    def __init__(self) -> None:
        self._numbers, self._offsets, self._places = array("q"), array("q"), array("q")
        self._dates: array[float] = array("d")
        self._parents: dict[int, str] = {}
        self._by_id: dict[str, int] = {}
        self.missing: dict[str, list[str]] = {}
        """What stands above each row that does not come in, the nearest first: its answers hang from there."""

    def add(self, row: CommentRow) -> None:
        """Note a row. Raise RowError for an id that is there already."""
        if row.id in self._by_id:
            raise RowError(DOUBLE, row.id)
        self._by_id[row.id] = len(self)
        if row.parent_id is not None:
            self._parents[len(self)] = row.parent_id
        self._dates.append(row.columns["created_at"].timestamp())
        self._numbers.append(row.line.number)
        self._offsets.append(row.line.offset)

    def sort(self) -> None:
        """Put the rows in their order, and forget what it took to find it."""
        depths = array("q", bytes(8 * len(self)))
        for n in range(len(self)):
            for child, parent in self._chain(n):
                depths[child] = depths[parent] + 1
                self._dates[child] = max(self._dates[child], self._dates[parent])
        self._places = array("q", sorted(range(len(self)), key=lambda n: (self._dates[n], depths[n], self._numbers[n])))
        self._parents, self._by_id = {}, {}

    def _chain(self, n: int) -> Iterator[tuple[int, int]]:
        """Yield each (row, what it answers) from a row up, the highest first, and each pair once in all."""
        pairs: list[tuple[int, int]] = []
        while n in self._parents:
            parent = self._by_id.get(self._parents.pop(n))
            if parent is None:
                break
            pairs.append((n, parent))
            n = parent
        return reversed(pairs)

    def __len__(self) -> int:
        return len(self._dates)

    def __iter__(self) -> Iterator[Position]:
        return ((self._numbers[n], self._offsets[n]) for n in self._places)


def scan(source: Source, report: Report, *, step: Callable[[int], object] = lambda _n: None) -> Order:
    """Read the whole file once: refuse the rows that are not valid, and return the order of the others."""
    order = Order()
    for line in source.rows(report, step=step):
        try:
            order.add(_parse(line))
        except RowError as error:
            report.refuse(line.number, error)
            order.missing |= _above(line)
    order.sort()
    return order


def _above(line: FileLine) -> dict[str, list[str]]:
    """Return what stands above a row that is refused, by its id, where it says both."""
    try:
        return {fields.identifier(line.row, "id"): _list_ancestors(line)}
    except RowError:
        return {}


def _list_ancestors(line: FileLine) -> list[str]:
    """Return the comments that stand above a row, as far as it says, the nearest first."""
    parent = fields.optional_identifier(line.row, "parent_id")
    return [parent, *fields.lines(line.row, "ancestors")] if parent else []


def bring(
    source: Source,
    order: Order,
    ideas: set[Key],
    report: Report,
    *,
    left_out: Collection[str] = (),
    dry_run: bool = False,
    step: Callable[[int], object] = lambda _n: None,
) -> None:
    """Add the comments of a file on `ideas`, in their order; those of ideas that were `left_out` are left out, too.

    An answer to what is not there hangs from the nearest comment above it, or from the thread.
    """
    placer = Placer(ideas, left_out, order.missing, report, dry_run=dry_run)
    for batch in lines.batches(map(_parse, source.rows_at(order)), BATCH):
        placer.add(batch)
        step(len(batch))


def _parse(line: FileLine) -> CommentRow:
    row = line.row
    name, body = fields.identifier(row, "id"), fields.text(row, "body")
    if not has_visible(body):
        raise RowError(NO_BODY)
    is_hidden = fields.flag(row, "trashed", False) or not fields.flag(row, "enabled", True)
    return CommentRow(
        line,
        name,
        fields.identifier(row, "idea_id"),
        _list_ancestors(line),
        fields.author(row),
        body,
        fields.text(row, "body_format") == "html",
        {
            "source_id": name,
            "created_at": fields.moment(row, "created_at"),
            "lang": fields.language(row),
            "source_stance": fields.line(row, "stance") or None,
            "source_votes": fields.number(row, "votes"),
            "hidden_at": clock.now() if is_hidden else None,
            "hidden_reason": REMOVED if is_hidden else None,
        },
    )
