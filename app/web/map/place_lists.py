"""The list under the map: the numbers of each place, each with the list that it counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _

from app.forms.places import get_place_names
from app.hubs.queries.places import MrcNumbers, Numbers, RegionNumbers
from app.plan.models.structure import LIVING
from app.web.map.address import MapQuery

COLUMNS = ("needs", "waiting", "ideas", "actions")


@dataclass(frozen=True)
class Count:
    """A number, None where it is not known, and the address of what it counts, "" where there is none."""

    number: int | None
    url: str


@dataclass(frozen=True)
class ListRow:
    """A line of the list: `url` is the address of the disc of the place; `is_sum` is all, each thing once."""

    name: str
    url: str
    counts: Sequence[Count]
    is_sum: bool = False


@dataclass(frozen=True)
class PlaceList:
    """The places of an MRC, or what is said of the region: `url` opens the picture of the MRC."""

    name: str
    url: str
    columns: Sequence[str]
    rows: Sequence[ListRow]


class CountLinks:
    """The addresses of the lists of what the map counts, under the same filters."""

    def __init__(self, query: MapQuery):
        ideas, plan = url_for("ideas.index"), url_for("plan.show")
        kinds = {
            "needs": [("kind", "need")],
            "waiting": [("gap", "1")],
            "ideas": [("kind", "idea"), ("kind", "project")],
        }
        self.starts = {name: f"{ideas}?{urlencode([*pairs, *query.narrowed])}" for name, pairs in kinds.items()}
        if query.tag is None:
            states = [("state", state) for state in LIVING]
            self.starts["actions"] = f"{plan}?{urlencode([*states, *query.narrowed])}"

    def find(self, name: str, code: str = "", *, is_exact: bool = False) -> str:
        """Return the list of what is counted at a place: what names it alone, or what names a place in it, too."""
        if name not in self.starts:
            return ""
        place = f"&territory={code}" if code else ""
        return f"{self.starts[name]}{place}{'&exact=1' if is_exact else ''}"

    def count(self, name: str, numbers: Numbers, code: str = "", *, is_exact: bool = False) -> Count:
        number = getattr(numbers, name)
        return Count(number, self.find(name, code, is_exact=is_exact) if number else "")


def name_columns(columns: Sequence[str]) -> list[str]:
    names = {
        "needs": _("Besoins"),
        "waiting": _("Sans action"),
        "ideas": _("Idées et projets"),
        "actions": _("Actions"),
    }
    return [names[column] for column in columns]


def choose_columns(region: RegionNumbers) -> list[str]:
    """Return what is listed: without a plan in force nothing is said to wait, and there is no action."""
    return [name for name in COLUMNS if region.has_plan or name not in ("waiting", "actions")]


def build_lists(query: MapQuery, region: RegionNumbers) -> Iterator[PlaceList]:
    """Yield the list of each MRC that the map shows, then what names no place and all of it."""
    columns, links = choose_columns(region), CountLinks(query)
    for one in region.mrcs:
        if query.mrc is None or query.mrc.id == one.mrc.id:
            yield _list_mrc(query, one, columns, links)
    if query.mrc is None:
        rows = [
            ListRow(_("Sans lieu nommé"), "", [links.count(c, region.nowhere, is_exact=True) for c in columns]),
            ListRow(_("En tout, une fois chacun"), "", [links.count(c, region.once) for c in columns], is_sum=True),
        ]
        yield PlaceList(_("Toute la région"), "", name_columns(columns), rows)


def _list_mrc(query: MapQuery, one: MrcNumbers, columns: Sequence[str], links: CountLinks) -> PlaceList:
    names, (before, after, _whole) = get_place_names(), query.address()
    rows = [
        ListRow(names[place.id], f"{before}{place.code}{after}", _count_at(place.code, numbers, columns, links))
        for place, numbers in one.municipalities
    ]
    code = one.mrc.code
    rows += [
        ListRow(_("Pour toute la MRC"), "", [links.count(c, one.whole, code, is_exact=True) for c in columns]),
        ListRow(_("En tout, une fois chacun"), "", [links.count(c, one.once, code) for c in columns], is_sum=True),
    ]
    return PlaceList(one.mrc.name, query.url(query.counted, code) + "#map", name_columns(columns), rows)


def _count_at(code: str, numbers: Numbers, columns: Sequence[str], links: CountLinks) -> list[Count]:
    """Count what names a municipality; the plan would show beside it what is for the whole of its MRC."""
    return [links.count(name, numbers, code, is_exact=name == "actions") for name in columns]
