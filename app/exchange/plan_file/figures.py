"""Days and numbers as people write them, in French first: 30 juin 2027, 30/06/2027, 48 000 $, 12,5."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.errors import N_
from app.core.number_format import BOUND
from app.core.numbers import LARGEST
from app.core.text.plain import fold
from app.exchange.plan_file.cells import CellError, to_text
from app.plan.service.publishing import WEIGHTS

FIRST, LAST, NONE = "first", "last", ""
YEARS = range(1990, 2101)
NOT_A_DAY = N_("Ce n'est pas une date. Écrivez 2027-06-30, 30/06/2027 ou 30 juin 2027.")
WHICH_DAY = N_("Il manque le jour : écrivez 2027-06-30, 30/06/2027 ou 30 juin 2027.")
NOT_A_NUMBER = N_("Ce n'est pas un nombre. Écrivez 12,5 ou 48 000.")
THOUSANDS_OR_NOT = N_("Ce nombre se lit de deux façons. Écrivez 48 000 (avec une espace) ou 48,0.")
NOT_WHOLE = N_("Écrivez un nombre entier, de %(least)s à %(most)s.")
NOT_YEARS = N_("Écrivez une année, ou deux comme 2026-2028, la première avant la dernière.")
_MONTHS = (
    ("janvier", "janv", "january", "jan"),
    ("fevrier", "fevr", "fev", "february", "feb"),
    ("mars", "march", "mar"),
    ("avril", "avr", "april", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "juil", "july", "jul"),
    ("aout", "august", "aug"),
    ("septembre", "sept", "september", "sep"),
    ("octobre", "oct", "october"),
    ("novembre", "nov", "november"),
    ("decembre", "dec", "december"),
)
_MONTH = {word: number for number, words in enumerate(_MONTHS, 1) for word in words}
_FORMS = tuple(
    map(
        re.compile,
        (
            r"(?P<y>\d{4})-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?",
            r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})",
            r"(?:(?P<d>\d{1,2})(?:er|e|st|nd|rd|th)? )?(?P<m>[a-z]+)\.? (?P<y>\d{4})",
            r"(?P<m>[a-z]+)\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})",
            r"(?P<y>\d{4})",
        ),
    )
)
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_TWO_WAYS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_SPAN = re.compile(r"(\d{4})(?:\s*(?:-|–|—|/|à|to)\s*(\d{4}))?")


def day_parser(edge: str = NONE) -> Callable[[Any], str]:
    """Return what reads a day, as an ISO text; a month or a year alone is its first or its last day, as `edge` says."""
    return lambda value: _day(value, edge)


def _day(value: Any, edge: str) -> str:
    if isinstance(value, date):
        return _build(value.year, value.month, str(value.day), edge)
    text = fold(to_text(value))
    match = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None)
    if match is None:
        raise CellError(NOT_A_DAY)
    parts = {"m": None, "d": None} | match.groupdict()
    if parts["d"] is None and not edge:
        raise CellError(WHICH_DAY)
    month = parts["m"] or ("12" if edge == LAST else "1")
    return _build(int(parts["y"] or 0), int(month) if month.isdigit() else _MONTH.get(month, 0), parts["d"], edge)


def _build(year: int, month: int, day: str | None, edge: str) -> str:
    if year not in YEARS or month not in range(1, 13):
        raise CellError(NOT_A_DAY)
    last = monthrange(year, month)[1]
    number = int(day) if day else (last if edge == LAST else 1)
    if number not in range(1, last + 1):
        raise CellError(NOT_A_DAY)
    return date(year, month, number).isoformat()


def parse_number(value: Any) -> float:
    """Return a number, perhaps with decimals after a comma or a point."""
    found = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else _read(value)
    # A workbook may hold NaN or an infinite number, which are not within the bound either.
    if not abs(found) <= BOUND:
        raise CellError(NOT_A_NUMBER)
    return found


def _read(value: Any) -> float:
    text = re.sub(r"[\s$%]|(?<=\d)'(?=\d)", "", to_text(value))
    if _TWO_WAYS.fullmatch(text):
        raise CellError(THOUSANDS_OR_NOT)
    if not _NUMBER.fullmatch(text) or len(text) > 30:
        raise CellError(NOT_A_NUMBER)
    return float(Decimal(text.replace(",", ".")))


def format_number(value: float) -> str:
    """Write a number as `parse_number` reads it, with a comma; three decimals get a fourth: they are no thousands."""
    text = format(Decimal(repr(value)), "f").removesuffix(".0").replace(".", ",")
    return f"{text}0" if _TWO_WAYS.fullmatch(text) else text


def whole_parser(least: int, most: int) -> Callable[[Any], int]:
    """Return what reads a whole number within bounds."""

    def read(value: Any) -> int:
        found = parse_number(value)
        if not found.is_integer() or not least <= found <= most:
            raise CellError(NOT_WHOLE, least=least, most=most)
        return int(found)

    return read


weight, percentage = whole_parser(WEIGHTS[0], WEIGHTS[-1]), whole_parser(0, 100)
dollars, year = whole_parser(0, LARGEST), whole_parser(YEARS[0], YEARS[-1])


def parse_progress(value: Any) -> int:
    """Return a percentage; a cell that a spreadsheet shows as one holds a part of 1."""
    is_part = isinstance(value, float) and 0 < value < 1
    return percentage(round(value * 100) if is_part else value)


def parse_years(text: str) -> tuple[int, int]:
    """Return the first and the last of some years."""
    match = _SPAN.fullmatch(text.strip())
    first, last = (year(match[1]), year(match[2] or match[1])) if match else (1, 0)
    if last < first:
        raise CellError(NOT_YEARS)
    return first, last
