"""What an actor is made of, as rows of one query."""
from collections.abc import Callable, Sequence
from typing import Any, Literal

from sqlalchemy import Integer, Select, String, cast, literal, null, select

from app.accounts.models.people import User

Fact = Literal["facilitator", "member", "barred", "charter", "charge", "reported"]
FACTS: list[Callable[[User], Sequence[Select[Any]]]] = []
"""What rooms above know of somebody in charge, for the law, as `fact` makes it; the wiring fills it."""


def fact(name: Fact, number: Any, *, account: Any = None, noun: Any = None) -> Select[Any]:
    """Select what an actor is made of: the number of a community, of a charter, or of what is of a kind (`noun`)."""
    who, kind = cast(null(), Integer) if account is None else account, cast(null(), String) if noun is None else noun
    return select(
        literal(name).label("name"), number.label("number"), who.label("account"), kind.label("noun"))
