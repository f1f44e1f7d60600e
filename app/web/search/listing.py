"""The address of a search: its words, its filters and its order, and the links from one search to another."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.forms.places import group_territories, place_name
from app.reference import queries as reference
from app.results.queries import Results
from app.search.index.index_sync import SOURCES
from app.web.frame import search_kinds
from app.web.frame.filters import label
from app.web.frame.params import many_params, single_param
from app.web.frame.session import rooms
from app.web.search import periods

FILTERS = ("kind", "community", "territory", "period")
PARAMETERS = ("q", *FILTERS, "sort", "after")
SORTS = {"relevance": _l("Pertinence"), "recent": _l("Récentes")}


@dataclass(frozen=True)
class Address:
    """What the address of the page asks for; `kinds` are facets."""

    q: str
    kinds: tuple[str, ...]
    community: str
    territory: str
    period: str
    sort: str
    after: str

    @property
    def communities(self) -> tuple[int, ...]:
        return (rooms().by_slug[self.community].id,) if self.community else ()

    @property
    def places(self) -> tuple[int, ...]:
        catalogue = reference.get_catalogue()
        place = catalogue.place_at(self.territory) if self.territory else None
        return tuple(inner.id for inner in catalogue.within(place)) if place else ()

    @property
    def is_one_word(self) -> bool:
        return len(self.q.split()) == 1

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kinds or self.community or self.territory or self.period)

    def pairs(self, *, leave_out: tuple[str, ...] = (), leave: tuple[str, str] | None = None) -> list[tuple[str, str]]:
        """Return the parameters of this search, without the pair `leave` and the names `leave_out`."""
        pairs = [("q", self.q), *(("kind", kind) for kind in self.kinds), ("community", self.community)]
        pairs += [("territory", self.territory), ("period", self.period)]
        pairs += [("sort", self.sort)] if self.sort != "relevance" else []
        return [pair for pair in pairs if pair[1] and pair != leave and pair[0] not in leave_out]

    def hidden_pairs(self) -> list[tuple[str, str]]:
        """Return what the form of the filters has no control for."""
        return self.pairs(leave_out=FILTERS)

    def url(self, **more: str) -> str:
        return _url([*self.pairs(), *more.items()])

    def without_filters(self) -> str:
        return _url(self.hidden_pairs())

    def sorts(self) -> list[tuple[str, str, bool]]:
        others = self.pairs(leave_out=("sort",))
        return [
            (str(name), _url([*others, ("sort", code)] if code != "relevance" else others), code == self.sort)
            for code, name in SORTS.items()
        ]

    def chips(self) -> list[tuple[str, str, str | None]]:
        """Return each filter in force: its name, the address of the search without it, its colour."""
        names = search_kinds.get_facets(SOURCES)
        found: list[tuple[str, str, str | None]] = [
            (str(names[kind]), _url(self.pairs(leave=("kind", kind))), None) for kind in self.kinds
        ]
        if self.community:
            room = rooms().by_slug[self.community]
            found.append((label(room), _url(self.pairs(leave_out=("community",))), room.colour))
        if self.territory:
            name = place_name(reference.get_catalogue().place_at(self.territory))
            found.append((name, _url(self.pairs(leave_out=("territory",))), None))
        if self.period:
            found.append((periods.name_period(self.period), _url(self.pairs(leave_out=("period",))), None))
        return found


def parse_address() -> Address:
    """Read the address; answer 400 to an unknown value."""
    return Address(
        single_param("q").strip(),
        tuple(many_params("kind", search_kinds.get_facets(SOURCES))),
        single_param("community", rooms().by_slug),
        single_param("territory", {place.code for place in reference.get_catalogue().places}),
        single_param("period", periods.list_codes()),
        single_param("sort", SORTS, "relevance"),
        single_param("after"),
    )


def get_facets(address: Address, results: Results) -> dict[str, Any]:
    """Return the options of each filter, with how many things of each kind were found, where that is known.

    What comes close is not counted: every kind is offered where some is shown.
    """
    counts = results.tally.by_kind
    is_open = results.tally.is_cut or any(one.is_almost for one in results.items)
    kinds = [
        (facet, name, counts.get(facet, None if is_open else 0), None)
        for facet, name in search_kinds.get_facets(SOURCES).items()
        if facet in counts or facet in address.kinds or is_open
    ]
    current = [
        (room.slug, label(room), None) for room in rooms().all if not room.is_archived or room.slug == address.community
    ]
    return {
        "kinds": kinds,
        "communities": [(None, current)],
        "territories": group_territories(),
        "periods": [(None, periods.list_options(address.period))],
    }


def _url(pairs: list[tuple[str, str]]) -> str:
    return url_for("search.index") + (f"?{urlencode(pairs)}" if pairs else "")
