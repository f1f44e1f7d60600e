"""What is looked at before an upgrade begins: whatever could stop it is found while the site runs."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import func, inspect, select

from app.core import clock, dialect, keys, maintenance, site_key, version
from app.core.db import db
from app.core.errors import Conflict
from app.operations import backup_folder, releases, schema, site_keys, upgrade_notes
from app.operations import backup_sqlite as sqlite
from app.operations.upgrade_notes import Notes

Settings = Mapping[str, Any]
SPARE = 100 * 2**20
SETTINGS = "Are the settings those of the site (`set -a; . /etc/reflexe.env; set +a`)? Nothing was changed."
NO_LINK = (
    "%(link)s is not there: it leads to the folder of the version that runs. Make it, then run this again:\n"
    "  ln -s FOLDER %(link)s"
)
NOT_A_LINK = (
    "%(link)s is no link, and must be one that leads to the folder of the version that runs. Move it away, "
    "`ln -s FOLDER %(link)s`, then run this again."
)
NO_WRITING = "This user may not change %(link)s: `chown %(user)s %(folder)s`, then run this again."
OTHER_USER = (
    "The files of %(folder)s are those of another user, who could not write any more: run this as the user who runs "
    "the site, with the same settings. Nothing was changed."
)
INSIDE = (
    "%(name)s is %(place)s, in the folder of one version: the next one would have another, and it would go with that "
    "folder. Have it at %(outside)s: stop the site and the worker, move there what is in %(former)s unless it is the "
    "same, write its whole path into the settings, then run this again."
)
NO_DATABASE = f"The database is %(difference)s. {SETTINGS}"
EMPTY = f"The database is empty: there is nothing to upgrade, and `reflexe migrate` makes its tables. {SETTINGS}"
NEWER = (
    "The database is at %(revision)s, which a newer version made: %(version)s does not know it. Take that version. "
    "Nothing was changed."
)
OTHER_KEY = f"SECRET_KEY is not the key that this database was made with: people would be signed out. {SETTINGS}"
LOST = "%(lost)s. Nothing was changed."
NO_ROOM = "An upgrade needs %(needed)s MB free in %(folder)s, which has %(free)s: make room. Nothing was changed."


def examine(settings: Settings) -> Notes:
    """Return the notes of an upgrade to the program that runs. Raise Conflict, Invalid."""
    house = releases.get_house()
    link = releases.find_link(house)
    former = _follow(link) if link else house
    if link and former != house:
        releases.refuse_folder(house, former)
        _refuse_places(settings, link, former)
    else:
        # A program on its own; or one that the link leads to already, whose database is still to be brought to it.
        link = None
    refuse_other_user(settings["DATA_DIR"])
    is_held = maintenance.is_held(settings["DATA_DIR"])
    maintenance.refuse_other(settings["DATA_DIR"], maintenance.UPGRADE, is_held=is_held)
    _refuse_without_rights(link)
    if lost := backup_folder.describe_loss(settings["DATA_DIR"], get_folder(settings)):
        raise Conflict(LOST, lost=lost)
    revision = _get_revision(settings, releases.read_version(house))
    backup = get_folder(settings) / f"before-{releases.read_version(house)}.{find_suffix()}"
    _refuse_without_room(settings)
    last = _find_way_back(settings["DATA_DIR"])
    return Notes(
        step=upgrade_notes.TRIAL,
        began_at=clock.now(),
        to_version=releases.read_version(house),
        to_commit=version.find_commit(),
        to_folder=str(house),
        from_version=releases.read_version(former) if link else getattr(last, "to_version", ""),
        from_folder=str(former) if link else "",
        link=str(link or ""),
        from_revision=revision,
        backup=str(backup),
        last=last if last and last.backup != str(backup) else None,
    )


def _find_way_back(data_dir: Path) -> Notes | None:
    """Return the last upgrade that was done; of a program on its own it says the version, too."""
    last = upgrade_notes.read(data_dir)
    return last.way_back if last else None


def get_folder(settings: Settings) -> Path:
    """Return where the backup of an upgrade is, and its rehearsal: in clear, so not where others are encrypted."""
    folder: Path | None = None if settings["BACKUP_ENCRYPT"] else settings["BACKUP_DIR"]
    return folder or settings["DATA_DIR"] / "backups"


def find_suffix() -> str:
    return "db" if dialect.database_file() else "dump"


def _follow(link: Path) -> Path:
    """Return the folder that the link leads to, past all links."""
    if not link.is_symlink():
        raise Conflict(NOT_A_LINK if link.exists() else NO_LINK, link=link)
    return link.resolve()


def _refuse_places(settings: Settings, link: Path, former: Path) -> None:
    """Refuse what would be another file for each version: its path begins at the folder of one, or goes by the link."""
    house = releases.get_house()
    places = {"DATA_DIR": settings["DATA_DIR"], "DATABASE_URL": dialect.database_file()}
    for name, place in (places | {"BACKUP_DIR": settings["BACKUP_DIR"]}).items():
        if place and (place.is_relative_to(link) or place.resolve().is_relative_to(house.parent)):
            real = place.resolve()
            present = former / real.relative_to(house) if real.is_relative_to(house) else real
            raise Conflict(INSIDE, name=name, place=place, former=present, outside=link.with_name(place.name))


def refuse_other_user(data_dir: Path) -> None:
    """Refuse root too: its files could not be read by the site, nor may it run what that user's notes name."""
    if os.name == "posix" and data_dir.stat().st_uid != os.geteuid():
        raise Conflict(OTHER_USER, folder=data_dir)


def _refuse_without_rights(link: Path | None) -> None:
    if os.name == "posix" and link and not os.access(link.parent, os.W_OK):
        raise Conflict(NO_WRITING, link=link, user=str(os.geteuid()), folder=link.parent)


def _get_revision(settings: Settings, number: str) -> str:
    """Return the revision of the database; refuse one that this program can't upgrade, or that is another site's."""
    if schema.find_absent_file():
        raise Conflict(NO_DATABASE, difference=schema.describe_difference())
    schema.refuse_foreign(schema.list_tables())
    revision = schema.get_current_revision()
    if not revision:
        raise Conflict(EMPTY)
    if not set(revision.split()) <= schema.list_known_revisions():
        raise Conflict(NEWER, revision=revision, version=number)
    is_noted = inspect(db.engine).has_table(site_key.SiteKey.__tablename__)
    if is_noted and not site_keys.is_known(site_key.find_mark(), keys.get_keys(settings)):
        raise Conflict(OTHER_KEY)
    db.session.remove()
    return revision


def _refuse_without_room(settings: Settings) -> None:
    """Refuse a disk without room for the backup, twice since it is made again, and for the migrations of a file."""
    needed = {get_folder(settings): 2 * get_size() + SPARE}
    if file := dialect.database_file():
        needed[file.parent] = get_size() + SPARE
    for folder, size in needed.items():
        device = find_device(folder)
        on_it = sum(more for other, more in needed.items() if find_device(other) == device)
        if get_free(folder) < max(size, on_it):
            values = {"needed": str(on_it // 2**20), "free": str(get_free(folder) // 2**20)}
            raise Conflict(NO_ROOM, folder=folder, **values)


def get_size() -> int:
    """Return about how large the database is, in bytes."""
    if file := dialect.database_file():
        return sum(one.stat().st_size for one in sqlite.list_files(file) if one.exists())
    with db.engine.connect() as connection:
        return int(connection.scalar(select(func.pg_database_size(func.current_database()))) or 0)


def get_free(folder: Path) -> int:
    """Return how much is free where a folder is, or will be."""
    return shutil.disk_usage(_find_made(folder)).free


def find_device(folder: Path) -> int:
    return _find_made(folder).stat().st_dev


def _find_made(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if one.exists())
