"""Needs, ideas and actions, place by place: the numbers of the map, of its list, and of whatever else says them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.core import versions
from app.core.actor import ANYONE
from app.ideas.queries import lists, place_counts
from app.ideas.queries.lists import NO_FILTERS, Filters
from app.ideas.queries.place_counts import Said
from app.ideas.queries.rows import IdeaRow
from app.plan.queries import places as plan_places
from app.reference import extents
from app.reference.queries import Place, get_catalogue

OLDEST = 5
"""How many of the needs of a place that wait are shown, those that wait for longest."""


@dataclass(frozen=True)
class Numbers:
    """What there is in one extent (`reference/extents.py`). A number that is not known is None.

    `waiting` are the needs that no living action of the current plan answers, `tied` those that one answers; neither is
    known where no plan is in force. A need that was declined, archived or withdrawn is neither.
    """

    needs: int | None
    waiting: int | None
    tied: int | None
    ideas: int | None
    actions: int | None

    @property
    def is_silent(self) -> bool:
        """Nobody said anything here, and no action is for it."""
        return not any((self.needs, self.ideas, self.actions)) and self.needs is not None


@dataclass(frozen=True)
class MrcNumbers:
    """An MRC: its municipalities, what is said for the `whole` of it, and all of it `once`."""

    mrc: Place
    municipalities: Sequence[tuple[Place, Numbers]]
    whole: Numbers
    once: Numbers


@dataclass(frozen=True)
class RegionNumbers:
    """The region: its MRC, what names no place, and all of it `once`.

    `is_cut`: more than `place_counts.MOST` ideas pass the filters, and only the actions are counted.
    """

    mrcs: Sequence[MrcNumbers]
    nowhere: Numbers
    once: Numbers
    has_plan: bool
    is_cut: bool

    def rows(self) -> Iterator[tuple[Place, Numbers]]:
        """Yield each MRC, counted once, and each municipality."""
        for one in self.mrcs:
            yield one.mrc, one.once
            yield from one.municipalities

    @property
    def by_code(self) -> Mapping[str, Numbers]:
        """Return the numbers of each MRC, counted once, and of each municipality."""
        return {place.code: numbers for place, numbers in self.rows()}


def get_numbers(filters: Filters = NO_FILTERS) -> RegionNumbers:
    """Return the numbers of every place, the same for every reader; those of archived places that somebody named.

    Communities, issues and tags narrow them. What names two municipalities counts in both, once in their MRC and once
    in all: columns add up to more than the totals.
    """
    said, actions = place_counts.count_places(filters), plan_places.count_actions(filters)

    def count(extent: str) -> Numbers:
        if actions is None:
            return _number(said.at(extent), 0, has_plan=False)
        return _number(said.at(extent), actions[extent], has_plan=True)

    catalogue = get_catalogue()
    mrcs = []
    for mrc in (place for place in catalogue.places if place.is_mrc):
        rows = [(place, count(extents.at(place))) for place in catalogue.within(mrc)[1:]]
        kept = [(place, numbers) for place, numbers in rows if not (place.is_archived and numbers.is_silent)]
        one = MrcNumbers(mrc, kept, count(extents.at(mrc)), count(extents.inside(mrc)))
        if not (mrc.is_archived and one.once.is_silent):
            mrcs.append(one)
    return RegionNumbers(mrcs, count(extents.NOWHERE), count(extents.ALL), actions is not None, said.is_cut)


def _number(said: Said | None, actions: int, *, has_plan: bool) -> Numbers:
    if said is None:
        return Numbers(None, None, None, None, actions)
    waiting, tied = (said.waiting, said.tied) if has_plan else (None, None)
    return Numbers(said.needs, waiting, tied, said.ideas, actions)


def count_waiting(filters: Filters = NO_FILTERS) -> int | None:
    """Return how many needs wait for an action of the current plan, or None where no plan is in force."""
    return count_open(filters) if plan_places.count_actions(NO_FILTERS) is not None else None


def count_open(filters: Filters = NO_FILTERS) -> int | None:
    """Return the same, for whoever knows that a plan is in force."""
    said = place_counts.count_places(filters).at(extents.ALL)
    return said.waiting if said else None


def list_oldest(place_ids: tuple[int, ...]) -> Sequence[IdeaRow]:
    """Return the needs of a place that wait for longest, the same for every reader, kept until a content changes."""
    filters = Filters(territory=place_ids, gap=("1",))
    return versions.get_or_load(
        ("oldest", place_ids), lambda: lists.list_ideas(ANYONE, filters, sort="oldest", size=OLDEST).items
    )
