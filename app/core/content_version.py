"""The content version: a number that changes with whatever a reader may see.

It is the sum of sixteen rows. A transaction that wrote in a table which is not exempt adds one to a row taken at
random, last, by itself: writers do not queue on it. `versions.keep` keeps what was read while it stays.
"""

import random
import secrets
from contextvars import ContextVar
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import BigInteger, Connection, Engine, event, inspect, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model

SLOTS = 16
# Tables of which no page of a reader without an account shows anything, each with what it holds instead.
EXEMPT = {
    "accesses": "who read personal data: shown to the person and to administrators",
    "account_requests": "what was asked at an address, for the worker",
    "registrations": "what was typed to open an account, until its address is confirmed",
    "assignments": "in whose hands a thing is: shown to its team",
    "attempts": "counts of limits",
    "consents": "which charter a person accepted: shown to them",
    "content_versions": "the number itself",
    "dead_addresses": "addresses that do not exist",
    "facts": "what is to be told to followers",
    "follows": "what one person chose to hear of",
    "heartbeats": "the sign of life of a worker: /readyz, which is never kept",
    "invitations": "letters to a private community: shown to its team and to whoever has the link",
    "notes": "what a team writes for itself",
    "notice_paces": "how one person chose to be told",
    "notice_settings": "how one person chose to be told",
    "notices": "what one person is told",
    "outbox": "mails",
    "plan_drafts": "the next version of a plan: shown to the coordination",
    "plan_imports": "files of a plan that wait to be confirmed: shown to the coordination",
    "read_marks": "how far a team has read a community",
    "saved_replies": "what a team writes for itself",
    "search_lost_words": "words that may be in no text any more, for the worker",
    "sessions": "who is signed in where",
    "sittings": "who types what was said at a meeting: shown to them",
    "site_keys": "the mark of the key that this database was made with",
    "submissions": "which form was sent already",
    "summaries": "which summaries one person was sent",
    "thread_read_marks": "how far a team has read a thread",
    "thread_visits": "how far one person has read a thread",
    "versions": "numbers that change beside what they count",
}
# What is sent as text and writes nothing.
READS = ("SELECT", "PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET ", "SHOW")
TEXT = "a statement that was sent as text"
WRITTEN = "content written"
_ADD = text(
    "INSERT INTO content_versions (slot, n) VALUES (:slot, :more)"
    " ON CONFLICT (slot) DO UPDATE SET n = content_versions.n + :more"
)
# Tables of which a row says that somebody came or sent a form, not that what they sent changed anything.
TRACES = frozenset({"attempts", "sessions", "submissions", "thread_read_marks", "thread_visits", "versions"})
# The tables in which the transactions of this request wrote, since `forget_writes`.
_writes: ContextVar[frozenset[str]] = ContextVar("content_writes", default=frozenset())
# Whether an engine's database has the table: an older schema, which is about to be migrated, has not.
_present: WeakKeyDictionary[Engine, bool] = WeakKeyDictionary()


class ContentVersion(Model):
    __tablename__ = "content_versions"
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(BigInteger)


# For whoever asks beside SQLAlchemy.
SQL = "SELECT sum(n) FROM content_versions"


def watch(engine: Engine) -> None:
    """Have every transaction of this engine that writes what a reader may see change the version before it commits."""
    event.listen(engine, "after_cursor_execute", _note)
    event.listen(engine, "commit", _touch)
    event.listen(engine, "rollback", _drop)


def _note(connection: Connection, cursor: Any, statement: str, _values: Any, context: Any, _many: bool) -> None:
    if context.isinsert or context.isupdate or context.isdelete:
        # How many rows were written is known once those that come back are read, which is later.
        if cursor.rowcount == 0 and not context.compiled.effective_returning:
            return
        name = context.compiled.statement.table.name
    elif _is_text(context) and not statement.lstrip().upper().startswith(READS):
        name = TEXT
    else:
        return
    connection.info.setdefault(WRITTEN, set()).add(name)


def _is_text(context: Any) -> bool:
    return context.compiled is None or context.isddl or bool(getattr(context.compiled, "isplaintext", False))


def forget_writes() -> None:
    """Begin to note what is written from now on, for `has_written`."""
    _writes.set(frozenset())


def has_written() -> bool:
    """Tell whether what was committed since `forget_writes` changed a row, the traces of its passage aside."""
    return bool(_writes.get() - TRACES)


def _touch(connection: Connection) -> None:
    tables = connection.info.pop(WRITTEN, set())
    _writes.set(_writes.get() | tables)
    written = tables - EXEMPT.keys()
    if written and _is_there(connection, look=TEXT in written):
        connection.execute(_ADD, {"slot": random.randrange(SLOTS), "more": 1})
    connection.info.pop(WRITTEN, None)


def _is_there(connection: Connection, *, look: bool) -> bool:
    """Tell whether the table is there; what was sent as text may have made it or dropped it."""
    if look or not _present.get(connection.engine):
        _present[connection.engine] = inspect(connection).has_table(ContentVersion.__tablename__)
    return _present[connection.engine]


def _drop(connection: Connection) -> None:
    """Forget what was written; a connection that was cut forgot it by itself, and answers nothing any more."""
    if not connection.invalidated:
        connection.info.pop(WRITTEN, None)


def leap(connection: Connection) -> None:
    """Go to a number that this database never had, nor any other of its history: it was migrated or put back.

    A process that is still running keeps pages under the numbers that the database had before.
    """
    if inspect(connection).has_table(ContentVersion.__tablename__):
        connection.execute(_ADD, {"slot": 0, "more": 1 + secrets.randbelow(2**40)})
