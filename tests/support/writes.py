"""Which tables were written in since somebody last asked: counted as the statements go by, instead of read again."""

from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Delete, Engine, Insert, Table, Update, event

# What is sent as text and writes in no table that somebody asks about; nobody asks about the content version.
WITHOUT_WRITES = (
    "SELECT",
    "PRAGMA",
    "BEGIN",
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "SET LOCAL",
    "LOCK TABLE",
    "INSERT INTO content_versions",
)
WRITTEN = "tables written in"
# None: any table may have been (a statement that is no construct, a row that takes others along, another database).
_since: WeakKeyDictionary[Engine, set[str] | None] = WeakKeyDictionary()


def since_last_time(engine: Engine) -> set[str] | None:
    """Name the tables of what was committed since the last call; None when it may be any."""
    found = _since.get(engine)
    _since[engine] = set()
    return found


def forget(engine: Engine) -> None:
    """Say that the database became another one."""
    _since[engine] = None


def _note(connection: Any, _cursor: Any, statement: str, _values: Any, context: Any, _many: bool) -> None:
    compiler = getattr(context, "compiled", None)
    construct = getattr(compiler, "statement", None)
    if isinstance(construct, Insert | Update | Delete) and isinstance(construct.table, Table):
        is_alone = not isinstance(construct, Delete) or goes_alone(construct.table)
        connection.info.setdefault(WRITTEN, set()).add(construct.table.name if is_alone else None)
    elif not statement.lstrip().startswith(WITHOUT_WRITES):
        connection.info.setdefault(WRITTEN, set()).add(None)


@cache
def goes_alone(table: Table) -> bool:
    """Tell whether a row that goes changes no other table: no key that points at it says what happens then."""
    keys = [key for other in table.metadata.tables.values() for key in other.foreign_keys if key.column.table is table]
    return not any(key.ondelete for key in keys)


def _keep(connection: Any) -> None:
    """What was written is seen by others from now on."""
    names = connection.info.pop(WRITTEN, set())
    before = _since.get(connection.engine)
    _since[connection.engine] = None if before is None or None in names else before | names


def _undo(connection: Any) -> None:
    if not connection.invalidated:
        connection.info.pop(WRITTEN, None)


event.listen(Engine, "before_cursor_execute", _note)
event.listen(Engine, "commit", _keep)
event.listen(Engine, "rollback", _undo)
