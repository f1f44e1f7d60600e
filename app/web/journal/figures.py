"""Facilitation in figures, for everybody: what was done, how fast, and how many appeals were granted."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask_babel import format_decimal, format_timedelta
from flask_babel import gettext as _

from app.core import clock
from app.core.masking import FEW
from app.core.small_counts import LEAST
from app.figures.queries import facilitation as figures
from app.figures.queries.facilitation import FigureLine
from app.journal import policy
from app.journal import queries as journal
from app.moderation.measures.models import KINDS
from app.web.frame import words
from app.web.frame.filters import label
from app.web.frame.params import single_param
from app.web.frame.person_counts import format_persons
from app.web.frame.responses import render
from app.web.frame.routes import public
from app.web.frame.session import me, rooms
from app.web.journal import lines
from app.web.journal.bp import bp

MONTHS = 12
PEOPLE = ("suspend", "block", "freeze", "lift", "warn")
DESK = ("opened", "handled", "dismissed", "appealed", "appeal_granted", "appeal_refused", "answered")
Row = tuple[str, FigureLine]


@bp.get("/journal/figures")
@public(policy.READ_LINE, lists=journal.open_to)
def show_figures() -> str:
    slug = single_param("community", lines.list_slugs())
    room = rooms().by_slug.get(slug)
    events = figures.list_events(me(), get_first_moment(), room.id if room else None)
    tables = [*build_tables_by_month(events), *([] if room else build_tables_by_community(events))]
    return render("journal/figures.html", slug=slug, options=lines.get_options([])["communities"], tables=tables)


def get_first_moment() -> datetime:
    """Return the first moment of the last twelve months, this one included."""
    now = clock.now().astimezone(clock.ZONE)
    month = now.year * 12 + now.month - MONTHS
    return datetime(month // 12, month % 12 + 1, 1, tzinfo=clock.ZONE)


def build_tables_by_month(events: list[figures.Event]) -> list[dict[str, Any]]:
    months = figures.sum_by(events, lambda event: f"{event.at.astimezone(clock.ZONE):%Y-%m}")
    return build_tables(
        _("Mois"),
        [(lines.month_name(code), months[code]) for code in list_months(months)],
        _("Mesures, par genre et par mois"),
        _("Signalements, nouveaux examens et réponses, par mois"),
    )


def build_tables_by_community(events: list[figures.Event]) -> list[dict[str, Any]]:
    by_id = figures.sum_by(events, lambda event: event.community_id)
    names = [*((room.id, label(room)) for room in rooms().all), (None, _("Sans communauté"))]
    return build_tables(
        _("Communauté"),
        [(name, by_id[key]) for key, name in names if key in by_id],
        _("Mesures, par genre et par communauté"),
        _("Signalements, nouveaux examens et réponses, par communauté"),
    )


def list_months(months: Iterable[str]) -> list[str]:
    """Return these months and those between them, in which nothing happened, the last first."""
    codes = set(months)
    between = {code for code in lines.list_months(get_first_moment()) if codes and min(codes) < code < max(codes)}
    return sorted(codes | between, reverse=True)


def build_tables(head: str, rows: list[Row], of_measures: str, of_desk: str) -> list[dict[str, Any]]:
    """Return the tables of these rows: measures by kind, for kinds that have any, then the work of the desk.

    `of_measures` and `of_desk` are their captions, by which a screen reader tells them apart.
    """
    kinds = [kind for kind in KINDS if any(line.counts[kind] for _name, line in rows)]
    busy = [(name, line) for name, line in rows if any(line.counts[code] for code in DESK)]
    result = []
    if kinds:
        measures = [[name, *(format_small_count(line, kind) for kind in kinds)] for name, line in rows]
        result.append(_table(of_measures, [head, *(words.JOURNAL[kind] for kind in kinds)], measures))
    if busy:
        result.append(_table(of_desk, [head, *desk_columns()], [[name, *desk_cells(line)] for name, line in busy]))
    return result


def _table(caption: str, head: list[str], rows: list[list[str]]) -> dict[str, Any]:
    """Describe a table whose columns hold numbers, but for the first."""
    return {"caption": caption, "head": head, "rows": rows, "numeric": range(1, len(head))}


def format_small_count(line: FigureLine, kind: str) -> str:
    """Write a count; a small one about people is not exact, so that it points at nobody."""
    count = line.counts[kind]
    return format_persons(FEW if kind in PEOPLE and 0 < count < LEAST else count)


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


def desk_cells(line: FigureLine) -> list[str]:
    counts = [str(format_decimal(line.counts[code])) for code in DESK]
    return [
        *counts[:3],
        format_delay(line.median("handled", "dismissed")),
        *counts[3:],
        format_delay(line.median("answered")),
    ]


def format_delay(span: timedelta | None) -> str:
    return str(format_timedelta(span)) if span is not None else "–"
