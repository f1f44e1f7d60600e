"""The small map: the MRC of the region with one number each, beside the list that says the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from app.forms.places import get_place_names
from app.reference.queries import get_catalogue
from app.reference.small_map import find_small_map


@dataclass(frozen=True)
class MiniPlace:
    """A place: its name, what is counted in it, its page; on the map, its path and where its number stands."""

    name: str
    count: int
    url: str
    is_here: bool = False
    path: str = ""
    point: tuple[int, int] | None = None
    is_archived: bool = False


@dataclass(frozen=True)
class MiniMap:
    """`height` is 0 where a site has no shapes: the list alone is shown."""

    view_box: str
    height: int
    places: Sequence[MiniPlace]


def view_minimap(counts: Mapping[str, int], here: str = "") -> MiniMap:
    """Show the MRC with these counts by code, 0 where none is given; `here` is the code of that of the page."""
    drawn, names = find_small_map(), get_place_names()
    mrcs = [place for place in get_catalogue().places if place.is_mrc]
    places = [
        MiniPlace(
            names[mrc.id],
            counts.get(mrc.code, 0),
            url_for("reference.territory", code=mrc.code),
            mrc.code == here,
            drawn.paths.get(mrc.code, "") if drawn else "",
            drawn.points.get(mrc.code) if drawn else None,
            mrc.is_archived,
        )
        for mrc in mrcs
        if not mrc.is_archived or counts.get(mrc.code)
    ]
    return MiniMap(drawn.view_box if drawn else "", drawn.height if drawn else 0, places)
