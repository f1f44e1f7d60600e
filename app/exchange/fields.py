"""Read the fields of an imported row strictly: a value that is not of its kind refuses the row, with the reason."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from app.core import clock
from app.core.numbers import LARGEST
from app.core.text.characters import UNSAFE
from app.core.text.plain import clean_line, clean_text, excerpt, has_visible
from app.exchange.lines import RowError

ANONYMOUS = "Anonyme"
# Above the limits of the forms: real titles of elsewhere are longer than ours. A body, of an idea or of a comment (of
# which a page shows many), is measured once it is Markdown; what it is made of may be longer, by its tags.
IDENTIFIER, TITLE, LINE, SPOT, BODY, COMMENT, SOURCE = 200, 500, 200, 120, 100_000, 20_000, 200_000
MOST_TAGS, MOST_FIGURES = 100, 50
# An earlier day would have no hour in the region.
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_TO_SPACES = {ord("\n"): " ", ord("\t"): " "}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
Row = Mapping[str, Any]


def identifier(row: Row, name: str) -> str:
    """Return what names a thing in its source: a text, or a number as text."""
    value = row.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise RowError(f"no {name}" if value in (None, "") else f"{name} is not an identifier")
    if len(value) > IDENTIFIER or UNSAFE.search(value) or "\n" in value:
        raise RowError(f"{name} is not an identifier")
    return value


def optional_identifier(row: Row, name: str) -> str | None:
    return None if row.get(name) is None else identifier(row, name)


def text(row: Row, name: str) -> str:
    """Return a text as the source has it, or an empty one."""
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RowError(f"{name} is not a text")
    return within(name, value, SOURCE)


def within(name: str, value: str, most: int) -> str:
    """Return a text that is not too long. Raise RowError for another."""
    if len(value) > most:
        raise RowError(f"{name} is longer than {most} characters")
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
        raise RowError("no title")
    return within("title", value, TITLE)


def author(row: Row) -> str:
    name = line(row, "author")
    return name if has_visible(name) else ANONYMOUS


def moment(row: Row, name: str) -> datetime:
    """Return a date of the source, in UTC; one without a zone is taken as UTC."""
    value = text(row, name).strip()
    if not value:
        raise RowError(f"no {name}")
    shortened = excerpt(clean_line(value[:LINE]), 40)
    try:
        found = datetime.fromisoformat(value)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise RowError(f"{name} is not a date: {shortened}") from None
    if found < EARLIEST:
        raise RowError(f"{name} is before {EARLIEST.year}: {shortened}")
    if found > clock.now() + timedelta(days=1):
        raise RowError(f"{name} is to come: {shortened}")
    return found


def optional_moment(row: Row, name: str) -> datetime | None:
    return moment(row, name) if row.get(name) else None


def language(row: Row) -> str:
    value = text(row, "lang").strip() or "fr"
    if len(value) > LINE or not _LANGUAGE.fullmatch(value):
        raise RowError("lang is not the code of a language")
    return value.split("-")[0]


def flag(row: Row, name: str, default: bool) -> bool:
    value = row.get(name)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise RowError(f"{name} is not true or false")
    return value


def number(row: Row, name: str) -> int | None:
    value = row.get(name)
    if value is None:
        return None
    if not _is_figure(value) or int(value) != value:
        raise RowError(f"{name} is not a number")
    return int(value)


def figures(row: Row, name: str) -> dict[str, int | float]:
    """Return the totals that the source published; those it left empty are left out."""
    value = row.get(name) or {}
    if not isinstance(value, dict):
        raise RowError(f"{name} is not an object")
    totals = {key: figure for key, figure in value.items() if figure is not None}
    if not all(_is_figure(figure) for figure in totals.values()):
        raise RowError(f"{name} has a value that is not a number")
    if len(totals) > MOST_FIGURES:
        raise RowError(f"{name} has more than {MOST_FIGURES} values")
    return {within(f"a name in {name}", clean_line(key), LINE): figure for key, figure in totals.items()}


def _is_figure(value: Any) -> bool:
    """Tell a number that a column holds; it is compared as it is, since a float can't hold any whole number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST


def lines(row: Row, name: str) -> list[str]:
    """Return a list of short texts, clean and without empty ones."""
    value = row.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise RowError(f"{name} is not a list of texts")
    if len(value) > MOST_TAGS:
        raise RowError(f"{name} has more than {MOST_TAGS} texts")
    return [within(f"a text of {name}", clean, LINE) for item in value if (clean := clean_line(item))]
