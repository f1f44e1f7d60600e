"""A site that is installed in folders of releases, of which the newer one is the program under test."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask

from app.core import maintenance
from app.core.db import db
from app.operations import backup, releases, schema, upgrade, upgrade_back, upgrade_notes
from app.operations.upgrade_notes import Notes
from tests.operations.test_backup import names

# Before the last migrations; the versions are later than any that may be made.
FORMER, OLD, NEW = "0021", "2098.1.0", "2098.2.0"


@dataclass
class Site:
    """The site, its folders, and what the terminal said."""

    app: Flask
    folder: Path
    lines: list[str] = field(default_factory=list)

    @property
    def data_dir(self) -> Path:
        place: Path = self.app.config["DATA_DIR"]
        return place

    @property
    def link(self) -> Path:
        return self.folder / "current"

    @property
    def notes(self) -> Notes:
        notes = upgrade_notes.read(self.data_dir)
        assert notes
        return notes

    def release(self, name: str) -> Path:
        return self.folder / "releases" / name

    def upgrade(self) -> Any:
        db.session.remove()
        return upgrade.upgrade(
            self.app.config, self.app.extensions["huey"], self.lines.append, lambda line: self.lines.append(line)
        )

    def go_back(self, *, lose_them: bool = False) -> Any:
        db.session.remove()
        return upgrade_back.go_back(
            self.app.config,
            self.app.extensions["huey"],
            self.lines.append,
            lambda line: self.lines.append(line),
            lose_them=lose_them,
        )

    def read_aside(self) -> set[str]:
        """Return the names of the communities of the database that going back put aside, which is put back for that."""
        backup.restore(Path(self.notes.former), self.data_dir)
        return self.describe()[2]

    def describe(self) -> tuple[str, str, set[str], bool]:
        """Return the version that the link leads to, the schema, the names of the communities and whether it is open."""
        schema.disconnect()
        is_open = not maintenance.is_marked(self.data_dir)
        found = self.link.resolve().name, schema.get_current_revision(), names(), is_open
        db.session.remove()
        return found


def make(folder: Path, number: str) -> Path:
    """Make a folder of a version, with what is looked at in one."""
    for name in (*releases.OURS, releases.PROGRAM, releases.CATALOGUE):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    (folder / releases.PROGRAM).chmod(0o755)
    (folder / "pyproject.toml").write_text(f'[project]\nversion = "{number}"\n')
    return folder
