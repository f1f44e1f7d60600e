"""Maps as `components/map.html` draws them: a picture of the region, an MRC or a municipality, with its numbers.

Whoever shows one gives plain numbers by code. The paths of a picture are written once in a process; each page puts its
own addresses in them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from app.core import versions
from app.forms.places import get_place_names, place_name
from app.reference.drawing import (
    MRC_RADII,
    PHONE_TEXT,
    PLACE_TEXT,
    REGION_RADII,
    WHOLE_RADII,
    WIDE_TEXT,
    Disc,
    Frame,
)
from app.reference.frames import find_frame
from app.reference.queries import KEY, Place, get_catalogue
from app.reference.shapes import get_shapes
from app.web.frame import locale
from app.web.frame.drawings import draw_view
from app.web.frame.map_names import NOTHING, MapNames, write_names
from app.web.frame.map_words import PlaceCount, describe_map, list_legend, tell_count, title_map

CODE = "~code~"
"""Stands for a code while an address is built: no slug has such a mark."""
BEFORE, AFTER, WHOLE = '="before-', '-after"', '-whole"'
"""Around the codes in the paths that are written once: each page puts its addresses there."""
FEWEST = 4
"""A disc of the largest size says at least so many."""


class Address(NamedTuple):
    """What stands before the code of a place in its address, and after it; in the region, after the code of an MRC."""

    before: str
    after: str = ""
    whole: str = ""


def find_address(endpoint: str, name: str, **values: Any) -> Address:
    """Return the address of a page, whose parameter of this name is the code of a place."""
    named: dict[str, Any] = {**values, name: CODE}
    before, after = url_for(endpoint, **named).split(CODE)
    return Address(before, after)


class Scale(NamedTuple):
    """How discs are drawn: their sizes, rims included, how wide a rim is and of how many dots, how large their letters.

    `least` is the smallest of the four sizes in which a number of one letter has room, then of two, and so on.
    """

    radii: Sequence[float]
    rim: float
    dots: int
    letters: float
    least: Sequence[int]


IN_REGION, IN_MRC = Scale(REGION_RADII, 4.2, 14, 17.3, (0, 0, 3)), Scale(MRC_RADII, 7.5, 16, 38, (0, 0, 3))
OF_WHOLE = Scale(WHOLE_RADII, 11, 16, 42, (0, 0, 0, 3))


@dataclass(frozen=True)
class MapDisc:
    """The disc of a place: a `number` on it, "" where nothing is said; its `label` says in words what it shows.

    `radius` is that of the middle of its rim, of which `share` in a hundred is solid; None, and it is one thin line.
    """

    code: str
    x: int
    y: int
    radius: float
    number: str
    share: int | None
    label: str
    leader: tuple[int, int] | None


@dataclass(frozen=True)
class MapDiscs:
    scale: Scale
    discs: Sequence[MapDisc]


@dataclass(frozen=True)
class MapView:
    """A map on a page: its discs, and those of MRC that a phone shows of the region instead.

    `shapes` are its paths, with links; `chosen` is the path of the municipality that was chosen, whose code is `here`.
    `swaps`: pressing a municipality puts another in its place, for htmx (the page says where).
    """

    frame: Frame
    address: Address
    shapes: Markup
    here: str
    chosen: str
    title: str
    finding: str
    source: str
    discs: MapDiscs | None
    phone_discs: MapDiscs | None
    names: MapNames
    phone_names: MapNames | None
    legend: Sequence[tuple[MapDisc, str]] = ()
    scale: Scale = IN_REGION
    swaps: bool = False


@dataclass(frozen=True)
class MapShapes:
    """What is written once of a picture."""

    swaps: bool
    frame: Frame
    names: Mapping[str, str]


def view_map(
    mrc: str,
    address: Address,
    show: str,
    counts: Mapping[str, PlaceCount] | None,
    wholes: Mapping[str, PlaceCount],
    here: str = "",
    *,
    swaps: bool = False,
) -> MapView | None:
    """Draw the region, or an MRC by its code, with the numbers of its places; None where a site has no shapes.

    `counts` are those of municipalities and of MRC, each thing once; a place without any has no disc. `wholes` are what
    is said for a whole MRC. `here` is the code of the place that was chosen.
    """
    frame = find_frame(mrc)
    if frame is None:
        return None
    scale = IN_MRC if mrc else IN_REGION
    discs = _place_discs(frame.discs, scale, show, counts) if counts is not None else None
    phone_discs = _place_discs(frame.whole_discs, OF_WHOLE, show, counts) if counts is not None and not mrc else None
    has_waiting = any(count.waiting is not None for count in (counts or {}).values())
    legend = list_legend(show, has_waiting=has_waiting) if discs else []
    return MapView(
        frame,
        address,
        _put_addresses(frame, address, swaps=swaps),
        here,
        frame.cells.get(here, ""),
        title_map(show),
        describe_map(show) if discs else "",
        _find_source(),
        discs,
        phone_discs,
        MapNames(WIDE_TEXT, write_names(frame.names, wholes)),
        MapNames(PHONE_TEXT, write_names(frame.phone_names, {})),
        [(_view_disc("", Disc(0, 0), IN_REGION, 0, count, ""), words) for count, words in legend],
        swaps=swaps,
    )


def view_place(place: Place, address: Address) -> MapView | None:
    """Draw a municipality among its neighbours; None where there is nothing to draw."""
    frame = find_frame(place.code)
    if frame is None:
        return None
    names = get_place_names()
    others = [names[one.id] for one in get_catalogue().places if one.code in frame.cells and one.code != place.code]
    return MapView(
        frame,
        address,
        _put_addresses(frame, address),
        place.code,
        frame.cells.get(place.code, ""),
        _("%(name)s et ses voisines", name=names[place.id]),
        ", ".join(others),
        _find_source(),
        None,
        None,
        MapNames(PLACE_TEXT, write_names(frame.names, {})),
        None,
    )


def _find_source() -> str:
    shapes = get_shapes()
    return shapes.attribution_in(locale.get_language()) if shapes else ""


def _put_addresses(frame: Frame, address: Address, *, swaps: bool = False) -> Markup:
    """Return the paths of a picture, as they were written once in this language, with the addresses of a page."""
    name = ("map shapes", frame.code, locale.get_language(), swaps)
    written: Markup = versions.get_or_load(name, lambda: _write_shapes(frame, swaps=swaps), under=KEY)
    found = (Markup('="{}').format(address.before), *(Markup('{}"').format(end) for end in address[1:]))
    for mark, part in zip((BEFORE, AFTER, WHOLE), found, strict=True):
        written = written.replace(Markup(mark), part)
    return written


def _write_shapes(frame: Frame, *, swaps: bool) -> Markup:
    codes = {*frame.cells, *frame.borders}
    names = {place.code: place_name(place) for place in get_catalogue().places if place.code in codes}
    return draw_view("map/_shapes.html", MapShapes(swaps, frame, names))


def _place_discs(discs: Mapping[str, Disc], scale: Scale, show: str, counts: Mapping[str, PlaceCount]) -> MapDiscs:
    """Draw the discs of places, in the order of their names within each MRC."""
    most = max((counts.get(code, NOTHING).count for code in discs), default=0)
    names, views = get_place_names(), []
    for place in get_catalogue().places:
        if place.code in discs and place.code in counts:
            count = counts[place.code]
            label = _("%(name)s : %(words)s", name=names[place.id], words=tell_count(show, count))
            views.append(_view_disc(place.code, discs[place.code], scale, most, count, label))
    return MapDiscs(scale, views)


def _view_disc(code: str, disc: Disc, scale: Scale, most: int, count: PlaceCount, label: str) -> MapDisc:
    number = write_number(count.count, len(scale.least)) if count.count else ""
    size = max(choose_size(count.count, most), scale.least[len(number) - 1] if number else 0)
    return MapDisc(
        code, disc.x, disc.y, round(scale.radii[size] - scale.rim / 2, 1), number, count.share, label, disc.leader
    )


def choose_size(count: int, most: int) -> int:
    """Return which of the four sizes a number has, beside the largest one of the map."""
    return min(3, 4 * max(count - 1, 0) // max(most, FEWEST))


def write_number(count: int, most_letters: int) -> str:
    """Write a number on a disc: past what has room there, in thousands, which its label and the list say in full."""
    written = str(count)
    return written if len(written) <= most_letters else f"{count // 1000}k"
