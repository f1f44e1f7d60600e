"""The order of what was chosen: a tie is a tie, which nothing separates."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.choices.models import ChoiceCandidate


@dataclass(frozen=True)
class Ranked:
    """A candidate that was counted, with its rank; `is_tied` where another has as many dots, and both have some."""

    rank: int
    candidate: ChoiceCandidate
    is_tied: bool


def rank(candidates: Sequence[ChoiceCandidate]) -> list[Ranked]:
    """Return the candidates by their dots; those that have as many have one rank, and stand as they were listed."""
    totals = Counter(one.total for one in candidates)
    ordered = sorted(candidates, key=lambda one: (-one.total, one.position))
    above = {total: sum(count for other, count in totals.items() if other > total) for total in totals}
    return [Ranked(above[one.total] + 1, one, bool(one.total) and totals[one.total] > 1) for one in ordered]
