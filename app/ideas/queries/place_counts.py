"""How many needs wait, are answered or closed, and how many ideas there are, in each place: what the public reads."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain

from app.core import versions
from app.core.db import db
from app.ideas import said
from app.ideas.facet_models import VERSION, FacetCount
from app.ideas.queries import facet_matches
from app.ideas.queries.facet_counts import ALONE, SELECT, Value, counts_beside, get_counts
from app.ideas.queries.facet_matches import MOST
from app.ideas.queries.lists import Filters


@dataclass(frozen=True)
class Said:
    """How many needs wait for an action, are tied to one, or wait for nothing more; how many ideas and projects."""

    waiting: int
    tied: int
    closed: int
    ideas: int

    @property
    def needs(self) -> int:
        return self.waiting + self.tied + self.closed


@dataclass(frozen=True)
class PlaceCounts:
    """What is said in each extent (`reference/extents.py`), by a word of `said.WORDS` and the extent.

    `is_cut`: more than `MOST` ideas pass the filters, and no number is known.
    """

    by: Mapping[str, int]
    is_cut: bool = False

    def at(self, extent: str) -> Said | None:
        """Return what is said in an extent, None where it is not known."""
        return None if self.is_cut else Said(*(self.by.get(f"{word}:{extent}", 0) for word in said.WORDS))


def count_places(filters: Filters) -> PlaceCounts:
    """Count what the public reads, in each place; cached until a count changes.

    Without a filter, and beside one community, issue or tag, a table has the numbers; beside more, at most `MOST` ideas
    are looked at. Nobody sees a private community here.
    """
    seen = replace(filters, inside=())
    return versions.get_or_load(("said", seen), lambda: _count(facet_matches.use_present_tags(seen)), under=VERSION)


def _count(filters: Filters) -> PlaceCounts:
    value = facet_matches.find_stored_value(filters)
    if value is None or value[0] not in ("", *said.BESIDE):
        return _look(filters)
    return PlaceCounts(_read_alone() if value == ALONE else _read_beside(value))


def _read_alone() -> dict[str, int]:
    start = f"{said.AXIS}:"
    return {key.removeprefix(start): n for key, n in get_counts().items() if key.startswith(start)}


def _read_beside(value: Value) -> dict[str, int]:
    rows = db.session.execute(SELECT.where(counts_beside(value), FacetCount.axis == said.AXIS))
    return {word: n for _axis, word, n in rows}


def _look(filters: Filters) -> PlaceCounts:
    found = db.session.scalars(facet_matches.select_keys(filters)).all()
    if len(found) > MOST:
        return PlaceCounts({}, is_cut=True)
    return PlaceCounts(Counter(chain.from_iterable(said.list_said(codes.split()) for codes in found)))
