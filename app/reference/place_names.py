"""What places are also called: short names, and those of municipalities that became part of them.

The facts are of the region that ships with the product (`app/operations/data`), by the code of the municipality: the
mergers that the Commission de toponymie du Québec records, and usage. A place that a site does not have has none.
"""

import json
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_suffix(".json")


@cache
def _read() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


def list_other_names(code: str) -> list[str]:
    """Return the short and the former names of a place."""
    return _read().get(code, [])
