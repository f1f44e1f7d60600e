"""Read the fields of an imported row strictly: a value that is not of its kind refuses the row, with the reason."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from app.core import clock
from app.core.errors import N_
from app.core.numbers import LARGEST
from app.core.text.characters import UNSAFE
from app.core.text.plain import clean_line, clean_text, excerpt, has_visible
from app.exchange.report import RowError

ANONYMOUS = "Anonyme"
# Above the limits of the forms: real titles of elsewhere are longer than ours. A body, of an idea or of a comment (of
# which a page shows many), is measured once it is Markdown; what it is made of may be longer, by its tags.
IDENTIFIER, TITLE, LINE, SPOT, BODY, COMMENT, SOURCE = 200, 500, 200, 120, 100_000, 20_000, 200_000
MOST_TAGS, MOST_FIGURES = 100, 50
# An earlier day would have no hour in the region.
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
MISSING, NOT_IDENTIFIER = N_("%(field)s manque"), N_("%(field)s n'est pas un identifiant")
NOT_TEXT, NOT_LIST = N_("%(field)s n'est pas un texte"), N_("%(field)s n'est pas une liste de textes")
TOO_LONG = N_("%(field)s dépasse %(most)d caractères")
LONG_TEXT, LONG_NAME = (
    N_("un texte de %(field)s dépasse %(most)d caractères"),
    N_("un nom de %(field)s dépasse %(most)d caractères"),
)
NOT_DATE, TO_COME = N_("%(field)s n'est pas une date"), N_("%(field)s est à venir")
TOO_EARLY, NOT_LANGUAGE = N_("%(field)s est avant %(year)s"), N_("%(field)s n'est pas le code d'une langue")
NOT_FLAG, NOT_NUMBER = N_("%(field)s n'est ni vrai ni faux"), N_("%(field)s n'est pas un nombre")
NOT_OBJECT, NOT_FIGURE = N_("%(field)s n'est pas un objet"), N_("%(field)s a une valeur qui n'est pas un nombre")
MANY_TEXTS, MANY_FIGURES = N_("%(field)s a plus de %(most)d textes"), N_("%(field)s a plus de %(most)d valeurs")
_TO_SPACES = {ord("\n"): " ", ord("\t"): " "}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
Row = Mapping[str, Any]


def identifier(row: Row, name: str) -> str:
    """Return what names a thing in its source: a text, or a number as text."""
    value = row.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise RowError(MISSING if value in (None, "") else NOT_IDENTIFIER, field=name)
    if len(value) > IDENTIFIER or UNSAFE.search(value) or "\n" in value:
        raise RowError(NOT_IDENTIFIER, field=name)
    return value


def optional_identifier(row: Row, name: str) -> str | None:
    return None if row.get(name) is None else identifier(row, name)


def text(row: Row, name: str) -> str:
    """Return a text as the source has it, or an empty one."""
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RowError(NOT_TEXT, field=name)
    return within(name, value, SOURCE)


def within(name: str, value: str, most: int, message: str = TOO_LONG) -> str:
    """Return a text that is not too long. Raise RowError for another."""
    if len(value) > most:
        raise RowError(message, field=name, most=most)
    return value


def line(row: Row, name: str) -> str:
    """Return a text on one clean line (NFC)."""
    return within(name, clean_line(text(row, name)), LINE)


def spot(row: Row) -> str:
    return within("spot", clean_line(text(row, "spot")), SPOT)


def title(row: Row) -> str:
    """Return the title as the source has it, its spacing too: NFC, on one line, without control characters."""
    value = clean_text(text(row, "title")).translate(_TO_SPACES).strip()
    if not has_visible(value):
        raise RowError(MISSING, field="title")
    return within("title", value, TITLE)


def author(row: Row) -> str:
    name = line(row, "author")
    return name if has_visible(name) else ANONYMOUS


def moment(row: Row, name: str) -> datetime:
    """Return a date of the source, in UTC; one without a zone is taken as UTC."""
    value = text(row, name).strip()
    if not value:
        raise RowError(MISSING, field=name)
    shortened = excerpt(clean_line(value[:LINE]), 40)
    try:
        found = datetime.fromisoformat(value)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise RowError(NOT_DATE, shortened, field=name) from None
    if found < EARLIEST:
        raise RowError(TOO_EARLY, shortened, field=name, year=str(EARLIEST.year))
    if found > clock.now() + timedelta(days=1):
        raise RowError(TO_COME, shortened, field=name)
    return found


def optional_moment(row: Row, name: str) -> datetime | None:
    return moment(row, name) if row.get(name) else None


def language(row: Row) -> str:
    value = text(row, "lang").strip() or "fr"
    if len(value) > LINE or not _LANGUAGE.fullmatch(value):
        raise RowError(NOT_LANGUAGE, field="lang")
    return value.split("-")[0]


def flag(row: Row, name: str, default: bool) -> bool:
    value = row.get(name)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise RowError(NOT_FLAG, field=name)
    return value


def number(row: Row, name: str) -> int | None:
    value = row.get(name)
    if value is None:
        return None
    if not _is_figure(value) or int(value) != value:
        raise RowError(NOT_NUMBER, field=name)
    return int(value)


def figures(row: Row, name: str) -> dict[str, int | float]:
    """Return the totals that the source published; those it left empty are left out."""
    value = row.get(name) or {}
    if not isinstance(value, dict):
        raise RowError(NOT_OBJECT, field=name)
    totals = {key: figure for key, figure in value.items() if figure is not None}
    if not all(_is_figure(figure) for figure in totals.values()):
        raise RowError(NOT_FIGURE, field=name)
    if len(totals) > MOST_FIGURES:
        raise RowError(MANY_FIGURES, field=name, most=MOST_FIGURES)
    return {within(name, clean_line(key), LINE, LONG_NAME): figure for key, figure in totals.items()}


def _is_figure(value: Any) -> bool:
    """Tell a number that a column holds; it is compared as it is, since a float can't hold any whole number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST


def lines(row: Row, name: str) -> list[str]:
    """Return a list of short texts, clean and without empty ones."""
    value = row.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise RowError(NOT_LIST, field=name)
    if len(value) > MOST_TAGS:
        raise RowError(MANY_TEXTS, field=name, most=MOST_TAGS)
    return [within(name, clean, LINE, LONG_TEXT) for item in value if (clean := clean_line(item))]
