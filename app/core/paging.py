"""Pages of a list by keyset: what is after a row, never what is at a number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, or_, tuple_

from app.core.errors import N_, NotFound
from app.core.numbers import LARGEST, ONE_WAY, row_number

T = TypeVar("T")
SIZE = 20
VALUE = r"0|[1-9][0-9]{0,15}"
CURSOR = re.compile(rf"({VALUE})\.({ONE_WAY})")
BAD_CURSOR = N_("Cette page de la liste n'existe pas.")


@dataclass(frozen=True)
class Page(Generic[T]):
    """`items` of one page; `next` is the cursor of the following one, or None at the end.

    `is_short`: only so many rows were looked at, and more items may stand after the last of these, where `next` leads.
    """

    items: Sequence[T]
    next: str | None = None
    is_first: bool = True
    is_short: bool = False


@dataclass(frozen=True)
class Order:
    """How a list is sorted: by a column, then by a number so that no two rows are equal.

    Let both go the same way wherever many rows may have one value: an index then leads to the very row.
    """

    column: Any
    id: Any
    descending: bool = True
    id_descending: bool = True

    @property
    def clauses(self) -> tuple[Any, Any]:
        return (
            self.column.desc() if self.descending else self.column,
            self.id.desc() if self.id_descending else self.id,
        )

    def apply(self, query: Select[Any]) -> Select[Any]:
        return query.order_by(*self.clauses)

    def after(self, value: Any, row_id: int) -> ColumnElement[bool]:
        """Match the rows that come after this one."""
        if self.descending == self.id_descending:
            row = tuple_(self.column, self.id)
            return row < (value, row_id) if self.descending else row > (value, row_id)
        further = self.column < value if self.descending else self.column > value
        beside = self.id < row_id if self.id_descending else self.id > row_id
        return or_(further, and_(self.column == value, beside))


def format_cursor(value: Any, row_id: int) -> str:
    """Write the cursor of a row in a list, to be put in an address: the sorted value, then the id."""
    number = round(value.timestamp() * 1_000_000) if isinstance(value, datetime) else int(value)
    return f"{number}.{row_id}"


def parse_cursor(text: str, kind: type) -> tuple[Any, int]:
    """Read a cursor back (`kind` is int or datetime); raise NotFound on anything that no list gives."""
    match = CURSOR.fullmatch(text)
    number, row_id = (int(match[1]), row_number(match[2])) if match else (0, 0)
    if not row_id or (kind is int and number > LARGEST):
        raise NotFound(BAD_CURSOR)
    return (moment(number) if kind is datetime else number), row_id


def moment(microseconds: int) -> datetime:
    """Return the time that a cursor writes as a number."""
    return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=microseconds)


def page_of(
    rows: Sequence[T], order_value: str, *, number: str = "id", size: int = SIZE, is_first: bool = True
) -> Page[T]:
    """Make a page of rows that were asked for with one more than the size; its cursor is `order_value` and `number`."""
    items = rows[:size]
    last: Any = items[-1] if len(rows) > size else None
    return Page(items, format_cursor(getattr(last, order_value), getattr(last, number)) if last else None, is_first)


def page_by_id(rows: Sequence[T], *, size: int = SIZE, is_first: bool = True) -> Page[T]:
    """Do as `page_of` does for a list whose cursor is an id alone."""
    last: Any = rows[size - 1] if len(rows) > size else None
    return Page(rows[:size], str(last.id) if last else None, is_first)
