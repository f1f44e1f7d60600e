"""Months of the region, written as `2027-02`: texts that sort as time does."""

from datetime import datetime

from app.core import clock


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
