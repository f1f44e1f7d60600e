"""The accounts closed in four weeks, or since the oldest backup, by their numbers: a restoration closes them again.

The list stands beside the backups and is sent with them. It names nobody: a number, when the account began and ended.
"""

import json
import sqlite3
import stat
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from app.accounts import service
from app.accounts.models.people import User
from app.core import dialect
from app.core.db import db
from app.core.errors import Invalid
from app.core.unit import command
from app.operations import backup_notes, schema

FILE, SENT = "closed-accounts.json", ".closed-accounts.sent"
DAMAGED = (
    "%(file)s is damaged: it has the numbers of accounts that were closed since a copy was made. Put a sound one in "
    "its place; if there is none, remove it, and close these accounts again by hand. Nothing was changed."
)


@dataclass(frozen=True)
class ClosedAccount:
    """The number of an account, when it was opened, and when it was closed."""

    id: int
    created_at: datetime
    closed_at: datetime


def write(folder: Path, *, since: datetime) -> None:
    """Write what was closed since then; a database that was restored forgets nothing of what the file has."""
    query = select(User.id, User.created_at, User.closed_at).where(User.closed_at >= since)
    known = [one for one in read(folder) if one.closed_at >= since]
    write_list(folder / FILE, {*known, *(ClosedAccount(*row) for row in db.session.execute(query))})


def is_there(folder: Path) -> bool:
    """Tell whether a folder has a list."""
    return (folder / FILE).is_file()


def belongs_to(copy: Path) -> bool:
    """Tell whether the list beside a copy is of whoever put the copy there, and of nobody else.

    In a folder where anybody writes, somebody else could have put a list there, which would close accounts here.
    """
    found = (copy.absolute().parent / FILE).lstat()
    return stat.S_ISREG(found.st_mode) and found.st_uid == copy.stat().st_uid and not found.st_mode & stat.S_IWOTH


def find_in_database() -> list[ClosedAccount] | None:
    """Return what was closed in the present database, which may be of another version; None if it can't be read."""
    query = select(User.id, User.created_at, User.closed_at).where(User.closed_at.is_not(None))
    try:
        if schema.find_absent_file() or not schema.list_tables():
            return []
        with db.engine.connect() as connection:
            return [ClosedAccount(*row) for row in connection.execute(query)]
    except (SQLAlchemyError, sqlite3.Error, ValueError, TypeError):
        return None
    finally:
        schema.disconnect()


def read(folder: Path) -> list[ClosedAccount]:
    """Return what the list of a folder names; nothing where there is none. Raise Invalid for one that is damaged."""
    return read_list(folder / FILE)


def read_list(file: Path) -> list[ClosedAccount]:
    """Return what a list names; nothing where there is none. Raise Invalid for one that is damaged."""
    if not file.is_file():
        return []
    try:
        return [
            ClosedAccount(one["id"], *map(datetime.fromisoformat, (one["created_at"], one["closed_at"])))
            for one in json.loads(file.read_text())
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid(DAMAGED, file=file) from error


def write_list(file: Path, accounts: Iterable[ClosedAccount]) -> None:
    """Write a list, in the order of its numbers, unless it is there. Raise OSError."""
    ordered = sorted(accounts, key=lambda one: (one.id, one.closed_at))
    text = json.dumps([asdict(one) for one in ordered], default=datetime.isoformat, indent=1)
    if not file.is_file() or file.read_text() != text:
        backup_notes.write_whole(file, text)


def is_to_send(folder: Path) -> bool:
    """Tell whether the list changed since it was sent elsewhere."""
    sent = folder / SENT
    return not sent.is_file() or sent.read_text() != (folder / FILE).read_text()


def note_sent(folder: Path) -> None:
    backup_notes.write_whole(folder / SENT, (folder / FILE).read_text())


def close_again(accounts: Iterable[ClosedAccount]) -> int:
    """Close those that a restoration opened again; return how many were."""
    return sum(_close_again(one) for one in accounts)


@command
def _close_again(account: ClosedAccount) -> bool:
    query = select(User).where(User.id == account.id, User.closed_at.is_(None))
    user = db.session.scalar(dialect.lock(query))
    # The number may be that of another account by now: they did not begin at the same moment.
    if user is None or user.created_at != account.created_at:
        return False
    service.erase_account(user)
    return True
