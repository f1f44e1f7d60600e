"""How far the plan is, from its milestones up: each level is the mean of what it holds, by weight."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from app.plan.models.structure import UNFINISHED


@dataclass(frozen=True)
class Share:
    """A part of something: its weight, and how far it is (0 to 1)."""

    weight: int
    done: float


def mean(shares: Iterable[Share]) -> float | None:
    """Return how far a whole is (0 to 1), or None where it holds nothing that counts."""
    total = done = 0.0
    for share in shares:
        total += share.weight
        done += share.weight * share.done
    return done / total if total else None


def percent(done: float | None) -> int:
    """Return a part as a whole percentage, rounded down: 100 says that all is done."""
    # A sum of floats may fall short of the whole by less than anybody reads.
    return int((done or 0) * 100 + 1e-9)


@dataclass
class Tally:
    """The milestones of one action: how many, how many were reached, and the same by weight."""

    count: int = 0
    reached: int = 0
    weight: int = 0
    weight_reached: int = 0

    def progress(self, declared: int) -> float:
        """Return how far the action is (0 to 1): by its milestones or, without any, what its holder declared."""
        return self.weight_reached / self.weight if self.weight else declared / 100


@dataclass
class Rollup:
    """What the actions of an objective, an orientation, a plan or a group come to, with its own `weight`.

    `count` numbers the actions, `states` those in each state, `late` those that are late. Dropped ones have no part in
    the progress (`shares`), nor in the number of `milestones` and of those that were `reached`.
    """

    weight: int = 1
    shares: list[Share] = field(default_factory=list)
    count: int = 0
    states: Counter[str] = field(default_factory=Counter)
    late: int = 0
    milestones: int = 0
    reached: int = 0

    @property
    def done(self) -> float | None:
        return mean(self.shares)

    @property
    def percent(self) -> int:
        return percent(self.done)


def late_since(state: str, days: Iterable[date | None], today: date) -> date | None:
    """Return the first of these days that is over, None on time or once the action is achieved or dropped.

    The days are the end of the action, and those for which its milestones to reach were planned.
    """
    days_over = [day for day in days if day is not None and day < today]
    return min(days_over, default=None) if state in UNFINISHED else None
