"""The map to read: the region or an MRC, with its panel and its list."""

from dataclasses import dataclass, replace

from flask_babel import gettext as _

from app.communities.queries import get_public_rooms
from app.core import clock
from app.hubs.queries import places
from app.hubs.queries.places import RegionNumbers
from app.ideas.queries import tags
from app.ideas.queries.facet_matches import MOST
from app.reference import policy
from app.reference.queries import get_catalogue
from app.web.frame import maps
from app.web.frame.filters import label
from app.web.frame.map_words import GAPS, tell_count
from app.web.frame.responses import render
from app.web.frame.routes import public
from app.web.map.address import MapQuery, read_query
from app.web.map.bp import bp
from app.web.map.counts import count_place, count_places, count_wholes
from app.web.map.panel import build_panel
from app.web.map.place_lists import build_lists

Groups = list[tuple[str | None, list[tuple[str, str, int | None]]]]


@dataclass(frozen=True)
class MapFacets:
    """The choices of the form."""

    shows: Groups
    communities: Groups
    issues: Groups
    tags: Groups


def read_numbers() -> tuple[MapQuery, RegionNumbers]:
    """Return what the address asks for and the numbers; without a plan in force, nothing is said to wait."""
    query = read_query()
    region = places.get_numbers(query.filters)
    return (query if region.has_plan else replace(query, is_gap=False)), region


@bp.get("/map")
@public(policy.READ)
def region() -> str:
    query, numbers = read_numbers()
    counts = count_places(query.words, numbers)
    mrc = query.mrc.code if query.mrc else ""
    wholes = count_wholes(query.words, numbers)
    drawn = maps.view_map(mrc, query.address(), query.words, counts, wholes, query.code, swaps=True)
    return render(
        "map/region.html",
        "map/_pressed.html",
        query=query,
        numbers=numbers,
        most=MOST,
        title=_name_map(query.words),
        lead=_tell_lead(query, numbers),
        is_drawn=drawn is not None and counts is not None,
        drawn=drawn,
        panel=build_panel(query, numbers),
        tabs=_list_tabs(query, numbers),
        facets=_list_facets(query),
        files=_list_files(query),
        gaps_url=_find_gaps(query),
        lists=build_lists(query, numbers),
        today=clock.today(),
    )


def _name_map(words: str) -> str:
    return {
        "needs": _("La carte des besoins"),
        GAPS: _("La carte des besoins sans action"),
        "ideas": _("La carte des idées et des projets"),
        "actions": _("La carte des actions du plan"),
    }[words]


def _tell_lead(query: MapQuery, numbers: RegionNumbers) -> str:
    """Say what there is in the whole picture."""
    once = numbers.by_code[query.mrc.code] if query.mrc and query.mrc.code in numbers.by_code else numbers.once
    name = query.mrc.name if query.mrc else _("Toute la région")
    count = count_place(query.words, once)
    return _("%(name)s : %(words)s.", name=name, words=tell_count(query.words, count)) if count else ""


def _list_tabs(query: MapQuery, numbers: RegionNumbers) -> list[tuple[str, str, bool, int | None]]:
    """Return the way to each picture, with its number."""
    rows = [(None, numbers.once), *((one.mrc, one.once) for one in numbers.mrcs)]
    return [
        (
            mrc.name if mrc else _("Toute la région"),
            query.url(query.counted, mrc.code if mrc else "") + "#map",
            (query.mrc.id if query.mrc else None) == (mrc.id if mrc else None),
            count.count if (count := count_place(query.words, once)) else None,
        )
        for mrc, once in rows
    ]


def _list_facets(query: MapQuery) -> MapFacets:
    rooms = [room for room in get_public_rooms().all if not room.is_archived or room == query.room]
    issues = [issue for issue in get_catalogue().issues if not issue.is_archived or issue == query.issue]
    names = dict(tags.list_popular()) | ({query.tag.slug: query.tag.name} if query.tag else {})
    return MapFacets(
        shows=[(None, [("ideas", _("Les idées et les projets"), None), ("actions", _("Les actions du plan"), None)])],
        communities=[(None, [(room.slug, label(room), None) for room in rooms])],
        issues=[(None, [(issue.slug, label(issue), None) for issue in issues])],
        tags=[(None, [(slug, name, None) for slug, name in names.items()])],
    )


def _find_gaps(query: MapQuery) -> str:
    """Return the address of the needs that wait where the map shows them; their page has no filter by tag."""
    pairs = [pair for pair in query.narrowed if pair[0] != "tag"]
    return query.url(pairs, query.mrc.code if query.mrc else "", endpoint="plan.gaps")


def _list_files(query: MapQuery) -> list[tuple[str, str]]:
    """Return the files of the map that is shown: address and name of the format."""
    mrc = query.mrc.code if query.mrc else ""
    return [
        (query.url(query.narrowed, mrc, endpoint=endpoint), name)
        for endpoint, name in (("map.geojson", "GeoJSON"), ("map.table", "CSV"))
    ]
