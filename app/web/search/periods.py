"""The filter by period of a search: the last days, counted from the start of one, or a year."""

from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import clock
from app.results.sql_policy import Period

LAST = {
    "week": (7, _l("Depuis une semaine")),
    "month": (30, _l("Depuis un mois")),
    "quarter": (91, _l("Depuis trois mois")),
    "year": (365, _l("Depuis un an")),
}
FIRST = 2000
"""The first year that may be asked for."""
OFFERED = 5
"""How many years are offered."""


def list_codes() -> list[str]:
    """Return the values that an address may have."""
    return [*LAST, *map(str, range(clock.today().year, FIRST - 1, -1))]


def name_period(code: str) -> str:
    return str(LAST[code][1]) if code in LAST else _("En %(year)s", year=code)


def get_period(code: str) -> Period | None:
    """Return the moments between which a period is, in the time of the region; None where none is asked for."""
    if not code:
        return None
    if code in LAST:
        days, today = LAST[code][0], clock.today()
        return Period(_midnight(today - timedelta(days)), _midnight(today + timedelta(1)))
    return Period(_midnight(date(int(code), 1, 1)), _midnight(date(int(code) + 1, 1, 1)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.ZONE)


def list_options(chosen: str) -> list[tuple[str, str, None]]:
    """Return the periods that the filter offers, and the one in force."""
    offered = list_codes()[: len(LAST) + OFFERED]
    return [(code, name_period(code), None) for code in [*offered, *({chosen} - {"", *offered})]]
