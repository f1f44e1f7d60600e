"""What an address narrows the list of ideas to beside its facets: how their course is read, and named."""

from datetime import date
from typing import Any

from flask import abort
from flask_babel import gettext as _

from app.core import months
from app.ideas.figure_codes import IMPORTED
from app.ideas.queries.course import NO, NONE, YES, Course
from app.web.frame.filters import label
from app.web.frame.locale import format_month
from app.web.frame.params import single_param
from app.web.frame.session import rooms

NAMES = ("published", "answered", "lead", "origin")
WITHOUT = "none"
"""The community of an idea that none leads, as an address writes it."""


def read_course() -> dict[str, list[str]]:
    """Read the address; answer 400 to an unknown value."""
    found = {
        "published": _read_span("published"),
        "answered": _read_span("answered", YES, NO),
        "lead": single_param("lead", {WITHOUT, *rooms().by_slug}),
        "origin": single_param("origin", (IMPORTED,)),
    }
    return {name: [value] if value else [] for name, value in found.items()}


def _read_span(name: str, *others: str) -> str:
    text = single_param(name)
    if text in ("", *others):
        return text
    span = months.read_span(text) or abort(400)
    return months.write_span(*span)


def build_course(codes: dict[str, list[str]]) -> Course:
    published, answered, lead, origin = ("".join(codes[name]) for name in NAMES)
    number = NONE if lead == WITHOUT else rooms().by_slug[lead].id if lead else None
    return Course(published, answered, number, origin)


def name_code(name: str, code: str) -> str:
    """Say what a list is narrowed to, in a few words."""
    if name == "published":
        return _("Publiées : %(months)s", months=name_span(code))
    if name == "answered" and code in (YES, NO):
        return _("Sans réponse") if code == NO else _("Avec une réponse")
    if name == "answered":
        return _("Première réponse : %(months)s", months=name_span(code))
    if name == "origin":
        return _("Venues d'ailleurs")
    return _("Sans communauté") if code == WITHOUT else _("Portées par %(name)s", name=label(rooms().by_slug[code]))


def name_span(text: str) -> str:
    """Write some months: 2026, mars 2026, mars 2026 à février 2027."""
    span: Any = months.read_span(text)
    if months.write_span(*span) == span[0][:4]:
        return str(span[0][:4])
    first, last = (format_month(date(int(month[:4]), int(month[5:]), 1)) for month in span)
    return first if first == last else _("%(first)s à %(last)s", first=first, last=last)
