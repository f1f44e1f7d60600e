"""Two ways to the first ideas of a list: walk along its order and test each idea, or gather those of one filter.

A walk is short where many ideas pass the tests, a gathering where the filter holds few. Each is written so that both
engines have one way to run it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, select, tuple_

from app.core import dialect
from app.core.db import db
from app.core.paging import Order
from app.ideas.models import Idea
from app.ideas.queries.reading import in_public

# How many ideas one request looks at.
LOOK = 10_000
Start = tuple[Any, int] | None
Tests = Sequence[ColumnElement[bool]]
Ids = Select[tuple[int]]


@dataclass(frozen=True)
class IndexWalk:
    """A walk along an index: an order of the public's lists, from its start or a cursor, perhaps within one value.

    `along` is a column and its value: an index holds the ideas that have it in this order, which descends. `part` says
    which ideas are walked: those of the lists, or of an index that holds fewer.
    """

    order: Order
    start: Start
    along: tuple[Any, Any] | None = None
    part: ColumnElement[bool] = field(default_factory=in_public)

    def follow(self, query: Select[Any]) -> Select[Any]:
        """Put a query in this order, and leave out what comes before its start."""
        order, start = self.order, self.start
        if self.along is None:
            return order.apply(query.where(order.after(*start)) if start else query)
        # The value leads the order, so that no other index has it: the rows of other values would be walked too.
        column, value = self.along
        place = tuple_(column, order.column, order.id) < (value, *start) if start else column <= value
        return query.where(column >= value, place).order_by(column.desc(), *order.clauses)

    def first(self, tests: Tests, number: int, *, limit: int) -> Ids:
        """Select the first `number` ideas that pass the tests, among the next `limit` of the walk."""
        seen = self.follow(select(Idea.id, and_(*tests).label("passes")).where(self.part)).limit(limit).subquery()
        return select(seen.c.id).where(seen.c.passes).limit(number)

    def last(self) -> Row[tuple[Any, int]] | None:
        """Return the cursor of the last of `LOOK` ideas, or None when it comes to the end of the list before."""
        query = self.follow(select(self.order.column, self.order.id).where(self.part))
        return db.session.execute(query.offset(LOOK - 1).limit(1)).first()


def select_filtered(ids: Ids, walk: IndexWalk, tests: Tests, number: int) -> Ids:
    """Select the first ideas that pass the tests, among those that another query selects."""
    return walk.follow(select(Idea.id).where(dialect.among(Idea.id, ids), *tests)).limit(number)
