"""The lists of territories and issues: what each has, in numbers, and how far its actions are."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import ngettext

from app.communities import queries as communities
from app.communities.queries import Room
from app.core import clock
from app.forms.places import get_place_names
from app.hubs.queries.deeds import get_deeds
from app.ideas.queries import facet_counts
from app.plan import tree
from app.plan.progress import Rollup
from app.reference.queries import Axis, Place, get_catalogue
from app.web.frame.minimap import MiniMap, MiniPlace, view_minimap

SHOWN, AMONG = 9, 5
"""How many municipalities of an MRC are shown before the others: on its page, and among all MRC."""


@dataclass(frozen=True)
class Towns:
    """Municipalities of an MRC: those of most ideas, and the `others` as they are `said`."""

    shown: Sequence[MiniPlace]
    others: Sequence[MiniPlace]
    said: str

    @property
    def count(self) -> int:
        return len(self.shown) + len(self.others)


@dataclass(frozen=True)
class MrcCard:
    place: Place
    ideas: int
    rollup: Rollup
    towns: Towns


@dataclass(frozen=True)
class Territories:
    """The region by MRC; `heard` municipalities of `total` have an idea."""

    minimap: MiniMap
    cards: Sequence[MrcCard]
    heard: int
    total: int


def view_territories() -> Territories:
    counts, catalogue, deeds = facet_counts.get_counts(), get_catalogue(), get_deeds()
    mrcs = [place for place in catalogue.places if place.is_mrc]
    towns = [place for place in catalogue.places if not place.is_mrc and not place.is_archived]
    cards = [
        MrcCard(
            mrc,
            counts.get(f"mrc:{mrc.id}", 0),
            tree.roll_up_actions(deeds.in_places([one.id for one in catalogue.within(mrc)]), clock.today()),
            list_towns(mrc, AMONG),
        )
        for mrc in mrcs
    ]
    heard = sum(counts.get(f"territory:{town.id}", 0) > 0 for town in towns)
    return Territories(view_minimap(count_by_mrc()), cards, heard, len(towns))


def count_by_mrc() -> dict[str, int]:
    """Return how many public ideas each MRC has, by its code."""
    counts = facet_counts.get_counts()
    return {mrc.code: counts.get(f"mrc:{mrc.id}", 0) for mrc in get_catalogue().places if mrc.is_mrc}


@dataclass(frozen=True)
class IssueCard:
    issue: Axis
    ideas: int
    rollup: Rollup
    rooms: Sequence[Room]


def view_issues() -> list[IssueCard]:
    counts, deeds, today = facet_counts.get_counts(), get_deeds(), clock.today()
    return [
        IssueCard(
            issue,
            counts.get(f"issue:{issue.id}", 0),
            tree.roll_up_actions(deeds.on_issue(issue.id), today),
            communities.list_covering(issue.id),
        )
        for issue in get_catalogue().issues
    ]


def list_towns(mrc: Place, most: int = SHOWN) -> Towns:
    """List the municipalities of an MRC: first those that have ideas, the most ideas first."""
    counts, names = facet_counts.get_counts(), get_place_names()
    towns = [
        MiniPlace(
            names[town.id],
            counts.get(f"territory:{town.id}", 0),
            url_for("reference.territory", code=town.code),
            is_archived=town.is_archived,
        )
        for town in get_catalogue().within(mrc)[1:]
    ]
    heard = sorted((town for town in towns if town.count), key=lambda town: -town.count)
    others = [*heard[most:], *(town for town in towns if not town.count)]
    return Towns(heard[:most], others, _tell_others(len(others), is_silent=len(heard) <= most))


def _tell_others(number: int, *, is_silent: bool) -> str:
    if is_silent:
        return ngettext("%(num)s autre, sans voix encore", "%(num)s autres, sans voix encore", number)
    return ngettext("Et %(num)s autre", "Et %(num)s autres", number)
