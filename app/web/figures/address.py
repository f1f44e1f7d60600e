"""What the address of the figures asks for, and the addresses that they lead to."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.communities.queries import Room, get_public_rooms
from app.core import months
from app.figures import plates, scope
from app.figures.scope import Scope
from app.reference.queries import Place, get_catalogue
from app.web.figures.tables import format_month_code
from app.web.frame.filters import label
from app.web.frame.params import single_param

VIEWS = {"mrc": _l("MRC"), "community": _l("Communauté"), "issue": _l("Enjeu"), "year": _l("Année")}
"""What the road is told by."""
ENDINGS = ("csv", "json", "xlsx")
Option = tuple[str, str, None]


@dataclass(frozen=True)
class Address:
    """A period as `scope.parse_period` reads it, a community, an MRC, and what the road is told by (of `VIEWS`)."""

    period: str
    room: Room | None
    mrc: Place | None
    by: str

    @cached_property
    def scope(self) -> Scope:
        span = scope.parse_period(self.period) or scope.last_months()
        return Scope(*span, self.room.id if self.room else None, self.mrc.id if self.mrc else None)

    @property
    def count(self) -> int:
        """Return how many filters are in force."""
        return sum(map(bool, (self.period, self.room, self.mrc)))

    @property
    def words(self) -> str:
        """Say what the figures are of: months, a community, an MRC. On paper, no filter is seen."""
        first, last = self.scope.first, self.scope.last
        period = _("Depuis le début") if self.period == "all" else self.period
        if not period:
            period = _("%(first)s à %(last)s", first=format_month_code(first), last=format_month_code(last))
        names = [period, label(self.room) if self.room else "", self.mrc.name if self.mrc else ""]
        words = ", ".join(filter(None, names))
        return words[:1].upper() + words[1:]

    @property
    def parameters(self) -> dict[str, Any]:
        found = {
            "period": self.period,
            "community": self.room.slug if self.room else "",
            "territory": self.mrc.code if self.mrc else "",
        }
        return {name: value for name, value in found.items() if value}

    def file_url(self, table: str, ending: str) -> str:
        view: dict[str, Any] = {"by": self.by} if table == "road" else {}
        return url_for("figures.export", table=table, ending=ending, **self.parameters, **view)

    def view_url(self, view: str) -> str:
        return url_for("figures.show", **self.parameters, by=view, _anchor="road")

    def list_views(self) -> list[tuple[str, str, bool]]:
        """Return what the road may be told by, as tabs: nothing is told by what it is narrowed to."""
        return [(str(VIEWS[view]), self.view_url(view), view == self.by) for view in _list_views(self.room, self.mrc)]

    def list_url(self, *, span: tuple[str, str] | None = None, **more: str | Sequence[str]) -> str:
        """Return the list of the ideas of this address that were published in its period, narrowed more.

        `span` are other months than those of the period.
        """
        first, last = span or (self.scope.first, self.scope.last)
        published = {"published": months.write_span(first, last)} if first else {}
        return self.ideas_url(**published, **more)

    def ideas_url(self, **more: str | Sequence[str]) -> str:
        """Return the list of the ideas of this address, whenever they were published."""
        placed = {name: value for name, value in self.parameters.items() if name != "period"}
        values = placed | {name: value for name, value in more.items() if value}
        return f"{self._list}?{urlencode(values, doseq=True)}" if values else self._list

    @cached_property
    def _list(self) -> str:
        return url_for("ideas.index")

    def list_periods(self) -> list[Option]:
        years = [(str(year), str(year), None) for year in reversed(plates.list_years())]
        return [*years, ("all", _("Depuis le début"), None)]


def list_rooms() -> list[Option]:
    return [(room.slug, label(room), None) for room in get_public_rooms().all]


def list_mrcs() -> list[Option]:
    return [
        (place.code, place.name, None) for place in get_catalogue().places if place.is_mrc and not place.is_archived
    ]


def read_address() -> Address:
    """Read the address; answer 400 to an unknown value."""
    years = [str(year) for year in plates.list_years()]
    period = single_param("period", ("all", *years))
    room = get_public_rooms().by_slug.get(single_param("community", get_public_rooms().by_slug))
    code = single_param("territory", [place.code for place in get_catalogue().places if place.is_mrc])
    mrc = get_catalogue().place_at(code)
    views = _list_views(room, mrc)
    return Address(period, room, mrc, single_param("by", views, views[0]))


def _list_views(room: Room | None, mrc: Place | None) -> list[str]:
    chosen = {"community": room, "mrc": mrc}
    return [view for view in VIEWS if not chosen.get(view)]
