"""Numbers as people write them, in French first: 48 000 $, 48 k$, 12,5, 25 %, environ 5000; and the years of a sum."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from app.core.errors import N_
from app.core.number_format import BOUND
from app.core.numbers import LARGEST
from app.core.text.plain import fold
from app.exchange.plan_file.cells import CellError, Guessed, to_text
from app.exchange.plan_file.days import YEARS
from app.plan.service.publishing import WEIGHTS

LONGEST = 40
NOT_A_NUMBER = N_("Ce n'est pas un nombre. Écrivez 12,5 ou 48 000.")
THOUSANDS_OR_NOT = N_("Ce nombre se lit de deux façons. Écrivez 48 000 (avec une espace) ou 48,0.")
NOT_WHOLE = N_("Écrivez un nombre entier, de %(least)s à %(most)s.")
NOT_YEARS = N_("Écrivez une année, ou deux comme 2026-2028, la première avant la dernière.")
ABOUT = N_("C'est une estimation : le nombre seul est retenu.")
ROUNDED = N_("Le nombre est arrondi.")
THOUSANDS = N_("Le signe est lu comme celui des milliers.")
PART_OF_ONE = N_("Cette part de 1 est lue comme un pourcentage.")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_TWO_WAYS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_GROUPS = re.compile(r"[1-9]\d{0,2}(?:([.,'])\d{3})(?:\1\d{3})*")
_WITH_CENTS = re.compile(r"([1-9]\d{0,2}([.,'])\d{3}(?:\2\d{3})*)(?!\2)[.,](\d{2})")
_SPAN = re.compile(r"(\d{4})(?:\s*(?:-|–|—|/|à|to)\s*(\d{4}))?")
_ABOUT = re.compile(
    r"(?:environ|env\.?|approx(?:\.|imativement)?|a peu pres|about|around|max(?:\.|imum)?|jusqu'a|~|≈|±)\s*"
)
_AROUND = re.compile(r" ?(?:\([^()]{0,40}\)|environ|approx\.?|estime)\Z")
_SCALE = re.compile(r"(.*?\d)\s*(k|m|mille|millions?(?: de)?)\s*(?:\$|dollars)?")
_SCALES = {"k": 1_000, "mille": 1_000, "m": 1_000_000}
_MONEY = re.compile(r"\bca?\$|\$|\bcad\b|\bdollars?\b")


def parse_number(value: Any) -> float:
    """Return a number, perhaps with decimals after a comma or a point."""
    found = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else _read(to_text(value))
    # A workbook may hold NaN or an infinite number, which are not within the bound either.
    if not abs(found) <= BOUND:
        raise CellError(NOT_A_NUMBER)
    return found


def _read(given: str) -> float:
    text = re.sub(r"[\s$%]|(?<=\d)'(?=\d)", "", given[:1_000])
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
year = whole_parser(YEARS[0], YEARS[-1])
_dollars = whole_parser(0, LARGEST)


def parse_dollars(value: Any) -> Any:
    """Return whole dollars; cents, an estimation, and 48,000 are guesses."""
    if isinstance(value, str):
        return _dollars_of(fold(value[:1_000]))
    return _round(parse_number(value), _dollars, "")


def _dollars_of(text: str) -> Any:
    number, said = _without_doubt(text)
    scaled = _SCALE.fullmatch(number) if len(number) <= LONGEST else None
    if scaled:
        return _round(_read(scaled[1]) * _SCALES.get(scaled[2].strip(), 1_000_000), _dollars, said)
    return _plain_dollars(re.sub(r"\s", "", _MONEY.sub("", number)), said)


def _without_doubt(text: str) -> tuple[str, str]:
    """Return a number without « environ » and the like, and what is said where there was one."""
    number = text[about.end() :] if (about := _ABOUT.match(text)) else text
    number = _AROUND.sub("", number) if len(number) <= LONGEST else number
    return number, ABOUT if number != text else ""


def _plain_dollars(number: str, said: str) -> Any:
    """Return the dollars of a number alone: two signs are those of thousands and of cents, one may be of either."""
    cents, groups = (form.fullmatch(number if len(number) <= LONGEST else "") for form in (_WITH_CENTS, _GROUPS))
    if cents:
        return _round(float(f"{re.sub('[^0-9]', '', cents[1])}.{cents[3]}"), _dollars, said)
    if groups and groups[1] != "'":
        whole = _dollars(float(re.sub(r"[.,]", "", number)))
        return Guessed(whole, format_number(whole), said or THOUSANDS)
    return _round(_read(number), _dollars, said)


def _round(number: float, read: Callable[[Any], int], said: str) -> Any:
    """Return a whole number; what was rounded, or `said` to be no more than near, is a guess."""
    if not abs(number) <= BOUND:
        raise CellError(NOT_A_NUMBER)
    whole = read(float(Decimal(repr(number)).quantize(Decimal(1), ROUND_HALF_UP)))
    reason = said or (ROUNDED if whole != number else "")
    return Guessed(whole, format_number(whole), reason) if reason else whole


def parse_progress(value: Any) -> Any:
    """Return a percentage; a cell that a spreadsheet shows as one holds a part of 1."""
    if isinstance(value, float) and 0 < value < 1:
        return percentage(round(value * 100))
    text, said = _without_doubt(fold(value[:1_000])) if isinstance(value, str) else (value, "")
    number = parse_number(text)
    if isinstance(value, str) and 0 < number < 1 and "%" not in value:
        whole = percentage(round(number * 100))
        return Guessed(whole, str(whole), PART_OF_ONE)
    return _round(number, percentage, said)


def parse_years(text: str) -> tuple[int, int]:
    """Return the first and the last of some years."""
    match = _SPAN.fullmatch(text.strip())
    first, last = (year(match[1]), year(match[2] or match[1])) if match else (1, 0)
    if last < first:
        raise CellError(NOT_YEARS)
    return first, last
