"""Sow the whole demonstration; what was sown once is left as people have made it since."""
from collections.abc import Callable
from typing import Any

from app.operations.demo import book, facilitation, ideas, people, updates, waiting

Step = Callable[[int], object]


def length() -> int:
    """Return how many steps `seed` makes."""
    return sum(len(book.load(name)) for name in [*book.idea_files(), "updates", "waiting", "facilitation"]) + 1


def seed(hash_password: Callable[[str], str], *, step: Step = lambda _n: None) -> dict[str, int]:
    """Add the people, ideas and updates that were never added, and what the teams did; return how many of each.

    `hash_password` comes from the door, since it is the door that knows how passwords are kept.
    """
    before = len(book.ids("person"))
    cast = people.seed(hash_password)
    step(1)
    added = {"people": len(cast) - before}
    day = book.first_day()
    for noun, files, sow in (
            ("idea", book.idea_files(), ideas.sow), ("update", ["updates"], updates.sow),
            ("waiting", ["waiting"], waiting.sow)):
        known, facts = book.ids(noun), [fact for name in files for fact in book.load(name)]
        added[f"{noun}s"] = sum(_sow(sow, fact, cast, day, step) for fact in facts if fact["key"] not in known)
        step(sum(fact["key"] in known for fact in facts))
    facts = book.load("facilitation")
    facilitation.sow(facts, cast, day)
    step(len(facts))
    return {name: number for name, number in added.items() if name != "waitings"}


def _sow(sow: Callable[..., Any], fact: dict[str, Any], cast: dict[str, int], day: Any, step: Step) -> bool:
    sow(fact, cast, day)
    step(1)
    return True
