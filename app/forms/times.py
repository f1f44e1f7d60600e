"""A time of day in the reader's language, and that at which one may try again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from babel.dates import format_skeleton
from flask_babel import format_time, get_locale
from flask_babel import gettext as _

from app.core import clock
from app.core.errors import TooMany
from app.forms.base import format_count

MINUTE = timedelta(minutes=1)
NBSP = "\u00a0"


class Refused(Protocol):
    """What was refused, by the domain or in a file: a message of the catalogue, and the values in it."""

    @property
    def message(self) -> str: ...

    @property
    def values(self) -> Mapping[str, Any]: ...


def hour(moment: datetime) -> str:
    """Write a time of day: 9 h 30 in French, which no line breaks, 9:30 a.m. in English.

    One that comes twice, in the night when the clocks go back, says which one it is.
    """
    local = moment.astimezone(clock.ZONE)
    if local.replace(fold=1 - local.fold).utcoffset() == local.utcoffset():
        return _write_hour(local)
    if local.fold:
        return _("%(hour)s (heure normale)", hour=_write_hour(local))
    return _("%(hour)s (heure avancée)", hour=_write_hour(local))


def _write_hour(local: datetime) -> str:
    if get_locale().language == "fr":
        return f"{local.hour}{NBSP}h{NBSP}{local.minute:02}" if local.minute else f"{local.hour}{NBSP}h"
    return str(format_time(local.time(), "short"))


def again(seconds: int) -> str:
    """Say when these seconds are over: at 14 h 20, tomorrow at 9 h 05, on 3 December at 10 h."""
    moment = (clock.now() + timedelta(seconds=seconds) + MINUTE).replace(second=0, microsecond=0)
    days = (moment.astimezone(clock.ZONE).date() - clock.today()).days
    if not days:
        return _("à %(hour)s", hour=hour(moment))
    if days == 1:
        return _("demain à %(hour)s", hour=hour(moment))
    local = moment.astimezone(clock.ZONE)
    day = format_skeleton("MMMMd", local, locale=get_locale())
    if local.day == 1 and get_locale().language == "fr":
        day = day.replace("1", "1er", 1)
    return _("le %(day)s à %(hour)s", day=day, hour=hour(moment))


def explain(refusal: Refused) -> str:
    """Say a refusal; one that a limit gave names the `time` at which one may try again."""
    values = {name: _write(value) for name, value in refusal.values.items()}
    more = {"time": again(refusal.retry_after)} if isinstance(refusal, TooMany) else {}
    return str(_(refusal.message) % (values | more))


def _write(value: Any) -> Any:
    """Return a value as a message bears it: a number as a count, a moment as its hour."""
    if isinstance(value, datetime):
        return hour(value)
    return format_count(value) if isinstance(value, int) else value
