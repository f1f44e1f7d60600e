"""What the page of a municipality or of an MRC says of the place alone: its map, its needs that wait, who wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from app.figures.models import WROTE
from app.figures.queries.persons import get_persons
from app.hubs.queries import places
from app.hubs.queries.places import MrcNumbers, Numbers, RegionNumbers
from app.ideas.queries.rows import IdeaRow
from app.reference import frames
from app.reference.queries import Place, get_catalogue
from app.web.frame import locale, maps
from app.web.frame.maps import MapView
from app.web.frame.minimap import MiniMap, view_minimap
from app.web.frame.person_counts import format_persons
from app.web.map.address import MapQuery
from app.web.map.counts import count_places
from app.web.map.place_lists import CountLinks
from app.web.reference.axis_lists import Towns, count_by_mrc, list_towns

NOTHING = Numbers(0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Part:
    """One line of the numbers of a place, and the address of what it counts, "" where there is none."""

    label: str
    said: str
    url: str = ""


@dataclass(frozen=True)
class PlaceRow:
    """A line of the table of an MRC: a municipality, or without a place what the `name` says."""

    place: Place | None
    name: str
    cells: Sequence[str]


@dataclass(frozen=True)
class PlaceView:
    """What a page says of a place, beside its hub.

    `sentence` says whether its needs wait, with numbers in `parts`; `waiting` are those that wait for longest. `shared`
    are those of its actions that are for the whole of its MRC: the map counts the others alone.
    `writers` is one line, or none before persons were counted first. `heads` and `rows` are the table
    of an MRC, which has its place on the small map, and its `towns`.
    """

    drawn: MapView | None
    map_url: str
    neighbours: Sequence[Place]
    heads: Sequence[str]
    rows: Sequence[PlaceRow]
    sentence: str
    parts: Sequence[Part]
    waiting: Sequence[IdeaRow]
    waiting_url: str
    writers: Sequence[Part]
    shared: Sequence[Part]
    minimap: MiniMap | None
    towns: Towns | None


def get_place_view(place: Place) -> PlaceView:
    region, catalogue = places.get_numbers(), get_catalogue()
    numbers, neighbours = region.by_code.get(place.code, NOTHING), frames.get_neighbours().get(place.code, ())
    within = tuple(inner.id for inner in catalogue.within(place))
    oldest = places.list_oldest(within) if numbers.waiting else ()
    return PlaceView(
        drawn=_draw(place, region),
        map_url=url_for("map.region", territory=place.code, _anchor="place"),
        neighbours=[one for one in catalogue.places if one.code in neighbours],
        heads=[_("Besoins"), *([_("Sans action")] if region.has_plan else []), _("Idées et projets"), _("Actions")],
        rows=next((_list_rows(one, has_plan=region.has_plan) for one in region.mrcs if one.mrc.code == place.code), []),
        sentence=_tell_waiting(numbers, has_plan=region.has_plan),
        parts=_list_parts(place, numbers, region, oldest),
        waiting=oldest,
        waiting_url=_find_waiting_url(place),
        writers=_tell_writers(place),
        shared=_list_shared(place, region),
        minimap=view_minimap(count_by_mrc(), place.code) if place.is_mrc else None,
        towns=list_towns(place) if place.is_mrc else None,
    )


def _draw(place: Place, region: RegionNumbers) -> MapView | None:
    """Draw a municipality among its neighbours, or an MRC with the needs of each of its municipalities."""
    address = maps.find_address("reference.territory", "code")
    if not place.is_mrc:
        return maps.view_place(place, address)
    return maps.view_map(place.code, address, "needs", count_places("needs", region), {})


def _list_rows(one: MrcNumbers, *, has_plan: bool) -> list[PlaceRow]:
    return [
        *(PlaceRow(place, "", _list_cells(numbers, has_plan=has_plan)) for place, numbers in one.municipalities),
        PlaceRow(None, _("Dit de toute la MRC"), _list_cells(one.whole, has_plan=has_plan)),
        PlaceRow(None, _("En tout"), _list_cells(one.once, has_plan=has_plan)),
    ]


def _list_cells(numbers: Numbers, *, has_plan: bool) -> list[str]:
    waiting = [numbers.waiting] if has_plan else []
    return [format_decimal(number or 0) for number in (numbers.needs, *waiting, numbers.ideas, numbers.actions)]


def _tell_waiting(numbers: Numbers, *, has_plan: bool) -> str:
    """Say whether the needs of a place wait for an action."""
    if not has_plan:
        return _("Aucun plan d'action n'est en vigueur : on ne peut pas dire encore ce qui attend.")
    if not numbers.needs:
        return _("Personne n'a encore dit un besoin ici.")
    if not numbers.waiting:
        return _("Aucun besoin n'y attend une action.")
    if numbers.waiting == numbers.needs:
        return ngettext(
            "Aucune action ne répond à ce besoin.", "Aucune action ne répond à ces %(num)s besoins.", numbers.needs
        )
    return ngettext(
        "%(num)s besoin sur %(needs)s attend une action.",
        "%(num)s besoins sur %(needs)s attendent une action.",
        numbers.waiting,
        needs=numbers.needs,
    )


def _list_parts(place: Place, numbers: Numbers, region: RegionNumbers, oldest: Sequence[IdeaRow]) -> list[Part]:
    """Say how many needs wait, since when, how many an action answers, and how many wait in the MRC."""
    mrc: Any = get_catalogue().parent(place)
    parts = []
    if numbers.waiting:
        parts.append(Part(_("Sans action"), format_decimal(numbers.waiting), _find_waiting_url(place)))
    if oldest and oldest[0].published_at:
        parts.append(Part(_("Le plus ancien"), str(locale.format_day(oldest[0].published_at))))
    if numbers.tied:
        parts.append(Part(_("Une action y répond"), format_decimal(numbers.tied)))
    waiting = region.by_code.get(mrc.code, NOTHING).waiting if mrc else None
    if waiting:
        parts.append(Part(_("Sans action dans la MRC"), format_decimal(waiting), _find_waiting_url(mrc)))
    return parts


def _list_shared(place: Place, region: RegionNumbers) -> list[Part]:
    """Say how many actions are for the whole MRC of a municipality."""
    found = [(one.mrc, one.whole.actions) for one in region.mrcs if one.mrc.id == place.parent_id and one.whole.actions]
    links = CountLinks(MapQuery())
    return [
        Part(_("Pour toute la MRC"), format_decimal(number), links.find("actions", mrc.code, is_exact=True))
        for mrc, number in found
    ]


def _find_waiting_url(place: Place) -> str:
    """Return the address of the needs of a place that wait, the oldest first."""
    return url_for("plan.gaps", territory=place.code)


def _tell_writers(place: Place) -> list[Part]:
    """Say how many persons wrote about a place: out of fixed tables, told so that nobody is singled out."""
    persons = get_persons(WROTE)
    if persons is None:
        return []
    count = persons.of_mrc(place.id) if place.is_mrc else persons.of_municipality(place.id)
    before = locale.format_date_day(persons.before)
    return [Part(_("Personnes qui ont écrit, avant le %(day)s", day=before), format_persons(count))]
