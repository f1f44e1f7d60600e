"""Migrations under test: an empty database, a row in every table, and one more migration."""

import importlib
import pkgutil
import re
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import app as rooms
from app import HOUSE, create_app
from app.core.db import Moment, db
from app.operations import migrate, schema
from tests import matrix

NOT_OURS = ("alembic_", "search_words", "huey_", "sqlite_")
# What the checks of a table ask for, beyond its types; a matrix.py says it of its own.
NEEDED: dict[str, dict[str, Any]] = {
    "users": {"site_role": "member"},
    "ideas": {"kind": "idea", "author_id": 1},
    "comments": {"author_id": 1},
    "measures": {"idea_id": 1},
    "restrictions": {"kind": "suspend"},
    "cases": {"idea_id": 1, "state": "open"},
    "case_steps": {"state": "open"},
    "appeals": {"state": "open"},
    "assignments": {"idea_id": 1},
    "handovers": {"state": "open"},
    "move_requests": {"state": "open"},
    "held_revisions": {"idea_id": 1, "state": "open"},
    "account_requests": {"kind": "reset"},
    "relations": {"kind": "related"},
    "follows": {"level": "all"},
    "actions": {"state": "planned"},
    "links": {"answer": "accepted"},
    "update_links": {"idea_id": 1},
    "milestones": {"reached_on": date(2022, 2, 10), "bulletin_id": 1},
}
VALUES: dict[type, Any] = {
    sa.Integer: 1,
    sa.String: "é",
    sa.Boolean: True,
    sa.Float: 1.5,
    sa.JSON: {"é": 1},
    Moment: datetime(2022, 2, 10),
    sa.Date: date(2022, 2, 10),
}


def import_models() -> None:
    """Import every file of the product: also the tables that no door shows yet, and those that a command alone reads."""
    for found in pkgutil.walk_packages(rooms.__path__, "app."):
        importlib.import_module(found.name)


def differences() -> list[Any]:
    """Say in what the tables differ from the models."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "target_metadata": db.metadata,
                "include_object": lambda _o, name, kind, _r, _c: (
                    not (kind in ("table", "column", "index") and name.startswith(NOT_OURS))
                ),
            },
        )
        return list(compare_metadata(context, db.metadata))


def fill() -> None:
    """Write one row in every table, each pointing at the row of its parent."""
    with db.engine.begin() as connection:
        for table in _filled_by_people():
            try:
                connection.execute(row(table))
            except sa.exc.IntegrityError as error:
                raise AssertionError(
                    f"{table.name}: NEEDED of the matrix.py of its noun says what it asks for"
                ) from error


def row(table: sa.Table) -> sa.Insert:
    """Return the statement that writes one row in a table."""
    values = {column.name: _value(column) for column in table.columns if not column.nullable}
    return table.insert().values(**values | (NEEDED | matrix.table("NEEDED")).get(table.name, {}))


def _value(column: sa.Column[Any]) -> Any:
    if column.foreign_keys:
        return 1
    return next(value for kind, value in VALUES.items() if isinstance(column.type, kind))


def _filled_by_people() -> list[sa.Table]:
    """List the tables that begin empty."""
    return [table for table in db.metadata.sorted_tables if table.name != "content_versions"]


def counts() -> dict[str, int]:
    """Count the rows of every table of the models that begins empty."""
    with db.engine.connect() as connection:
        return {
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in _filled_by_people()
        }


def tables() -> set[str]:
    with db.engine.connect() as connection:
        return {name for name in sa.inspect(connection).get_table_names() if not name.startswith(NOT_OURS)}


def upgrade_with(folder: Path, body: str) -> None:
    """Run one more migration, whose `upgrade` has this body, after those of the project."""
    config = migrate.build_configuration()
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", f"{HOUSE / 'migrations' / 'versions'}\n{folder}")
    head = max(file.name[:4] for file in (HOUSE / "migrations" / "versions").glob("0*.py"))
    (folder / "9999_one_more.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\nrevision = '9999'\ndown_revision = {head!r}\n\n\n"
        f"def upgrade():\n    {body}\n\n\ndef downgrade():\n    pass\n"
    )
    command.upgrade(config, "head")


def upgrade(revision: str = "head") -> None:
    """Bring the database up to a revision."""
    command.upgrade(migrate.build_configuration(), revision)


def downgrade(revision: str) -> None:
    """Bring the database down to a revision, or to nothing (`base`)."""
    command.downgrade(migrate.build_configuration(), revision)


def write(message: str) -> None:
    """Write the next migration from what differs between the models and the tables of the development database."""
    import_models()
    upgrade()
    number = int(schema.get_head_revision()) + 1
    script: Any = command.revision(migrate.build_configuration(), message, autogenerate=True, rev_id=f"{number:04}")
    file = Path(script.path)
    file.write_text(re.sub(r"(?m)^    # ###.*\n", "", file.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    with create_app().app_context():
        write(" ".join(sys.argv[1:]))
