"""Facilitation in figures, for everybody: what was done, how fast, and how many appeals were granted."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask_babel import format_decimal, format_timedelta
from flask_babel import gettext as _

from app.core import clock
from app.figures import queries as statistics
from app.figures.queries import Line
from app.journal import policy
from app.journal import queries as journal
from app.moderation.measures.models import KINDS
from app.web.frame import words
from app.web.frame.filters import label
from app.web.frame.params import single
from app.web.frame.routes import public
from app.web.frame.session import me, rooms
from app.web.frame.support import render
from app.web.journal import lines
from app.web.journal.bp import bp

MONTHS, FEW = 12, 5
PEOPLE = ("suspend", "block", "freeze", "lift", "warn")
DESK = ("opened", "handled", "dismissed", "appealed", "appeal_granted", "appeal_refused", "answered")
Row = tuple[str, Line]


@bp.get("/journal/figures")
@public(policy.READ_LINE, lists=journal.open_to)
def show_figures() -> str:
    slug = single("community", lines.slugs())
    room = rooms().by_slug.get(slug)
    events = statistics.events(me(), since(), room.id if room else None)
    tables = [*tables_by_month(events), *([] if room else tables_by_community(events))]
    return render("journal/figures.html", slug=slug, options=lines.options([])["communities"], tables=tables)


def since() -> datetime:
    """Return the first moment of the last twelve months, this one included."""
    now = clock.now().astimezone(clock.ZONE)
    month = now.year * 12 + now.month - MONTHS
    return datetime(month // 12, month % 12 + 1, 1, tzinfo=clock.ZONE)


def tables_by_month(events: list[statistics.Event]) -> list[dict[str, Any]]:
    months = statistics.sum_up(events, lambda event: f"{event.at.astimezone(clock.ZONE):%Y-%m}")
    return tables(
        _("Mois"),
        [(lines.month_name(code), months[code]) for code in fill(months)],
        _("Mesures, par genre et par mois"),
        _("Signalements, nouveaux examens et réponses, par mois"),
    )


def tables_by_community(events: list[statistics.Event]) -> list[dict[str, Any]]:
    by_id = statistics.sum_up(events, lambda event: event.community_id)
    names = [*((room.id, label(room)) for room in rooms().all), (None, _("Sans communauté"))]
    return tables(
        _("Communauté"),
        [(name, by_id[key]) for key, name in names if key in by_id],
        _("Mesures, par genre et par communauté"),
        _("Signalements, nouveaux examens et réponses, par communauté"),
    )


def fill(months: Iterable[str]) -> list[str]:
    """Return these months and those between them, in which nothing happened, the last first."""
    codes = set(months)
    between = {code for code in lines.all_months() if codes and min(codes) < code < max(codes)}
    return sorted(codes | between, reverse=True)


def tables(head: str, rows: list[Row], of_measures: str, of_desk: str) -> list[dict[str, Any]]:
    """Return the tables of these rows: measures by kind, for kinds that have any, then the work of the desk.

    `of_measures` and `of_desk` are their captions, by which a screen reader tells them apart.
    """
    kinds = [kind for kind in KINDS if any(line.counts[kind] for _name, line in rows)]
    busy = [(name, line) for name, line in rows if any(line.counts[code] for code in DESK)]
    result = []
    if kinds:
        measures = [[name, *(number(line, kind) for kind in kinds)] for name, line in rows]
        result.append(_table(of_measures, [head, *(words.JOURNAL[kind] for kind in kinds)], measures))
    if busy:
        result.append(_table(of_desk, [head, *desk_columns()], [[name, *desk_cells(line)] for name, line in busy]))
    return result


def _table(caption: str, head: list[str], rows: list[list[str]]) -> dict[str, Any]:
    """Describe a table whose columns hold numbers, but for the first."""
    return {"caption": caption, "head": head, "rows": rows, "numeric": range(1, len(head))}


def number(line: Line, kind: str) -> str:
    """Write a count; a small one about people is not exact, so that it points at nobody."""
    count = line.counts[kind]
    return _("moins de %(n)s", n=FEW) if kind in PEOPLE and 0 < count < FEW else str(format_decimal(count))


def desk_columns() -> list[str]:
    return [
        _("Signalements ouverts"),
        _("Retenus"),
        _("Sans suite"),
        _("Délai médian"),
        _("Nouveaux examens demandés"),
        _("Accueillis"),
        _("Refusés"),
        _("Idées qui ont une réponse"),
        _("Délai médian de la réponse"),
    ]


def desk_cells(line: Line) -> list[str]:
    counts = [str(format_decimal(line.counts[code])) for code in DESK]
    return [*counts[:3], delay(line.median("handled", "dismissed")), *counts[3:], delay(line.median("answered"))]


def delay(span: timedelta | None) -> str:
    return str(format_timedelta(span)) if span is not None else "–"
