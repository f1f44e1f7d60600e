"""Sow the whole demonstration; what was sown once is left as people have made it since."""
from collections.abc import Callable

from app.operations.demo import book, ideas, people, updates, waiting


def length() -> int:
    """Give how many steps `seed` makes."""
    return sum(len(book.read(name)) for name in [*book.idea_files(), "updates", "waiting"]) + 1


def seed(hash_password: Callable[[str], str], *, step: Callable[[int], object] = lambda _n: None) -> dict[str, int]:
    """Add the people, ideas and updates that were never added; give how many of each.

    `hash_password` comes from the door, since it is the door that knows how passwords are kept.
    """
    before = len(book.ids("person"))
    cast = people.seed(hash_password)
    step(1)
    added = {"people": len(cast) - before, "ideas": 0, "updates": 0}
    day, known = book.first_day(), book.ids("idea")
    for name in book.idea_files():
        for fact in book.read(name):
            if fact["key"] not in known:
                ideas.sow(fact, cast, day)
                added["ideas"] += 1
            step(1)
    known = book.ids("update")
    for fact in book.read("updates"):
        if fact["key"] not in known:
            updates.sow(fact, cast, day)
            added["updates"] += 1
        step(1)
    known = book.ids("waiting")
    for fact in book.read("waiting"):
        if fact["key"] not in known:
            waiting.sow(fact, cast, day)
        step(1)
    return added
