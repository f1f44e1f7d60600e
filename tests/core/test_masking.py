"""Numbers of persons by place: whoever reads all that is said can compute none of those that are not.

The attacker here knows by how much each total differs from its parts (how many persons count in two of them), and
whether a number that is hidden is a small one. They look for whole worlds, by trying values; the product looks for paths.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.masking import FEW, HIDDEN, Arc, Count, mask
from app.core.small_counts import LEAST

pytestmark = pytest.mark.one_engine
LARGEST = 400
Ranges = dict[Hashable, tuple[int, int]]


def table(rows: list[list[int]]) -> dict[Hashable, Arc]:
    """Return a table as numbers of `mask`: its cells, the total of each row and column, that of all."""
    arcs: dict[Hashable, Arc] = {}
    for i, row in enumerate(rows):
        arcs["row", i] = Arc("all", ("row", i), sum(row))
        arcs |= {("cell", i, j): Arc(("row", i), ("column", j), n) for j, n in enumerate(row)}
    for j, column in enumerate(zip(*rows, strict=True)):
        arcs["column", j] = Arc(("column", j), "columns", sum(column))
    return arcs | {"total": Arc("columns", "all", sum(map(sum, rows)))}


class Attacker:
    """Somebody who has what is said, and how much each sum gives out beyond what it takes."""

    def __init__(self, arcs: Mapping[Hashable, Arc], said: Mapping[Hashable, Count]):
        self.ends = {key: (arc.start, arc.end) for key, arc in arcs.items()}
        self.ranges: Ranges = {key: self._place(count, arcs[key].n) for key, count in said.items()}
        self.overlaps: dict[Hashable, int] = defaultdict(int)
        self.around: dict[Hashable, list[tuple[Hashable, int]]] = defaultdict(list)
        for key, arc in arcs.items():
            for node, sign in ((arc.start, -1), (arc.end, 1)):
                self.overlaps[node] += sign * arc.n
                self.around[node].append((key, sign))

    @staticmethod
    def _place(count: Count, n: int) -> tuple[int, int]:
        if count == FEW:
            return 1, LEAST - 1
        return ((LEAST if n >= LEAST else 1), LARGEST) if count == HIDDEN else (int(count), int(count))

    def has_world(self, key: Hashable, value: int) -> bool:
        """Tell whether a number may be this one, for all that is said."""
        low, high = self.ranges[key]
        return low <= value <= high and self._search(self.ranges | {key: (value, value)})

    def _search(self, ranges: Ranges) -> bool:
        narrowed = self._narrow(dict(ranges))
        if narrowed is None:
            return False
        left = [key for key, (low, high) in narrowed.items() if low < high]
        if not left:
            return True
        key = min(left, key=lambda one: (narrowed[one][1] - narrowed[one][0], str(one)))
        low, high = narrowed[key]
        return any(self._search(narrowed | {key: (value, value)}) for value in range(low, high + 1))

    def _narrow(self, ranges: Ranges) -> Ranges | None:
        """Narrow each number by the sums that it belongs to, until none can be any more; None for no world at all."""
        waiting = list(self.around)
        while waiting:
            node = waiting.pop()
            parts: list[Any] = [
                (key, *sorted((sign * ranges[key][0], sign * ranges[key][1]))) for key, sign in self.around[node]
            ]
            lows, highs = sum(low for _key, low, _high in parts), sum(high for _key, _low, high in parts)
            for (key, sign), (_key, low, high) in zip(self.around[node], parts, strict=True):
                bounds = sorted(sign * (self.overlaps[node] - rest) for rest in (lows - low, highs - high))
                new = max(ranges[key][0], bounds[0]), min(ranges[key][1], bounds[1])
                if new[0] > new[1]:
                    return None
                if new != ranges[key]:
                    ranges[key] = new
                    waiting += self.ends[key]
        return ranges


def attack(arcs: Mapping[Hashable, Arc], said: Mapping[Hashable, Count]) -> list[Any]:
    """Return the numbers that are given away: FEW that can't be each of 1 to 4, HIDDEN with fewer possible values."""
    attacker, faults = Attacker(arcs, said), []
    for key, count in said.items():
        if count == FEW:
            possible = [value for value in range(1, LEAST) if attacker.has_world(key, value)]
        elif count == HIDDEN:
            n = arcs[key].n
            possible = [value for value in range(max(n - 3, 1), n + 4) if attacker.has_world(key, value)]
        else:
            continue
        if len(possible) < LEAST - 1:
            faults.append((key, arcs[key].n, count, possible))
    return faults


def check(arcs: Mapping[Hashable, Arc], lot: int = 0) -> dict[Hashable, Count]:
    said = mask(arcs, Random(lot))
    for key, arc in arcs.items():
        assert said[key] in (FEW, HIDDEN, arc.n), key
        assert not 0 < arc.n < LEAST or said[key] in (FEW, HIDDEN), (key, arc.n)
        assert arc.n or said[key] == 0, key
    assert attack(arcs, said) == []
    return said


ROWS = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 9) | st.integers(0, 30), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@given(ROWS, st.integers(0, 99))
@settings(deadline=None)
def test_no_number_of_a_table_is_given_back_by_the_others(rows: list[list[int]], lot: int) -> None:
    check(table(rows), lot)


@st.composite
def people(draw: Any) -> dict[Hashable, Arc]:
    """Draw persons of whom each is in some cells, at least one: a total is less than the sum of its parts."""
    cells = [(i, j) for i in range(draw(st.integers(1, 3))) for j in range(draw(st.integers(1, 3)))]
    crowds = draw(
        st.lists(st.tuples(st.sets(st.sampled_from(cells), min_size=1, max_size=3), st.integers(1, 9)), max_size=7)
    )
    numbers: dict[Hashable, int] = defaultdict(int)
    for places, size in crowds:
        of = {("cell", *place) for place in places} | {("row", i) for i, _j in places}
        for key in of | {("column", j) for _i, j in places} | {"total"}:
            numbers[key] += size
    empty = table([[0] * (1 + max(j for _i, j in cells))] * (1 + max(i for i, _j in cells)))
    return {key: arc._replace(n=numbers[key]) for key, arc in empty.items()}


@given(people())
@settings(deadline=None)
def test_nor_where_a_person_counts_in_several_parts(arcs: dict[Hashable, Arc]) -> None:
    check(arcs)


def test_a_table_without_small_numbers_is_said_as_it_is() -> None:
    rows = [[5, 8, 0], [12, 0, 30]]
    assert mask(table(rows), Random(0)) == {key: arc.n for key, arc in table(rows).items()}
    assert mask(table([[0, 0], [0, 0]]), Random(0)) == dict.fromkeys(table([[0, 0], [0, 0]]), 0)


def test_the_smallest_numbers_are_those_that_are_left_out() -> None:
    said = check(table([[14, 11, 9, 16, 6], [21, 18, 7, 12, 3], [12, 9, 2, 8, 10], [17, 22, 19, 21, 12]]))
    assert said["cell", 1, 4] == said["cell", 2, 2] == FEW
    hidden = [key for key, count in said.items() if count == HIDDEN]
    assert ("total" not in hidden, len(hidden) <= 4) == (True, True), hidden


def test_what_is_hidden_beside_a_small_number_is_drawn_by_lot_and_stays_hidden() -> None:
    arcs = table([[3, 8, 9, 10], [9, 10, 11, 8], [10, 9, 8, 12]])
    drawn = {list_hidden(mask(arcs, Random(lot))) for lot in range(20)}
    assert len(drawn) > 3, "whoever knows the program can't tell what it hid"
    for unsaid in drawn:
        assert all(list_hidden(mask(arcs, Random(lot), unsaid)) <= unsaid for lot in range(20))


def list_hidden(said: Mapping[Hashable, Count]) -> frozenset[Hashable]:
    return frozenset(key for key, count in said.items() if count == HIDDEN)


def test_one_person_alone_gives_nothing_away() -> None:
    said = check(table([[1]]))
    assert set(said.values()) <= {FEW, HIDDEN}


def test_the_attacker_finds_what_is_not_protected() -> None:
    """The attack itself: a number alone in its row is the total less the others."""
    arcs = table([[3, 9, 20], [8, 30, 40]])
    naive = {key: FEW if 0 < arc.n < LEAST else arc.n for key, arc in arcs.items()}
    assert attack(arcs, naive) == [(("cell", 0, 0), 3, FEW, [3])]
    assert attack(arcs, naive | {("cell", 0, 1): HIDDEN}) != []
