"""How many comments and supports each synthetic idea has, what became of it, and when: numbers alone, no rows."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import accumulate, pairwise

SEED = 2026
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 12, 31, tzinfo=UTC)
SLOTS = 10_000_000
BUSIEST = 10_000
# What became of the ideas, in how many of a hundred; the second lot is in no list.
STATES = {
    "published": 46,
    "under_review": 12,
    "retained": 8,
    "planned": 6,
    "underway": 5,
    "achieved": 5,
    "declined": 6,
    "archived": 4,
    "withdrawn": 2,
    "pending": 1,
    "draft": 1,
    "hidden": 1,
    "deleted": 1,
    "merged": 2,
}
UNSEEN = ("pending", "draft")
# Of three hundred comments, these are not read by the public.
RARE = {7: "hidden", 13: "deleted", 17: "pending"}


@dataclass(frozen=True)
class BenchPlan:
    """The shape of the whole: `states`, `comments` and `votes` have one entry for each idea, in order of time.

    `sayings` are the comments in order of time, each as slot × ideas + idea; `rng` is used in one order.
    """

    rng: random.Random
    states: list[str]
    comments: list[int]
    votes: list[int]
    sayings: list[int] = field(repr=False)

    @property
    def ideas(self) -> int:
        return len(self.states)

    @property
    def people(self) -> int:
        """How many people it takes: nobody supports an idea twice."""
        return max(50, self.ideas // 20, *self.votes)

    def counts(self) -> list[int]:
        """Return how many comments of each idea the public reads."""
        counts = [0] * self.ideas
        for n, saying in enumerate(self.sayings):
            counts[saying % self.ideas] += is_visible(n)
        return counts


def make_plan(*, ideas: int, comments: int, votes: int) -> BenchPlan:
    """Draw the lots; the same numbers give the same plan. The first idea is public, and has the longest thread."""
    rng = random.Random(SEED)
    states = ["published", *rng.choices(list(STATES), list(STATES.values()), k=ideas - 1)]
    longest = min(BUSIEST, comments // 10) if ideas > 1 else comments
    talk = share(comments - longest, [0.0, *_weights(states[1:], rng)])
    talk[0] = comments - sum(talk)
    return BenchPlan(rng, states, talk, share(votes, _weights(states, rng)), _order(talk, rng))


def _weights(states: Sequence[str], rng: random.Random) -> list[float]:
    """Return log-normal weights: few ideas are talked about a lot; none of those that nobody could read."""
    most = max(1.0, len(states) / 10)
    weights = [min(most, rng.lognormvariate(0, 1.3)) for _state in states]
    return [0.0 if state in UNSEEN else weight for state, weight in zip(states, weights, strict=True)]


def share(total: int, weights: Sequence[float]) -> list[int]:
    """Divide a total by weights, into whole numbers whose sum it is (into zeros, without any weight)."""
    sums = list(accumulate(weights))
    marks = [round(total * part / sums[-1]) if sums[-1] else 0 for part in sums]
    return [after - before for before, after in pairwise([0, *marks])]


def _order(talk: Sequence[int], rng: random.Random) -> list[int]:
    """Place the comments of each idea after its publication, most of them soon, and sort them all by time."""
    ideas = len(talk)
    slots = (
        (int(SLOTS * (n / ideas + (1 - n / ideas) * rng.random() ** 3)), n)
        for n, length in enumerate(talk)
        for _comment in range(length)
    )
    return sorted(slot * ideas + n for slot, n in slots)


def is_visible(comment: int) -> bool:
    """Tell whether the public reads the comment of this number; a few are hidden, deleted or wait."""
    return state_of_comment(comment) == "published"


def state_of_comment(comment: int) -> str:
    return RARE.get(comment % 300, "published")


def moment(part: float) -> datetime:
    """Return the moment after this part (0 to 1) of the whole time."""
    return FIRST + (LAST - FIRST) * part


def zipf(things: int, rng: random.Random) -> int:
    """Draw an index: the first ones often, the many others seldom."""
    return int(things * rng.random() ** 3)


def supporters(idea: int, number: int, people: int) -> Iterator[int]:
    """Yield so many different people, by index."""
    return ((idea * 31 + turn) % people for turn in range(number))
