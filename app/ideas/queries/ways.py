"""Two ways to the first ideas of a list: walk along its order and test each idea, or gather those of one filter.

A walk is short where many ideas pass the tests, a gathering where the filter holds few. Each is written so that both
engines have one way to run it.
"""
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, select

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


def follow(query: Select[Any], order: Order, start: Start) -> Select[Any]:
    """Put a query in order, from its beginning or after a place."""
    return order.apply(query.where(order.after(*start)) if start else query)


def walk(order: Order, start: Start, tests: Tests, number: int) -> Ids:
    """Select the first ideas that pass the tests, among the `LOOK` listed ones that come next."""
    seen = follow(select(Idea.id, and_(*tests).label("passes")).where(in_public()), order, start).limit(LOOK).subquery()
    return select(seen.c.id).where(seen.c.passes).limit(number)


def last_of_walk(order: Order, start: Start) -> Row[tuple[Any, int]] | None:
    """Return the place of the last idea that a walk looks at, or None when it comes to the end of the list."""
    query = follow(select(order.column, order.id).where(in_public()), order, start)
    return db.session.execute(query.offset(LOOK - 1).limit(1)).first()


def gather(ids: Ids, is_listed: ColumnElement[bool], order: Order, start: Start, tests: Tests, number: int) -> Ids:
    """Select the first ideas that pass the tests, among those that another query selects."""
    query = select(Idea.id).where(dialect.among(Idea.id, ids), is_listed, *tests)
    return follow(query, order, start).limit(number)
