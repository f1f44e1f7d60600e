"""The page of the journal: day by day, what was decided, its mark and its colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from app.communities.queries import get_public_rooms
from app.core import clock
from app.journal import policy, queries
from app.journal.models import Entry
from app.web.frame import act_icons, words
from app.web.frame.params import id_param
from app.web.frame.responses import render
from app.web.frame.routes import public
from app.web.frame.session import me
from app.web.journal import lines
from app.web.journal.bp import bp
from app.web.journal.lines import JournalLine

STATED = ("status", "action")
"""The kinds of lines that say the state of a thing."""


@dataclass(frozen=True)
class DayLine:
    """A line under its day: `icon` and `look` ("", "sun" or "end") say what happened, `colour` in which community."""

    line: JournalLine
    decision: str
    icon: str
    look: str

    @property
    def colour(self) -> str:
        return self.line.community.colour if self.line.community else "neutral"


@dataclass(frozen=True)
class JournalDay:
    """A day of the region, and its lines on this page."""

    on: date
    lines: Sequence[DayLine]


@bp.get("/journal")
@public(policy.READ_LINE, lists=queries.open_to)
def index() -> str:
    began_at, last = queries.get_ends()
    months = lines.list_months(began_at)
    active, filters = lines.read_filters(months)
    listing = queries.list_entries(me(), filters, before=id_param("after"))
    return render(
        "journal/index.html",
        listing=listing,
        days=group_lines(lines.build_lines(me(), list(listing.items))),
        last=last,
        active=active,
        options=lines.get_options(months),
        is_public=active.get("community", "") in {"", *get_public_rooms().by_slug},
    )


def group_lines(found: Sequence[JournalLine]) -> list[JournalDay]:
    """Return lines under the day of each, in the order in which they come."""
    days = groupby(found, lambda line: line.entry.at.astimezone(clock.ZONE).date())
    return [JournalDay(day, [_day_line(line) for line in of_day]) for day, of_day in days]


def _day_line(line: JournalLine) -> DayLine:
    decision = write_decision(line)
    ended = decision if decision.endswith(".") else f"{decision}."
    return DayLine(line, ended, *_drawing(line.entry if line.is_open else None))


def write_decision(line: JournalLine) -> str:
    """Say what was decided; the step of an idea whose title follows is said alone."""
    facts = line.entry.facts or {}
    step = words.STEPS.get(facts.get("status", "")) if line.is_open and line.entry.kind == "status" else None
    if not step or not line.leads:
        return line.sentence
    if facts.get("by") == "author":
        return _("%(step)s (par la personne qui l'a écrite)", step=step)
    return str(step)


def _drawing(entry: Entry | None) -> tuple[str, str]:
    """Return the icon and the look of what a line says; one that the reader may not open is closed."""
    if entry is None:
        return act_icons.CLOSED, ""
    icon = act_icons.get_icon(_act(entry))
    return icon, act_icons.get_look(icon)


def _act(entry: Entry) -> str:
    """Return what a line tells: an end, the state that an idea or an action comes to, or the kind of the line."""
    facts: dict[str, Any] = entry.facts or {}
    state = facts.get("status") or facts.get("state") or ""
    if entry.kind == "answer":
        return entry.kind
    is_stated = entry.kind in STATED and state in act_icons.ICONS
    return state if is_stated or act_icons.get_icon(state) == act_icons.END else entry.kind
