"""Follow what rooms change: what a transaction writes of a text or of its sight is in the index as it commits.

Rows of the session are watched, so that no act has to say it (as `ideas.counting` does). A statement that writes a
watched column by itself calls `note`; tests compare the whole index after each such statement.
"""
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from app.core.db import db
from app.search import writing
from app.search.texts import Text

NOTED = "texts"
Ids = Callable[[Any], Iterable[int]]
"""From the row that was written to the numbers of the things whose text it is part of."""


@dataclass(frozen=True)
class Part:
    """What goes with a text: the columns that it is made of (none: any), and the numbers of its things.

    `ids` is asked just before the commit, with the number that `of` found in the row as it was written.
    """

    columns: tuple[str, ...]
    of: Callable[[Any], int]
    ids: Callable[[int], Iterable[int]] = lambda number: (number,)


@dataclass(frozen=True)
class Source:
    """What a room lets search find: `read` returns the texts of those of these things that are to be found.

    `columns` are those of the model that a text, or its sight, is made of; `parts` are the same for other tables.
    """

    kind: str
    model: Any
    columns: tuple[str, ...]
    read: Callable[[Collection[int]], Sequence[Text]]
    parts: Mapping[Any, Part] = field(default_factory=dict)

    def part_of(self, row: Any) -> Part | None:
        return Part(self.columns, lambda one: int(one.id)) if type(row) is self.model else self.parts.get(type(row))


SOURCES: list[Source] = []
"""What is found; the wiring fills the list."""


def watch() -> None:
    """Follow what is written through the session."""
    event.listen(db.session, "after_flush", _note_rows)
    event.listen(db.session, "before_commit", _settle)
    event.listen(db.session, "after_rollback", _forget)


def note(kind: str, ids: Iterable[int]) -> None:
    """Have these things read again before the commit: a statement wrote their rows by itself."""
    noted = db.session().info.setdefault(NOTED, {})
    for row_id in ids:
        noted.setdefault((kind, None, row_id), False)


def _note_rows(session: Session, _context: Any) -> None:
    noted = session.info.setdefault(NOTED, {})
    gone = set(session.deleted)
    for row in (*session.new, *gone, *session.dirty):
        for source, part in _parts_of(row):
            if row in session.new or row in gone or _has_changed(row, part.columns):
                is_thing = type(row) is source.model
                key = (source.kind, None if is_thing else part, part.of(row))
                noted[key] = noted.get(key, False) or (is_thing and row in session.new)


def _parts_of(row: Any) -> Iterator[tuple[Source, Part]]:
    for source in SOURCES:
        part = source.part_of(row)
        if part:
            yield source, part


def _has_changed(row: Any, columns: Iterable[str]) -> bool:
    attributes = inspect(row).attrs
    return not columns or any(attributes[name].history.has_changes() for name in columns)


def _forget(session: Session) -> None:
    session.info.pop(NOTED, None)


def _settle(session: Session) -> None:
    session.flush()
    ids, new_ids = defaultdict[str, set[int]](set), defaultdict[str, set[int]](set)
    for (kind, part, number), is_new in session.info.pop(NOTED, {}).items():
        ids[kind].update(part.ids(number) if part else (number,))
        new_ids[kind].update((number,) if is_new else ())
    for source in SOURCES:
        asked = sorted(ids[source.kind])
        if asked:
            writing.write(source.kind, asked, source.read(asked), new_ids=new_ids[source.kind])
