"""The address of a search: its words, its filters and its order, and the links from one search to another."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.search.index.index_sync import SOURCES
from app.search.query.retrieval import HitCounts
from app.web.frame.filters import label
from app.web.frame.params import many_params, single_param
from app.web.frame.search_kinds import KINDS
from app.web.frame.session import rooms

PARAMETERS = ("q", "kind", "community", "sort", "after")
SORTS = {"relevance": _l("Pertinence"), "recent": _l("Récentes")}


@dataclass(frozen=True)
class Address:
    """What the address of the page asks for."""

    q: str
    kinds: tuple[str, ...]
    community: str
    sort: str
    after: str

    @property
    def communities(self) -> tuple[int, ...]:
        return (rooms().by_slug[self.community].id,) if self.community else ()

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kinds or self.community)

    def pairs(self, *, leave_out: tuple[str, ...] = (), leave: tuple[str, str] | None = None) -> list[tuple[str, str]]:
        """Return the parameters of this search, without the pair `leave` and the names `leave_out`."""
        pairs = [("q", self.q), *(("kind", kind) for kind in self.kinds), ("community", self.community)]
        pairs += [("sort", self.sort)] if self.sort != "relevance" else []
        return [pair for pair in pairs if pair[1] and pair != leave and pair[0] not in leave_out]

    def url(self, **more: str) -> str:
        return _url([*self.pairs(), *more.items()])

    def without_filters(self) -> str:
        return _url(self.pairs(leave_out=("kind", "community")))

    def sorts(self) -> list[tuple[str, str, bool]]:
        others = self.pairs(leave_out=("sort",))
        return [
            (str(name), _url([*others, ("sort", code)] if code != "relevance" else others), code == self.sort)
            for code, name in SORTS.items()
        ]

    def chips(self) -> list[tuple[str, str, str | None]]:
        """Return each filter in force: its name, the address of the search without it, its colour."""
        found: list[tuple[str, str, str | None]] = [
            (str(KINDS[kind].plural), _url(self.pairs(leave=("kind", kind))), None) for kind in self.kinds
        ]
        if self.community:
            room = rooms().by_slug[self.community]
            found.append((label(room), _url(self.pairs(leave_out=("community",))), room.colour))
        return found


def parse_address() -> Address:
    """Read the address; answer 400 to an unknown value."""
    return Address(
        single_param("q").strip(),
        tuple(many_params("kind", SOURCES)),
        single_param("community", rooms().by_slug),
        single_param("sort", SORTS, "relevance"),
        single_param("after"),
    )


def get_facets(address: Address, tally: HitCounts) -> dict[str, Any]:
    """Return the options of each filter, with how many things of each kind were found, where that is known."""
    counts = tally.by_kind
    kinds = [
        (kind, KINDS[kind].plural, counts.get(kind, 0) if counts else None, None)
        for kind in SOURCES
        if kind in counts or kind in address.kinds or tally.is_cut
    ]
    current = [
        (room.slug, label(room), None) for room in rooms().all if not room.is_archived or room.slug == address.community
    ]
    return {"kinds": kinds, "communities": [(None, current)]}


def _url(pairs: list[tuple[str, str]]) -> str:
    return url_for("search.index") + (f"?{urlencode(pairs)}" if pairs else "")
