"""The written law against the law that runs: a table names, for each right, who has it over one thing."""

from collections.abc import Mapping
from typing import Any

from app.core.actor import Actor
from app.core.permits import Permission, can

EVERYONE = "anyone unconfirmed member author facilitator neighbour coordinator admin suspended"
CONFIRMED = "member author facilitator neighbour coordinator admin"
SIGNED_IN = "unconfirmed member author facilitator neighbour coordinator admin suspended"
TEAM = "facilitator coordinator"


def compare(rights: Mapping[Any, str], people: dict[str, Actor], thing: Any, state: str = "") -> None:
    """Fail on rights that others have than those named, saying who has which although, or has it not.

    `thing` may be a function of who asks, and `state` says which it is.
    """
    targets = {who: thing(actor) if callable(thing) else thing for who, actor in people.items()}
    wrong = []
    for right, names in rights.items():
        name = right.name if isinstance(right, Permission) else right
        has = right.permits if isinstance(right, Permission) else lambda actor, one, name=right: can(actor, name, one)
        found = {who for who, actor in people.items() if has(actor, targets[who])}
        wrong += [difference(name, state, set(names.split()), found)] if found != set(names.split()) else []
    assert not wrong, "\n".join(wrong)


def difference(right: str, state: str, expected: set[str], found: set[str]) -> str:
    """Say who has a right against what is written, and who lacks it."""
    parts = {"has it, and should not": found - expected, "should have it, and has not": expected - found}
    said = "; ".join(f"{words}: {' '.join(sorted(who))}" for words, who in parts.items() if who)
    return f"{right}{f' [{state}]' if state else ''}: {said}"
