"""The content version: a number that changes with whatever a reader may see.

It is the sum of sixteen rows. A transaction that wrote in a table which readers see adds one to a row taken at random,
last, by itself: writers do not queue on it. `versions.get_or_load` keeps what was read while it stays. Each model says
on its class whether readers see its table (`db.Base`).
"""

import random
import secrets
from contextvars import ContextVar
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import BigInteger, Connection, Engine, event, inspect, text
from sqlalchemy.orm import Mapped, mapped_column, registry

from app.core.db import Model

SLOTS = 16
# What is sent as text and writes nothing.
READS = ("SELECT", "PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET ", "SHOW")
TEXT = "a statement that was sent as text"
WRITTEN = "content written"
_ADD = text(
    "INSERT INTO content_versions (slot, n) VALUES (:slot, :more)"
    " ON CONFLICT (slot) DO UPDATE SET n = content_versions.n + :more"
)
# The tables that no public page shows, and those of which a row is a trace of a passage.
_private: set[str] = set()
_traces: set[str] = set()
# The tables in which the transactions of this request wrote, since `forget_writes`.
_writes: ContextVar[frozenset[str]] = ContextVar("content_writes", default=frozenset())
# Whether an engine's database has the table: an older schema, which is about to be migrated, has not.
_present: WeakKeyDictionary[Engine, bool] = WeakKeyDictionary()


class ContentVersion(Model):
    __tablename__ = "content_versions"
    private_because = "the number itself"
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(BigInteger)


# For whoever asks beside SQLAlchemy.
SQL = "SELECT sum(n) FROM content_versions"


def watch(engine: Engine) -> None:
    """Have every transaction of this engine that writes what a reader may see change the version before it commits.

    Raise TypeError where a model does not say who is shown its table.
    """
    models = get_models(Model.registry)
    _private.update(name for name, model in models.items() if not model.public)
    _traces.update(name for name, model in models.items() if model.is_trace)
    event.listen(engine, "after_cursor_execute", _note)
    event.listen(engine, "commit", _touch)
    event.listen(engine, "rollback", _drop)


def get_models(models: registry) -> dict[str, Any]:
    """Return the class of each table, by the name of the table.

    Raise TypeError for a table without a class, and for a class that does not say who is shown its table.
    """
    found = {mapper.class_.__tablename__: mapper.class_ for mapper in models.mappers}
    faults = [f"the table {name} has no class: write one on Model" for name in models.metadata.tables.keys() - found]
    faults += [_ask_who_reads(model) for model in found.values() if model.public is bool(model.private_because)]
    if faults:
        raise TypeError("; ".join(sorted(faults)))
    return found


def _ask_who_reads(model: Any) -> str:
    return (
        f"{model.__module__.replace('.', '/')}.py, class {model.__name__}: write `public = True` where a page that "
        'needs no account shows something of this table, else `private_because = "shown to one person"`, with its true '
        "reason"
    )


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
    return bool(_writes.get() - _traces)


def _touch(connection: Connection) -> None:
    tables = connection.info.pop(WRITTEN, set())
    _writes.set(_writes.get() | tables)
    written = tables - _private
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
