"""The client programs of PostgreSQL: of the versions that are installed, those that suit the server."""

import os
import re
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.core.db import db
from app.core.errors import Conflict

# Where systems keep several versions side by side; what comes first on the PATH may be the oldest of them.
PLACES = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin")
TOOLS = ("pg_dump", "pg_restore", "psql")
VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
PATIENCE = 10
INSTALL = "install postgresql-client-%(server)s, or the like of your system"
NONE = f"%(tool)s is not installed here: it comes with PostgreSQL's client programs ({INSTALL}). Nothing was changed."
OLDER = (
    "The server is PostgreSQL %(server)s, and the newest client programs found here are of version %(found)s, in "
    f"%(folder)s: they can't read a newer server, so {INSTALL}. Nothing was changed."
)


@dataclass(frozen=True)
class Programs:
    """The programs of one version, which stand in one folder and understand one another."""

    version: int
    folder: Path

    def path(self, tool: str) -> str:
        return str(self.folder / tool)

    def reads(self, archive: Path) -> bool:
        """Tell whether these programs are not older than those that wrote an archive."""
        command = [self.path("pg_restore"), "--list", str(archive)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


def get_server_version() -> int:
    """Return the version of the server, 17 for 17.4."""
    with db.engine.connect() as connection:
        version = connection.dialect.server_version_info
    assert version
    return int(version[0])


def get_for_server(version: int) -> Programs:
    """Return the programs of this version, or of the next newer one; an older one refuses its server."""
    return _suitable(version)[0]


def get_for_archive(version: int, archive: Path) -> Programs:
    """Return the first of these that read an archive, which programs of any newer version may have written."""
    found = _suitable(version)
    return next((programs for programs in found if programs.reads(archive)), found[-1])


def _suitable(version: int) -> list[Programs]:
    installed = sorted(_installed(), key=lambda programs: programs.version)
    if not installed:
        raise Conflict(NONE, tool=TOOLS[0], server=version)
    newest = installed[-1]
    if newest.version < version:
        raise Conflict(OLDER, server=version, found=newest.version, folder=newest.folder)
    return [programs for programs in installed if programs.version >= version]


def _installed() -> list[Programs]:
    """Find what is installed, each version by itself before what the PATH calls, which may lead to any of them."""
    side_by_side = [folder for place in PLACES for folder in sorted(Path("/").glob(place))]
    folders = dict.fromkeys([*side_by_side, *map(Path, os.get_exec_path())])
    found = [(folder, _version(folder)) for folder in folders]
    return [Programs(version, folder) for folder, version in found if version]


def _version(folder: Path) -> int:
    """Return the version of the programs in a folder; 0 where one is missing or does not say it."""
    if not all(os.access(folder / tool, os.X_OK) for tool in TOOLS):
        return 0
    with suppress(OSError, subprocess.TimeoutExpired):
        command = [str(folder / TOOLS[0]), "--version"]
        answer = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        found = VERSION.search(answer.stdout)
        return int(found[1]) if found else 0
    return 0
