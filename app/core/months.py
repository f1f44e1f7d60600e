"""Months of the region, written as `2027-02`: texts that sort as time does."""

import re
from datetime import datetime

from app.core import clock

YEAR = 12
# What was written elsewhere may be as old as exchange/fields.py takes it.
_YEAR = "[12][0-9]{3}"
_MONTH = f"{_YEAR}-(?:0[1-9]|1[0-2])"
_SPAN = re.compile(rf"({_YEAR})|({_MONTH})(?:\.\.({_MONTH}))?")


def month_of(moment: datetime) -> str:
    """Return the month of a moment, as the region lives it."""
    return f"{moment.astimezone(clock.ZONE):%Y-%m}"


def present() -> str:
    return month_of(clock.now())


def shift(month: str, number: int) -> str:
    """Return the month that comes so many after this one, or before it."""
    year, index = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + number, 12)
    return f"{year:04}-{index + 1:02}"


def start(month: str) -> datetime:
    """Return the first moment of a month."""
    return datetime(int(month[:4]), int(month[5:]), 1, tzinfo=clock.ZONE)


def list_between(first: str, last: str) -> list[str]:
    """Return these months and those between them, the first first."""
    months = [first] if first <= last else []
    while months and months[-1] < last:
        months.append(shift(months[-1], 1))
    return months


def read_span(text: str) -> tuple[str, str] | None:
    """Return the first and the last month of `2027`, `2027-02` or `2026-03..2027-02`; None for anything else.

    A span has twelve months at the most, as many as figures show.
    """
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    year, first, last = found.groups()
    first, last = (f"{year}-01", f"{year}-12") if year else (first, last or first)
    return (first, last) if first <= last < shift(first, YEAR) else None


def write_span(first: str, last: str) -> str:
    """Write some months as `read_span` reads them, in their one spelling."""
    if (first[5:], last[5:]) == ("01", "12") and first[:4] == last[:4]:
        return first[:4]
    return first if first == last else f"{first}..{last}"
