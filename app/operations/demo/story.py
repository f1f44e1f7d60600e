"""Add the whole demonstration; what was added once is left as people have changed it since."""

from collections.abc import Callable

from app.operations.demo import book, events, facilitation, ideas, pending_posts, people, plan, updates

Step = Callable[[int], object]


def count_steps() -> int:
    """Return how many steps `seed` makes."""
    files = [*book.list_idea_files(), book.NEEDS, "updates", "waiting", "facilitation"]
    return sum(len(book.load(name)) for name in files) + len(plan.list_facts()) + len(events.list_facts()) + 1


def seed(hash_password: Callable[[str], str], *, step: Step = lambda _n: None) -> dict[str, int]:
    """Add the people, ideas, updates and plan that were never added, and what the teams did; return how many of each.

    `hash_password` is given, since the code that signs people in knows how passwords are hashed.
    """
    before = len(book.get_ids("person"))
    user_ids = people.seed(hash_password)
    step(1)
    counts = {"people": len(user_ids) - before}
    day = book.get_first_day()
    for noun, files, add in (
        ("idea", [*book.list_idea_files(), book.NEEDS], ideas.add),
        ("update", ["updates"], updates.add),
        ("waiting", ["waiting"], pending_posts.add),
    ):
        existing_ids, facts = book.get_ids(noun), [fact for name in files for fact in book.load(name)]
        missing = [fact for fact in facts if fact["key"] not in existing_ids]
        for fact in missing:
            add(fact, user_ids, day)
            step(1)
        counts[f"{noun}s"] = len(missing)
        step(len(facts) - len(missing))
    facts, actions = book.load("facilitation"), len(book.get_ids("action"))
    announced = events.count_announced()
    facilitation.perform(facts, user_ids, day)
    counts["actions"] = len(book.get_ids("action")) - actions
    counts["events"] = events.count_announced() - announced
    step(len(facts) + len(plan.list_facts()) + len(events.list_facts()))
    return {name: number for name, number in counts.items() if name != "waitings"}
