"""Facilitation in figures, for everybody: what was done, how fast, and how many appeals were granted."""
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask_babel import format_decimal, format_timedelta
from flask_babel import gettext as _

from app.core import clock
from app.journal import policy
from app.measures.models import KINDS
from app.statistics import queries as statistics
from app.statistics.queries import Line
from app.web.frame import words
from app.web.frame.filters import label
from app.web.frame.locale import ZONE
from app.web.frame.params import single
from app.web.frame.session import me, rooms
from app.web.frame.support import public, render
from app.web.journal import lines as journal
from app.web.journal.bp import bp

MONTHS, FEW = 12, 5
PEOPLE = ("suspend", "block", "freeze", "lift", "warn")
DESK = ("opened", "handled", "dismissed", "appealed", "appeal_granted", "appeal_refused", "answered")


@bp.get("/journal/figures")
@public(policy.READ_LINE)
def show_figures() -> str:
    slug = single("community", journal.seen())
    room = rooms().by_slug.get(slug)
    found = statistics.events(me(), since(), room.id if room else None)
    months = statistics.sum_up(found, lambda thing: f"{thing.at.astimezone(ZONE):%Y-%m}")
    places = {} if room else statistics.sum_up(found, lambda thing: thing.community_id)
    by_month = [(journal.month_name(code), months[code]) for code in every(months)]
    by_room = [(name, places[key]) for key, name in named() if key in places]
    monthly = _("Mesures, par genre et par mois"), _("Signalements, nouveaux examens et réponses, par mois")
    local = _("Mesures, par genre et par communauté"), _("Signalements, nouveaux examens et réponses, par communauté")
    found_tables = [*tables(_("Mois"), by_month, monthly), *tables(_("Communauté"), by_room, local)]
    return render(
        "journal/figures.html", slug=slug, tables=found_tables, options=journal.options([])["communities"])


def every(months: Iterable[str]) -> list[str]:
    """Give these months and those between them in which nothing happened, the last first."""
    known = set(months)
    between = {code for code in journal.all_months() if known and min(known) < code < max(known)}
    return sorted(known | between, reverse=True)


def since() -> datetime:
    """Give the first moment of the twelve months that are shown, this one included."""
    now = clock.now().astimezone(ZONE)
    month = now.year * 12 + now.month - MONTHS
    return datetime(month // 12, month % 12 + 1, 1, tzinfo=ZONE)


def named() -> list[tuple[int | None, str]]:
    return [*((room.id, label(room)) for room in rooms().all), (None, _("Sans communauté"))]


def tables(head: str, lines: list[tuple[str, Line]], captions: tuple[str, str]) -> list[dict[str, Any]]:
    """Make the tables of these lines: measures by kind (those that were taken), then what came in and was answered.

    Each has its own caption: it is how a reader who sees neither tells them apart.
    """
    kinds = [kind for kind in KINDS if any(line.counts[kind] for _name, line in lines)]
    measures = [[name, *(number(line, kind) for kind in kinds)] for name, line in lines]
    shown = [(name, line) for name, line in lines if any(line.counts[code] for code in DESK)]
    found = []
    if kinds:
        found.append(_table(captions[0], [head, *(words.JOURNAL[kind] for kind in kinds)], measures))
    if shown:
        found.append(_table(captions[1], [head, *columns()], [[name, *desk(line)] for name, line in shown]))
    return found


def _table(caption: str, head: list[str], rows: list[list[str]]) -> dict[str, Any]:
    """Describe a table whose columns hold numbers, but for the first."""
    return {"caption": caption, "head": head, "rows": rows, "numeric": range(1, len(head))}


def number(line: Line, kind: str) -> str:
    """Write a count; a small one about people does not point at anybody."""
    count = line.counts[kind]
    return _("moins de %(n)s", n=FEW) if kind in PEOPLE and 0 < count < FEW else str(format_decimal(count))


def columns() -> list[str]:
    return [_("Signalements ouverts"), _("Traités"), _("Écartés"), _("Délai médian"), _("Nouveaux examens demandés"),
            _("Accueillis"), _("Refusés"), _("Idées répondues"), _("Délai médian de la réponse")]


def desk(line: Line) -> list[str]:
    counts = [str(format_decimal(line.counts[code])) for code in DESK]
    return [*counts[:3], delay(line.median("handled", "dismissed")), *counts[3:], delay(line.median("answered"))]


def delay(span: timedelta | None) -> str:
    return str(format_timedelta(span)) if span is not None else "–"
