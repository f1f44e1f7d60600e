"""Numbers of persons that point at nobody: a small one is not said, nor given back by those that are said beside it.

Numbers are told as arcs between sums: what enters a sum leaves it. A total enters, its parts leave, and a part may be
the total of others. Where one person counts in two parts, a total is less than its parts together: whoever reads the
numbers is taken to know by how much.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping
from heapq import heappop, heappush
from random import Random
from typing import Any, Generic, NamedTuple, TypeVar

from app.core.small_counts import LEAST

FEW, HIDDEN = "few", "hidden"
Count = int | str
"""A number that is said; FEW: from 1 to `LEAST` - 1; HIDDEN: it is not said, so that it gives back no other."""
Key = TypeVar("Key", bound=Hashable)
ENOUGH = LEAST - 1
"""A number that is not said might be any of so many in a row, for all that a reader can compute."""
LOTS = (10, 40)
"""Between which numbers the lots are by which what it costs to hide a number is multiplied."""
NO_LIMIT = 2**31


class Arc(NamedTuple):
    """How many persons there are, from a sum to the next."""

    start: Hashable
    end: Hashable
    n: int


class Step(NamedTuple):
    """One person more (1) or less (-1) in a number, from the sum `before`; `price` is what that asks to hide."""

    key: Any
    change: int
    before: Hashable
    price: int


def mask(arcs: Mapping[Key, Arc], chance: Random, unsaid: Collection[Key] = ()) -> dict[Key, Count]:
    """Return what may be said of each number: zero stays zero.

    What is under `LEAST` is FEW. As long as a number that is not said could be computed, or known within less than
    `ENOUGH`, others are HIDDEN as well: of few persons, by lot, so that which they are says little of the numbers.
    Those that were `unsaid` the time before come first: what is hidden in turn is given back to whoever compares.
    """
    page = Page(arcs, chance, unsaid)
    waiting = sorted(page.words, key=str)
    chance.shuffle(waiting)
    for key in waiting:
        while not page.is_safe(key):
            more = page.find_more(key)
            if not more:
                return {key: HIDDEN if arc.n else 0 for key, arc in arcs.items()}
            waiting += sorted(more - page.words.keys(), key=str)
            page.words |= dict.fromkeys(more, HIDDEN)
    return {key: page.words.get(key, arc.n) for key, arc in arcs.items()}


class Page(Generic[Key]):
    """Numbers, and the words that are said in the place of some.

    A word more leaves more room to all that are not said: what is safe once is safe for good.
    """

    def __init__(self, arcs: Mapping[Key, Arc], chance: Random, unsaid: Collection[Key]):
        self.arcs = arcs
        self._prices = {key: 1 if key in unsaid else arc.n * chance.randint(*LOTS) for key, arc in arcs.items()}
        self.words: dict[Key, str] = {key: FEW for key, arc in arcs.items() if 0 < arc.n < LEAST}
        self._around: dict[Hashable, list[Key]] = defaultdict(list)
        for key, arc in arcs.items():
            self._around[arc.start].append(key)
            self._around[arc.end].append(key)

    def is_safe(self, key: Key) -> bool:
        """Tell whether this number might be any of `ENOUGH` in a row, for whoever reads the page."""
        return sum(number for number, _more in self._try(key)) >= ENOUGH - 1

    def find_more(self, key: Key) -> set[Key]:
        """Return what to hide next for this number: the fewest persons; nothing where nothing helps."""
        found = [more for _number, more in self._try(key) if more]
        return min(found, key=lambda more: (sum(map(self._price, more)), sorted(map(str, more))), default=set())

    def _try(self, key: Key) -> list[tuple[int, set[Key]]]:
        """Return how many persons more this number might be, and how many less, each with what to hide for the next."""
        arc, (low, high) = self.arcs[key], self._place(key)
        return [
            self._lead(key, arc.end, arc.start, min(high - arc.n, ENOUGH - 1)),
            self._lead(key, arc.start, arc.end, min(arc.n - low, ENOUGH - 1)),
        ]

    def _place(self, key: Key) -> tuple[int, int]:
        """Return between which numbers a reader places one."""
        n, word = self.arcs[key].n, self.words.get(key)
        if word is None:
            return n, n
        return (1, LEAST - 1) if word == FEW else (LEAST if n >= LEAST else 1, NO_LIMIT)

    def _price(self, key: Key) -> int:
        """Return what it costs to hide a number: its persons, by its lot; one that is FEW is hidden last."""
        return self._prices[key] + (NO_LIMIT if key in self.words else 0)

    def _lead(self, apart: Key, start: Hashable, end: Hashable, number: int) -> tuple[int, set[Key]]:
        """Lead so many persons from a sum to another by the numbers that are not said, but one.

        Return how many could be led, and what to hide for the next.
        """
        moved: Counter[Key] = Counter()
        for done in range(number):
            path = self._find_path(apart, start, end, moved)
            more = {step.key for step in path if step.price}
            if more or not path:
                return done, more
            moved.update({step.key: step.change for step in path})
        return number, set()

    def _find_path(self, apart: Key, start: Hashable, end: Hashable, moved: Counter[Key]) -> list[Step]:
        """Return the way of one person more from a sum to another that asks to hide the fewest, or no step."""
        last: dict[Hashable, Step] = {}
        prices, heap, entries = {start: 0}, [(0, 0, start)], 0
        while heap:
            price, _entry, here = heappop(heap)
            if here == end or price > prices[here]:
                continue
            for step, there in self._list_steps(here, moved):
                total = price + step.price
                if step.key != apart and total < prices.get(there, total + 1):
                    prices[there], last[there], entries = total, step, entries + 1
                    heappush(heap, (total, entries, there))
        path: list[Step] = []
        while end in last and end != start:
            path.append(last[end])
            end = path[-1].before
        return path

    def _list_steps(self, here: Hashable, moved: Counter[Key]) -> Iterator[tuple[Step, Hashable]]:
        """Yield the steps from a sum to the next ones, where a number may change, or may once it is hidden."""
        for key in self._around[here]:
            arc, (low, high) = self.arcs[key], self._place(key)
            n = arc.n + moved[key]
            change, there = (1, arc.end) if here == arc.start else (-1, arc.start)
            if low <= n + change <= high:
                yield Step(key, change, here, 0), there
            elif arc.n and self.words.get(key) != HIDDEN and n + change >= min(arc.n, LEAST):
                yield Step(key, change, here, self._price(key)), there
