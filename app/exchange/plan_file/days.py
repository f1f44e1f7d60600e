"""Days as people write them, in French first: 30 juin 2027, 30/06/27, mars 2027, T2 2027, automne 2026, fin 2027.

A day that is not whole is a period: its first or its last day is taken, and said as a guess.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from app.core.errors import N_
from app.core.text.plain import fold
from app.exchange.plan_file.cells import CellError, Guessed, to_text

FIRST, LAST = "first", "last"
YEARS = range(1990, 2101)
# How a workbook counts days; those of 2000 to 2100, which are no years.
EPOCH, SERIALS = date(1899, 12, 30), range(36_526, 73_415)
LONGEST = 60
NOT_A_DAY = N_("Ce n'est pas une date. Écrivez 2027-06-30, 30/06/2027 ou 30 juin 2027.")
FIRST_OF_PERIOD = N_("C'est une période : son premier jour est retenu.")
LAST_OF_PERIOD = N_("C'est une période : son dernier jour est retenu.")
DAY_FIRST = N_("Le jour est lu avant le mois.")
MONTH_FIRST = N_("Le mois est lu avant le jour.")
OF_A_WORKBOOK = N_("Ce nombre est lu comme une date de tableur.")
YEAR_OF_THE_PLAN = N_("L'année n'est pas dite : la première du plan où ce jour tombe est retenue.")
AS_THE_PLAN = N_("C'est lu comme la durée du plan.")
SINCE_THE_PLAN = N_("Les années sont comptées depuis le début du plan.")
DAY_ALONE = N_("Seule la date est retenue.")
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
# The months of a season, those of a winter in the year that it ends.
_SEASONS = {"hiver": 1, "winter": 1, "printemps": 3, "spring": 3, "ete": 6, "summer": 6, "automne": 9, "fall": 9}
_SEASONS["autumn"] = 9
_PARTS = {"debut": 0, "early": 0, "mi": 1, "mid": 1, "milieu": 1, "fin": 2, "late": 2, "end": 2}
_NAMES = frozenset((*_MONTH, *_SEASONS, *(f"{letter}{number}" for letter in "tq" for number in range(1, 5))))
_YEAR_IN = re.compile(r"\d\d")
_RANKS = {"premier": 1, "first": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "third": 3, "quatrieme": 4, "fourth": 4}
_ALWAYS = frozenset(
    (
        "en continu|continu|en cours|permanent|recurrent|annuel|annuellement|chaque annee|tous les ans|toute l'annee|"
        "en tout temps|au besoin|duree du plan|toute la duree du plan|ongoing|continuous|yearly|as needed|throughout"
    ).split("|")
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]\d{2}:\d{2}(?::\d{2})?)?")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_DAY_OF_MONTH = re.compile(r"(?:le )?(\d{1,2})(?:er|e|st|nd|rd|th)? ?(?:of )?([a-z]+)\.?(?:,? ?(\d{4}|'?\d{2}))?")
_MONTH_AND_DAY = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_MONTH_OF_YEAR = re.compile(r"([a-z]+)\.?[ /]?(?:de )?(\d{4}|'?\d{2})")
_NUMBERED_MONTH = re.compile(r"(?:(\d{4})[-/](\d{1,2})|(\d{1,2})[-/](\d{4}))")
_QUARTER = re.compile(r"(?:[tq]|trim(?:estre)?\.? |quarter )(\d)[ /-]*(?:de |of )?(\d{4})|(\d{4})[ /-]*[tq](\d)")
_RANKED = re.compile(r"(?:(\d)(?:er|re|e|st|nd|rd|th)?|([a-z]+)) (?:trim(?:estre)?\.?|quarter)[ -]*(?:de |of )?(\d{4})")
_YEAR = re.compile(r"(?:(?:annee|an|year) )?(\d{4})")
_WINTER = re.compile(r"(?:hiver|winter) (\d{4}|\d{2}) ?[-/] ?(\d{4}|\d{2})")
_FISCAL = re.compile(r"(\d{4}) ?[-/–] ?(\d{2})")
_PART = re.compile(r"(debut|mi|milieu|fin|early|mid|late|end)[ -](?:de l'|d'|du mois de |de |of )?(.{4,40})")
_BETWEEN = re.compile(
    r"(?:de |du |d'|from |entre |between )?(.{2,30}?) ?(?:-|–|—|/|,| a | au | to | et | and ) ?(.{4,30})"
)
_NTH_YEAR = re.compile(r"(?:an|annee|year) (\d)(?: ?(?:-|a|to|et|and) ?(?:(?:an|annee|year) )?(\d))?")
# What stands around a date, and is no part of it.
_BEFORE = re.compile(
    r"(?:d'ici|avant|apres|au plus tard|vers|environ|des|a partir de|a compter de|jusqu'en|jusqu'a|jusqu'au|courant|"
    r"by|before|after|until|from|around|starting|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
    r"(?: le| la| au?| en| the)? "
)
_AFTER = re.compile(r" ?\([^()]{0,40}\)\Z")
# « 30-juin-27 » and « juin-27 », as workbooks show days.
_HYPHENS = re.compile(r"(?<!\d\d\d)(?<=\d)-(?=[a-z]{3})|(?<=[a-z])-(?=(?:\d{4}|\d{2})\Z)")


class Period(NamedTuple):
    """Some days that follow one another, and what is to be said of how they were read (a message id, or nothing)."""

    first: date
    last: date
    said: str = ""


@dataclass(frozen=True)
class Frame:
    """The first and the last day of the plan, which say what « en continu » means, and a day without a year."""

    first: date
    last: date


def day_parser(edge: str, frame: Frame | None = None) -> Callable[[Any], Any]:
    """Return what reads a day, as an ISO text; of a period it is the first or the last, as `edge` says, as a guess."""
    return lambda value: _choose(_read_cell(value, frame), edge)


def _choose(found: Period, edge: str) -> Any:
    day = (found.first if edge == FIRST else found.last).isoformat()
    if found.said:
        return Guessed(day, day, found.said)
    if found.first != found.last:
        return Guessed(day, day, FIRST_OF_PERIOD if edge == FIRST else LAST_OF_PERIOD)
    return day


def _read_cell(value: Any, frame: Frame | None) -> Period:
    if isinstance(value, date):
        return _one(value.year, value.month, value.day)
    text = _HYPHENS.sub(" ", fold(to_text(value)[:1_000]).strip(" ."))
    if len(text) > LONGEST:
        raise CellError(NOT_A_DAY)
    if text.isdecimal() and int(text) in SERIALS:
        day = EPOCH + timedelta(days=int(text))
        return Period(day, day, OF_A_WORKBOOK)
    if text in _ALWAYS and frame:
        return Period(frame.first, frame.last, AS_THE_PLAN)
    bare = _AFTER.sub("", text[before.end() :] if (before := _BEFORE.match(text)) else text)
    found = read_period(bare, frame)
    return found if bare == text or found.said else found._replace(said=DAY_ALONE)


def read_period(text: str, frame: Frame | None = None) -> Period:
    """Return the days that a folded text names. Raise CellError for one that names none."""
    for read in (_whole_day, _part_of, _month_or_year, _nth_year, _of_some_year, _between):
        found = read(text, frame)
        if found:
            return found
    raise CellError(NOT_A_DAY)


def _whole_day(text: str, frame: Frame | None) -> Period | None:
    if match := _ISO.fullmatch(text):
        return _one(*map(int, match.groups()[:3]))
    if match := _SLASHED.fullmatch(text):
        return _slashed(*match.groups())
    if (match := _MONTH_AND_DAY.fullmatch(text)) and match[1] in _MONTH:
        return _one(int(match[3]), _MONTH[match[1]], int(match[2]))
    match = _DAY_OF_MONTH.fullmatch(text)
    if not match or match[2] not in _MONTH:
        return None
    if match[3]:
        return _one(_long_year(match[3]), _MONTH[match[2]], int(match[1]))
    return _without_year(_MONTH[match[2]], int(match[1]), frame)


def _slashed(one: str, two: str, year_text: str) -> Period:
    """Read 30/06/2027: the day first, unless only the other way makes one."""
    first, second, year = int(one), int(two), _long_year(year_text)
    if second > 12 >= first:
        return _one(year, first, second)._replace(said=MONTH_FIRST)
    found = _one(year, second, first)
    return found._replace(said=DAY_FIRST) if first <= 12 and first != second else found


def _long_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text.lstrip("'"))


def _without_year(month: int, day: int, frame: Frame | None) -> Period | None:
    """Return the first such day within the plan, if there is one."""
    if frame is None:
        return None
    days = (
        _one(year, month, day) for year in range(frame.first.year, frame.last.year + 1) if _is_day(year, month, day)
    )
    found = next((one for one in days if frame.first <= one.first <= frame.last), None)
    return found and found._replace(said=YEAR_OF_THE_PLAN)


def _is_day(year: int, month: int, day: int) -> bool:
    return year in YEARS and month in range(1, 13) and day in range(1, monthrange(year, month)[1] + 1)


def _one(year: int, month: int, day: int) -> Period:
    if not _is_day(year, month, day):
        raise CellError(NOT_A_DAY)
    found = date(year, month, day)
    return Period(found, found)


def _months(year: int, first: int, count: int) -> Period:
    """Return so many months from one of them; the twelfth may be followed by those of the next year."""
    last = first + count - 1
    last_year, last_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    if year not in YEARS or last_year not in YEARS or not 1 <= first <= 12:
        raise CellError(NOT_A_DAY)
    return Period(date(year, first, 1), date(last_year, last_month, monthrange(last_year, last_month)[1]))


def _month_or_year(text: str, _frame: Frame | None) -> Period | None:
    if match := _YEAR.fullmatch(text):
        return _months(int(match[1]), 1, 12)
    if match := _WINTER.fullmatch(text):
        return _months(_long_year(match[1]), 12, 3)
    if (match := _NUMBERED_MONTH.fullmatch(text)) and int(match[2] or match[3]) <= 12:
        return _months(int(match[1] or match[4]), int(match[2] or match[3]), 1)
    if match := _QUARTER.fullmatch(text):
        return _quarter(int(match[1] or match[4]), int(match[2] or match[3]))
    if match := _RANKED.fullmatch(text):
        return _quarter(int(match[1] or _RANKS.get(match[2], 0)), int(match[3]))
    match = _MONTH_OF_YEAR.fullmatch(text)
    if not match or (match[1] not in _MONTH and match[1] not in _SEASONS):
        return None
    return _months(_long_year(match[2]), _MONTH.get(match[1]) or _SEASONS[match[1]], 1 if match[1] in _MONTH else 3)


def _quarter(number: int, year: int) -> Period:
    if number not in range(1, 5):
        raise CellError(NOT_A_DAY)
    return _months(year, number * 3 - 2, 3)


def _nth_year(text: str, frame: Frame | None) -> Period | None:
    """Read « an 2 » or « années 1 à 3 », from the beginning of the plan."""
    match = _NTH_YEAR.fullmatch(text.replace("annees", "annee").replace("ans ", "an ").replace("years", "year"))
    if not match or frame is None:
        return None
    begins, ends = int(match[1]), int(match[2] or match[1])
    first = _months(frame.first.year + begins - 1, frame.first.month, 1).first
    last = _months(frame.first.year + ends - 1, frame.first.month, 12).last
    if not 0 < begins <= ends or first > frame.last:
        raise CellError(NOT_A_DAY)
    return Period(first, min(last, frame.last), SINCE_THE_PLAN)


def _of_some_year(text: str, frame: Frame | None) -> Period | None:
    """Read « automne » or « fin juin », of the first year of the plan in which it is."""
    if frame is None or _YEAR_IN.search(text) or not _NAMES.intersection(re.split("[ -]", text)):
        return None
    for year in range(frame.first.year, frame.last.year + 1):
        found = _part_of(f"{text} {year}", frame) or _month_or_year(f"{text} {year}", frame)
        if found and found.last >= frame.first and found.first <= frame.last:
            return found._replace(said=YEAR_OF_THE_PLAN)
    return None


def _part_of(text: str, frame: Frame | None) -> Period | None:
    """Read the beginning, the middle or the end of a month or a year: a third of it."""
    match = _PART.fullmatch(text)
    whole = _month_or_year(match[2], frame) if match else None
    if not match or whole is None:
        return None
    part, length = _PARTS[match[1]], (whole.last - whole.first).days + 1
    return Period(
        whole.first + timedelta(days=length * part // 3), whole.first + timedelta(days=length * (part + 1) // 3 - 1)
    )


def _between(text: str, frame: Frame | None) -> Period | None:
    """Read from one day or period to another; « janvier à mars 2027 » says its year once."""
    if match := _FISCAL.fullmatch(text):
        begins, ends = int(match[1]), int(match[1][:2] + match[2])
        return Period(_months(begins, 1, 12).first, _months(ends, 1, 12).last) if ends > begins else None
    match = _BETWEEN.fullmatch(text)
    if not match:
        return None
    last = _single(match[2], frame)
    first = last and (_single(match[1], frame) or _single(f"{match[1]} {last.last.year}", frame))
    return Period(first.first, last.last) if first and last and first.first <= last.last else None


def _single(text: str, frame: Frame | None) -> Period | None:
    return _whole_day(text, None) or _part_of(text, frame) or _month_or_year(text, frame)
