"""Persons by MRC and community, by municipality and by year: fixed tables, told so that nobody is singled out.

A person counts once in each number. The three tables are masked together, since the parts of one are those of another:
the municipalities of an MRC lead to it, it leads to its communities, all of these to the region, and the region to the
years.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import NamedTuple

from app.core import masking
from app.core.masking import Arc, Count

NOWHERE = 0
"""The number of the MRC of what names no place, and of the community of what none leads or shares."""
Key = tuple[str, int, int]
"""A name, and the numbers of what it is of: `cell` an MRC and a community, `all` none (0), the others one."""


class PersonAct(NamedTuple):
    """Somebody wrote something, or supported it: who, in which year, where."""

    person: int
    year: int
    places: "Places"


class Places(NamedTuple):
    """Where an idea stands, by numbers: `municipalities` are each with its MRC, which may stand for itself."""

    communities: frozenset[int]
    mrcs: frozenset[int]
    municipalities: frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Persons:
    """How many persons there were before a day; `counts` are numbers, or the words that are said in their place."""

    before: date
    counts: Mapping[Key, Count] = field(repr=False)

    @property
    def total(self) -> Count:
        return self._of("all")

    def of_mrc(self, mrc_id: int = NOWHERE) -> Count:
        """Return how many persons spoke of an MRC, its municipalities or the whole of it."""
        return self._of("mrc", mrc_id)

    def of_municipality(self, place_id: int) -> Count:
        return self._of("municipality", place_id)

    def of_community(self, community_id: int = NOWHERE) -> Count:
        return self._of("community", community_id)

    def of_cell(self, mrc_id: int, community_id: int) -> Count:
        """Return how many persons spoke of an MRC in a community."""
        return self._of("cell", mrc_id, community_id)

    def of_year(self, year: int) -> Count:
        return self._of("year", year)

    def list_numbers(self, name: str) -> list[int]:
        """Return the numbers of what has persons under a name (`mrc`, `municipality`, `community`, `year`), sorted."""
        return sorted(number for of_name, number, _other in self.counts if of_name == name)

    def _of(self, name: str, number: int = 0, other: int = 0) -> Count:
        return self.counts.get((name, number, other), 0)


def count_persons(found: Iterable[PersonAct]) -> dict[Key, Arc]:
    """Return the numbers of all tables, exact, each as an arc between the sums that it belongs to."""
    people: dict[Key, set[int]] = defaultdict(set)
    ends: dict[Key, tuple[object, object]] = {("all", 0, 0): ("communities", "years")}
    for person, year, places in found:
        for key, start, end in _list_keys(year, places):
            people[key].add(person)
            ends[key] = (start, end)
    return {key: Arc(*ends[key], len(people[key])) for key in ends}


def _list_keys(year: int, places: Places) -> Iterable[tuple[Key, object, object]]:
    """Yield each number in which somebody counts, with the sums that it leads from and to."""
    yield ("all", 0, 0), "communities", "years"
    yield ("year", year, 0), "years", "persons"
    for place_id, mrc_id in places.municipalities:
        yield ("municipality", place_id, 0), "persons", ("municipalities", mrc_id)
    for mrc_id in places.mrcs or {NOWHERE}:
        start = ("municipalities", mrc_id) if mrc_id else "persons"
        yield ("mrc", mrc_id, 0), start, ("mrc", mrc_id)
        for community_id in places.communities or {NOWHERE}:
            yield ("cell", mrc_id, community_id), ("mrc", mrc_id), ("community", community_id)
    for community_id in places.communities or {NOWHERE}:
        yield ("community", community_id, 0), ("community", community_id), "communities"


def mask_persons(found: Iterable[PersonAct], chance: Random, unsaid: Collection[Key] = ()) -> dict[Key, Count]:
    """Return what may be said of all tables; what was `unsaid` the month before is hidden first."""
    return masking.mask(count_persons(found), chance, unsaid)
