"""What an actor is made of, as rows of one query."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

from sqlalchemy import Integer, Select, String, cast, literal, null, select

from app.core.db import number_parameter

RowName = Literal[
    "facilitator", "member", "barred", "charter", "holder", "door", "secretary", "charge", "sitting", "reported"
]
ROWS_OF_ALL: list[Callable[[Any], Sequence[Select[Any]]]] = []
"""Selects of what rooms above know of an account, which they are given (`select_actor_row`); the wiring fills it."""
ROWS_OF_STAFF: list[Callable[[], Sequence[Select[Any]]]] = []
"""Selects of what rooms above know of somebody in charge, made with `select_actor_row`; the wiring fills the list."""
ACCOUNT = number_parameter("account")
"""Whose rows are read: the statement is built once, and run for everybody."""


def select_actor_row(name: RowName, number: Any, *, account: Any = None, noun: Any = None) -> Select[Any]:
    """Select what an actor is made of: the number of a community, of a charter, or of what is of a kind (`noun`)."""
    who, kind = cast(null(), Integer) if account is None else account, cast(null(), String) if noun is None else noun
    return select(literal(name).label("name"), number.label("number"), who.label("account"), kind.label("noun"))
