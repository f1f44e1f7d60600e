"""The page of the documentation that holds the permission book (`python -m tests.support.book` writes it)."""

import tempfile
from pathlib import Path

from app import HOUSE, create_app
from app.cli.book import lines
from tests.support.house import SETTINGS

FILE = HOUSE / "docs" / "permissions.md"
HEAD = """# Permissions

Who may do what, as `reflexe permissions` prints it: a line for each right, its clauses separated by `|`. Any clause grants; all the
predicates of a clause must hold. Each predicate is a function of that name in the `policy` of a room or in `app/core/permits.py`; who
exactly passes, in each state of the thing, is written in `LAW` of the tests (`tests/web/*/matrix.py`, `tests/ideas/test_policy.py`)
and, address by address, in `ROUTES` of `tests/web/*/matrix.py`.

```text
"""


def page() -> str:
    """Write the page; the application must have been imported, since its rooms fill the book."""
    return HEAD + "\n".join(lines()) + "\n```\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        create_app(**SETTINGS, DATA_DIR=Path(folder), DATABASE_URL=f"sqlite:///{folder}/none.db")
    FILE.write_text(page(), encoding="utf-8")
