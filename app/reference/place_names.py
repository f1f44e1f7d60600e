"""What places are also called: short names, and those of municipalities that became part of them.

The facts are of the region that ships with the product (`app/operations/data`), by the code of the municipality: the
mergers that the Commission de toponymie du Québec records, and usage. A place that a site does not have has none.
"""

import json
from pathlib import Path

_NAMES: dict[str, list[str]] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))


def list_other_names(code: str) -> list[str]:
    """Return the short and the former names of a place."""
    return _NAMES.get(code, [])
