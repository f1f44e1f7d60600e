"""What figures are of: a period in months of the region, a community, an MRC."""

import re
from dataclasses import dataclass

from app.core import months

YEAR = 12
NEVER = "9999-12"


@dataclass(frozen=True)
class Scope:
    """The months from `first` to `last`, both counted, and a community or an MRC by their numbers (None: all)."""

    first: str = ""
    last: str = NEVER
    community_id: int | None = None
    mrc_id: int | None = None

    @property
    def end(self) -> str:
        """Return the month that comes after the last: every code of the period sorts before it."""
        return months.shift(self.last, 1) if self.last != NEVER else "9999-99"

    @property
    def is_narrowed(self) -> bool:
        """Tell whether a community or an MRC was chosen: beside one, numbers of persons are not shown."""
        return self.community_id is not None or self.mrc_id is not None


def last_months(number: int = YEAR) -> tuple[str, str]:
    """Return the first and the last of the last months, the present one included."""
    return months.shift(months.present(), 1 - number), months.present()


def parse_period(text: str) -> tuple[str, str] | None:
    """Return the first and the last month of a period as an address writes it; None for what is none.

    "" is the last twelve months, `all` has no bound, and `2026` is a calendar year.
    """
    if text in ("", "all"):
        return ("", NEVER) if text else last_months()
    return of_year(int(text)) if re.fullmatch("[12][0-9]{3}", text) else None


def of_year(year: int) -> tuple[str, str]:
    """Return the first and the last month of a calendar year."""
    return f"{year:04}-01", f"{year:04}-12"
