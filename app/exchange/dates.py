"""Read dates as platforms and spreadsheets write them; which of the two numbers is the day is found in the file."""

import re
from datetime import UTC, datetime
from typing import Any

from app.core import clock
from app.core.text.plain import fold

_TIME = (
    r"(?:[ T,]*(?:a |at )?(?P<hour>\d{1,2})\s*[:h]\s*(?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\.?)?)?"
)
_ZONE = r"\s*(?P<zone>utc|gmt|z|[+-]\d{2}:?\d{2})?"
_NUMBERS = re.compile(rf"(?P<one>\d{{1,2}})([/.-])(?P<two>\d{{1,2}})\2(?P<year>\d{{4}}){_TIME}{_ZONE}")
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})([/.-])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){_TIME}{_ZONE}")
_DAY_FIRST = re.compile(
    rf"(?:[a-z]+\.?,? )?(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)? (?P<name>[a-z]+)\.?,? (?P<year>\d{{4}}){_TIME}{_ZONE}"
)
_NAME_FIRST = re.compile(
    rf"(?:[a-z]+\.?,? )?(?P<name>[a-z]+)\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}}){_TIME}{_ZONE}"
)
# Each month by the beginnings of its names, in French and English.
_MONTHS = (
    ("jan",),
    ("fev", "feb"),
    ("mar",),
    ("avr", "apr"),
    ("mai", "may"),
    ("juin", "jun"),
    ("juil", "jul"),
    ("aou", "aug"),
    ("sep",),
    ("oct",),
    ("nov",),
    ("dec",),
)
LONGEST = 60
DAY_FIRST, MONTH_FIRST, EITHER = "dmy", "mdy", "either"


def find_order(value: Any) -> str:
    """Tell which number of a date is the day, where it is written in numbers, the year last; else return nothing."""
    found = _NUMBERS.fullmatch(_text(value))
    if not found:
        return ""
    one, two = int(found["one"]), int(found["two"])
    if one == two or (one > 12 and two > 12):
        return ""
    return DAY_FIRST if one > 12 else MONTH_FIRST if two > 12 else EITHER


def to_iso(value: str, order: str) -> str:
    """Return a date of the source in the form of ISO 8601; what is none comes back as it is.

    Without a time zone, a date that is not in that form already is of the region's.
    """
    text = _text(value)
    found = next(
        (match for one in (_YEAR_FIRST, _NUMBERS, _DAY_FIRST, _NAME_FIRST) if (match := one.fullmatch(text))), None
    )
    if found is None or _is_iso(value):
        return value
    parts = found.groupdict()
    try:
        return _build(parts, *_month_and_day(parts, order)).isoformat()
    except ValueError:
        return value


def _text(value: Any) -> str:
    return fold(value) if isinstance(value, str) and len(value) <= LONGEST else ""


def _is_iso(value: str) -> bool:
    try:
        datetime.fromisoformat(value.strip())
    except ValueError:
        return False
    return True


def _month_and_day(parts: dict[str, str | None], order: str) -> tuple[int, int]:
    """Return the numbers of the month and of the day. Raise ValueError for the name of no month."""
    if name := parts.get("name"):
        month = next((n for n, starts in enumerate(_MONTHS, 1) if name.startswith(starts)), None)
        if month is None:
            raise ValueError(name)
        return month, int(parts["day"] or 0)
    if "one" not in parts:
        return int(parts["month"] or 0), int(parts["day"] or 0)
    one, two = int(parts["one"] or 0), int(parts["two"] or 0)
    return (one, two) if order == MONTH_FIRST else (two, one)


def _build(parts: dict[str, str | None], month: int, day: int) -> datetime:
    hour, half = int(parts["hour"] or 0), (parts["half"] or "")[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    moment = datetime(int(parts["year"] or 0), month, day, hour, int(parts["minute"] or 0), int(parts["second"] or 0))
    zone = parts["zone"]
    if zone is None:
        return moment.replace(tzinfo=clock.ZONE)
    if zone in ("utc", "gmt", "z"):
        return moment.replace(tzinfo=UTC)
    return datetime.fromisoformat(f"{moment.isoformat()}{zone}")
