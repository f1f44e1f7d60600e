"""The written law against the law that runs: a table names, for each right, who has it over one thing."""

from collections.abc import Mapping
from typing import Any

from app.core.actor import Actor
from app.core.permits import Permission, can

EVERYONE = "anyone unconfirmed member author facilitator neighbour coordinator admin suspended"
CONFIRMED = "member author facilitator neighbour coordinator admin"
TEAM = "facilitator coordinator"


def compare(rights: Mapping[Any, str], people: dict[str, Actor], thing: Any, state: str = "") -> None:
    """Fail on a right that others have than those named; `thing` may be a function of who asks, and `state` says which it is."""
    targets = {who: thing(actor) if callable(thing) else thing for who, actor in people.items()}
    for right, names in rights.items():
        has = right.permits if isinstance(right, Permission) else lambda actor, one, name=right: can(actor, name, one)
        assert {who for who, actor in people.items() if has(actor, targets[who])} == set(names.split()), (state, right)
