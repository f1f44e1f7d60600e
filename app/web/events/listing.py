"""The list of meetings as its address asks for it: what is narrowed, when, and the links from one list to another."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import abort, url_for
from flask_babel import gettext as _

from app.communities.queries import Rooms
from app.core import clock
from app.events.models.meetings import FEATURES
from app.events.queries.facets import Counts
from app.events.queries.lists import EventFilters, next_month
from app.forms.places import group_territories, place_name
from app.reference import queries as reference
from app.web.frame import event_words, locale
from app.web.frame.filters import label
from app.web.frame.params import many_params, single_param
from app.web.frame.session import rooms

AXES = ("community", "territory", "issue", "mode", "access")
WAYS = ("in_person", "online")
MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
# How far from the present month the arrows of a calendar lead, in months; an address may ask for more.
BACK, FORTH = 120, 24
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class EventAddress:
    """What the address of a list asks for: codes by axis, whether what is over, the first day of a month, a cursor."""

    codes: Mapping[str, tuple[str, ...]]
    is_past: bool = False
    month: date | None = None
    after: str = ""

    @property
    def is_narrowed(self) -> bool:
        return any(self.codes.values())

    def choice(self, axis: str) -> str:
        """Return what is chosen on an axis of one choice, "" for none."""
        return next(iter(self.codes[axis]), "")

    def filters(self) -> EventFilters:
        catalogue, seen = reference.get_catalogue(), rooms().by_slug
        places = [catalogue.place_at(code) for code in self.codes["territory"]]
        return EventFilters(
            community=tuple(seen[slug].id for slug in self.codes["community"]),
            territory=tuple(inner.id for place in places if place for inner in catalogue.within(place)),
            issue=tuple(issue.id for issue in map(catalogue.issue_at, self.codes["issue"]) if issue),
            mode=self.choice("mode"),
            access=tuple(sorted(self.codes["access"])),
        )

    def pairs(self, leave: tuple[str, str] | None = None) -> Pairs:
        """Return the parameters that narrow the list, without one of them."""
        pairs = [(axis, code) for axis in AXES for code in self.codes[axis]]
        return [pair for pair in pairs if pair != leave]

    def when(self) -> Pairs:
        """Return the parameters that say of which time the list is."""
        if self.month:
            return [("month", f"{self.month:%Y-%m}")]
        return [("when", "past")] if self.is_past else []

    def page(self, after: str = "") -> str:
        """Return the address of this list from a place on, or from its start."""
        return events_url([*self.when(), *self.pairs(), *([("after", after)] if after else [])])

    @property
    def clear_url(self) -> str:
        """Return the address of the list of this time with nothing narrowed."""
        return events_url(self.when())

    def month_url(self, month: date) -> str:
        return events_url([("month", f"{month:%Y-%m}"), *self.pairs()])

    @property
    def is_of_public(self) -> bool:
        """Tell whether whoever has no account may ask for this list, as programs do that follow it."""
        return not any(rooms().by_slug[slug].is_private for slug in self.codes["community"])

    def link(self, endpoint: str) -> str:
        """Return the address of a file of this list (its feed or its calendar), "" for one that the public lacks."""
        language = [("lang", "en")] if locale.get_language() == "en" else []
        return events_url([*self.pairs(), *language], endpoint) if self.is_of_public else ""

    def file(self, endpoint: str) -> str:
        """Return the address of a table of this list, from the same place on."""
        return events_url([*self.when(), *self.pairs(), *([("after", self.after)] if self.after else [])], endpoint)


def events_url(pairs: Iterable[tuple[str, str]], endpoint: str = "events.index") -> str:
    parameters = urlencode(list(pairs))
    return url_for(endpoint) + (f"?{parameters}" if parameters else "")


def parse_address() -> EventAddress:
    """Read the address of a page or a table; answer 400 to an unknown value."""
    month = parse_month(single_param("month"))
    is_past, after = single_param("when", ("past",)) == "past", single_param("after")
    return replace(parse_filters(), is_past=is_past, month=month, after=after)


def parse_filters() -> EventAddress:
    """Read what narrows a list, which is all that its feed and its calendar are asked for."""
    codes = {axis: one_of(axis, choices) for axis, choices in list_choices(rooms()).items()}
    codes["access"] = tuple(many_params("access", FEATURES))
    return EventAddress(codes)


def list_choices(seen: Rooms) -> dict[str, Any]:
    catalogue = reference.get_catalogue()
    return {
        "community": seen.by_slug,
        "territory": {place.code for place in catalogue.places},
        "issue": catalogue.issue_by_slug,
        "mode": WAYS,
    }


def one_of(axis: str, choices: Any) -> tuple[str, ...]:
    value = single_param(axis, choices)
    return (value,) if value else ()


def parse_month(text: str) -> date | None:
    """Return the first day of the month that an address names; answer 400 to what names none."""
    match = MONTH.fullmatch(text)
    if text and not match:
        abort(400)
    return date(int(match[1]), int(match[2]), 1) if match else None


def list_around(month: date) -> tuple[date | None, date | None]:
    """Return the months before and after one, None where a calendar goes no further."""
    today = clock.today()
    distance = (month.year - today.year) * 12 + month.month - today.month
    before = (month - timedelta(days=1)).replace(day=1)
    return (before if distance > -BACK else None), (next_month(month) if distance < FORTH else None)


def list_chips(address: EventAddress) -> list[tuple[str, str, str | None]]:
    """Return each filter in force: its name, the address of the list without it, its colour."""
    return [
        (name, events_url([*address.when(), *address.pairs(leave=(axis, code))]), colour)
        for axis, code in address.pairs()
        for name, colour in [_name_choice(axis, code)]
    ]


def _name_choice(axis: str, code: str) -> tuple[str, str | None]:
    catalogue = reference.get_catalogue()
    if axis == "community":
        return label(rooms().by_slug[code]), rooms().by_slug[code].colour
    if axis == "territory":
        return place_name(catalogue.place_at(code)), None
    if axis == "issue":
        return label(catalogue.issue_at(code)), None
    return str(event_words.MODES[code] if axis == "mode" else event_words.FEATURES[code]), None


def get_facets(address: EventAddress, counts: Counts) -> dict[str, Any]:
    """Return the options of each filter, with how many meetings each leaves."""
    asked, count = address.codes, counts.of
    seen = [r for r in rooms().all if not r.is_archived or r.slug in asked["community"]]
    issues = [i for i in reference.get_catalogue().issues if not i.is_archived or i.slug in asked["issue"]]
    return {
        "communities": [(None, [(r.slug, label(r), count("community", r.id)) for r in seen])],
        "issues": [(None, [(i.slug, label(i), count("issue", i.id)) for i in issues])],
        "territories": group_territories(count),
        "ways": [(None, [(code, event_words.MODES[code], count("mode", code)) for code in WAYS])],
        "access": [(code, event_words.FEATURES[code], count("access", code), None) for code in FEATURES],
    }


def list_tabs(address: EventAddress) -> list[tuple[str, str, bool]]:
    """Return the ways to what is to come, what is past, and one's own."""
    is_past, is_month = address.is_past, address.month is not None
    return [
        (_("À venir"), events_url(address.pairs()), not is_past and not is_month),
        (_("Passées"), events_url([("when", "past"), *address.pairs()]), is_past and not is_month),
        (_("Les miennes"), url_for("events.own"), False),
    ]
