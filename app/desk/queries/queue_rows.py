"""What waits, as SELECTs of one shape that each follow an index: they are counted up to a limit, and paged alike.

A row is the kind of a thing, its number, its rank, the community where it stands, and `turn`: 0 when it is in the
reader's hands, else 1. Rows come by turn, then by rank, kind and number.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ScalarSelect, Select, false, func, literal, or_, select, true, union_all
from sqlalchemy.sql.selectable import Subquery

from app.core.actor import Actor
from app.core.db import Moment
from app.core.dialect import among
from app.core.numbers import LARGEST
from app.core.paging import moment
from app.desk.models import Assignment

Cursor = tuple[int, int, str, int]
"""Turn, rank as a number, kind and number of the row that ends a page."""


@dataclass(frozen=True)
class QueueRows:
    """Things of one kind that wait, in the order of `rank` (since when, for most), then of their number."""

    kind: str
    id: Any
    rank: Any
    query: Select[Any]
    turn: int = 1

    def where(self, *conditions: Any) -> "QueueRows":
        return replace(self, query=self.query.where(*conditions))

    def change(self, change: Callable[..., Select[Any]], *arguments: Any) -> "QueueRows":
        return replace(self, query=change(self.query, *arguments))

    def join(self, table: Any, condition: Any) -> "QueueRows":
        return replace(self, query=self.query.join(table, condition))

    def apart(self, column: Any, actor: Actor) -> "tuple[QueueRows, QueueRows]":
        """Split into what is assigned to `actor` and the rest; `column` is that of the thing in assignments."""
        mine = select(column).where(Assignment.user_id == actor.id, column.is_not(None))
        others = self.where(~mine.where(column == self.id).correlate_except(Assignment).exists())
        return replace(self.where(among(self.id, mine)), turn=0), others

    def after(self, cursor: Cursor) -> "QueueRows":
        """Keep the rows that follow a cursor of the same `turn`."""
        _turn, number, kind, row_id = cursor
        value = moment(number) if isinstance(self.rank.type, Moment) else min(number, LARGEST)
        rank = literal(value, self.rank.type)
        beside = self.id > row_id if self.kind == kind else true() if self.kind > kind else false()
        return self.where(self.rank >= rank, or_(self.rank > rank, beside))

    def first(self, size: int) -> Select[Any]:
        """Select the first rows, in their order."""
        query = self.query.add_columns(literal(self.turn).label("turn"))
        return select(query.order_by(self.rank, self.id).limit(size).subquery())


def select_rows(kind: str, row_id: Any, rank: Any, place: Any) -> QueueRows:
    """Begin the SELECT of things of one kind."""
    query = select(literal(kind).label("kind"), row_id.label("id"), rank.label("rank"), place.label("place"))
    return QueueRows(kind, row_id, rank, query)


NOTHING = select_rows("", Assignment.id, Assignment.id, Assignment.id).where(false())
"""What a queue is made of where there is no community, or nothing that may be in somebody's hands."""


def select_all(walks: Sequence[QueueRows]) -> Subquery:
    """Select every row of a queue, without a limit: for checks, never for a page."""
    return union_all(*(walk.query for walk in walks or [NOTHING])).subquery()


def select_count(walks: Sequence[QueueRows], most: int) -> ScalarSelect[int]:
    """Count the rows of a queue up to `most`, along the index that gives their order."""
    rows = union_all(*(walk.first(most) for walk in walks or [NOTHING])).subquery()
    return select(func.count()).select_from(select(rows.c.id).limit(most).subquery()).scalar_subquery()


def select_page(walks: Sequence[QueueRows], cursor: Cursor | None, size: int) -> Select[Any]:
    """Select the rows of a queue that follow a cursor: the first of each walk, then the first of them all."""
    if cursor:
        walks = [walk.after(cursor) if walk.turn == cursor[0] else walk for walk in walks if walk.turn >= cursor[0]]
    rows = union_all(*(walk.first(size) for walk in walks or [NOTHING])).subquery()
    return select(rows).order_by(rows.c.turn, rows.c.rank, rows.c.kind, rows.c.id).limit(size)
