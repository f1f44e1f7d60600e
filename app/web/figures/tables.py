"""What a plate of the figures is made of: its page, its files and the words of its drawing say the same of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import format_date, format_decimal, ngettext
from flask_babel import gettext as _

from app.core.masking import Count
from app.figures.spread import Spread
from app.forms.base import format_count
from app.web.frame.charts import Chart
from app.web.frame.person_counts import format_persons

NONE = "–"
LONG = 16
"""A table of more rows is folded."""


@dataclass(frozen=True)
class Cell:
    """What a page shows (`text`) and a file holds (`value`), and the address of its list or its page."""

    value: Any
    text: str
    url: str = ""


@dataclass(frozen=True)
class Table:
    """A table, and its name in the addresses of its files; the first cell of a row names it."""

    name: str
    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""

    @property
    def is_long(self) -> bool:
        return len(self.rows) > LONG


@dataclass(frozen=True)
class Plate:
    """A drawing and its tables under a title, with what is to be seen on it and, in one line, how it is counted.

    So many of the first tables stand `beside` the drawing. `views` are other ways to tell the next one, as tabs.
    """

    name: str
    title: str
    finding: str
    definition: str
    drawn: Chart | None = None
    tables: Sequence[Table] = ()
    views: Sequence[tuple[str, str, bool]] = ()
    beside: int = 1


def write_text(text: str, url: str = "") -> Cell:
    return Cell(text, text, url)


def write_number(number: int, find_url: Callable[..., str] | None = None, **narrowed: Any) -> Cell:
    """Write a number of contents, with the address of its list; nothing leads to an empty list."""
    return Cell(number, str(format_count(number)), find_url(**narrowed) if number and find_url else "")


def write_days(spread: Spread | None, days: float | None) -> Cell:
    return Cell("", NONE) if spread is None or days is None else Cell(days, format_days(days))


def write_half(spread: Spread | None) -> Cell:
    """Write where the middle half is: 4 à 12 jours."""
    if spread is None:
        return Cell("", NONE)
    text = _("%(low)s à %(high)s", low=format_decimal(round(spread.low)), high=format_days(round(spread.high)))
    return Cell(text, text)


def write_persons(count: Count) -> Cell:
    words = format_persons(count)
    return Cell(count if isinstance(count, int) else words, words)


def format_days(days: float) -> str:
    """Write a number of days: 6 jours, 1 jour, 12,5 jours."""
    number = round(days, 1)
    return ngettext("%(days)s jour", "%(days)s jours", 1 if number < 2 else 2, days=format_decimal(number))


def format_share(number: float, total: float) -> str:
    """Write what a number is of a total, in a hundred; never all or nothing where it is neither."""
    share = 100 * number / total if total else 0
    share = min(max(share, 1), 99) if 0 < number < total else share
    return _("%(percent)s %%", percent=format_decimal(round(share)))


def format_month_code(code: str, pattern: str = "MMMM y") -> str:
    return str(format_date(date(int(code[:4]), int(code[5:]), 1), pattern))


def leave_out_empty(head: Sequence[str], rows: Sequence[Sequence[Cell]], columns: Iterable[int]) -> Table:
    """Return a table, still without a name, less those of some columns in which no row has a number."""
    out = {column for column in columns if not any(row[column].value for row in rows)}
    keep = [number for number in range(len(head)) if number not in out]
    return Table("", "", [head[n] for n in keep], [[row[n] for n in keep] for row in rows])
