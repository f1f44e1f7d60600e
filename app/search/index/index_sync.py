"""Follow what rooms change: what a transaction writes of a text or of its sight is in the index as it commits.

Rows of the session are watched, so that no act has to say it (as `ideas.facet_counting` does). A statement that writes
a watched column by itself calls `mark_changed`; tests compare the whole index after each such statement.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from app.core import dialect
from app.core.actor import Actor
from app.core.db import db
from app.search.index import known_words, writing
from app.search.index.texts import MOST_KINDS, NUMBERS, Description, Text

NOTED = "texts"
Ids = Callable[[Any], Iterable[int]]
"""From the row that was written to the numbers of the things whose text it is part of."""


@dataclass(frozen=True)
class TextPart:
    """What goes with a text: the columns that it is made of (none: any), and the numbers of its things.

    `ids` is asked just before the commit, with the number that `of` found in the row as it was written.
    """

    columns: tuple[str, ...]
    of: Callable[[Any], int]
    ids: Callable[[int], Iterable[int]] = lambda number: (number,)


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a room lets search find: `read` returns the texts of those of these things that are to be found.

    `number` is part of those of its entries (0 to 15): it stays. `columns` are those of the model that a text, or its
    sight, is made of; `parts` are the same for other tables. `sight` returns the numbers of the things that a person
    finds, among those that some communities concern if any is named (None: all of them). `describe` returns what a page
    says of these things to a person who reads a language, under the law: what they may not read is absent. `of_row`
    returns the text of a row that is not read again, since the present transaction made it; None where it is not to be
    found. `facet` is the column that tells apart what the filter of kinds does (`Text.facet`), where a kind is several.
    """

    kind: str
    number: int
    model: Any
    columns: tuple[str, ...]
    read: Callable[[Collection[int]], Sequence[Text]]
    sight: Callable[[Actor, Collection[int]], Collection[int] | None] | None
    describe: Callable[[Actor, Collection[int], str], Mapping[int, Description]]
    parts: Mapping[Any, TextPart] = field(default_factory=dict)
    of_row: Callable[[Any], Text | None] | None = None
    facet: Any = None

    def facet_of(self, thing: Any) -> str:
        """Return what the filter of kinds has of a thing that `describe` returned."""
        return self.kind if self.facet is None else str(getattr(thing, self.facet.key))

    def part_of(self, row: Any) -> TextPart | None:
        return TextPart(self.columns, lambda one: int(one.id)) if type(row) is self.model else self.parts.get(type(row))


@dataclass
class _Noted:
    """What is known of a thing that is to be read again: the row that this transaction made, unless it also left it.

    `is_new`: it made the thing, so that the index holds nothing of it. `is_held`: it wrote the row of the thing, which
    others wait for.
    """

    is_new: bool = False
    is_held: bool = False
    row: Any = None


SOURCES: dict[str, Source] = {}
"""What is found, by its kind."""
BY_THREAD = None
"""The sight of what is found by whoever reads its thread (`Text.thread_id`)."""


def register(sources: Iterable[Source]) -> None:
    """Have search find what these sources give. Raise ValueError where two have one kind or one number."""
    SOURCES.clear()
    NUMBERS.clear()
    for source in sources:
        free = sorted(set(range(MOST_KINDS)).difference(NUMBERS.values()))
        if source.kind in SOURCES or source.number not in free:
            raise ValueError(
                f"{source.read.__module__.replace('.', '/')}.py, Source: another one has the kind {source.kind} or the "
                f"number {source.number}; write a kind of its own, and one of the numbers that are left: {free}"
            )
        SOURCES[source.kind], NUMBERS[source.kind] = source, source.number


def watch() -> None:
    """Follow what is written through the session."""
    event.listen(db.session, "after_flush", _note_rows)
    event.listen(db.session, "before_commit", _settle)
    event.listen(db.session, "after_rollback", _forget)
    known_words.watch()


def mark_changed(kind: str, ids: Iterable[int]) -> None:
    """Have these things read again before the commit: a statement wrote their rows by itself."""
    noted = db.session().info.setdefault(NOTED, {})
    for row_id in ids:
        noted.setdefault((kind, None, row_id), _Noted()).row = None


def _note_rows(session: Session, _context: Any) -> None:
    noted = session.info.setdefault(NOTED, {})
    gone = set(session.deleted)
    for row in (*session.new, *gone, *session.dirty):
        for source, part in _parts_of(row):
            if row in session.new or row in gone or _has_changed(row, part.columns):
                is_thing = type(row) is source.model
                key = (source.kind, None if is_thing else part, part.of(row))
                thing = noted.setdefault(key, _Noted())
                thing.is_held |= is_thing
                if is_thing and row in session.new:
                    thing.is_new, thing.row = True, row
                elif row in gone:
                    thing.row = None


def _parts_of(row: Any) -> Iterator[tuple[Source, TextPart]]:
    for source in SOURCES.values():
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
    ids, new_ids, held_ids = (defaultdict[str, set[int]](set) for _names in range(3))
    rows = defaultdict[str, dict[int, Any]](dict)
    for (kind, part, number), thing in session.info.pop(NOTED, {}).items():
        ids[kind].update(part.ids(number) if part else (number,))
        new_ids[kind].update((number,) if thing.is_new else ())
        held_ids[kind].update((number,) if thing.is_held else ())
        rows[kind].update({number: thing.row} if thing.row else {})
    for source in SOURCES.values():
        asked = sorted(ids[source.kind])
        if asked:
            _hold(source, ids[source.kind] - held_ids[source.kind])
            writing.store_texts(
                source.kind, asked, _texts(source, asked, rows[source.kind]), new_ids=new_ids[source.kind]
            )


def _hold(source: Source, ids: Collection[int]) -> None:
    """Lock things of which a part alone was written: who writes another part waits, and reads this one."""
    if ids:
        dialect.lock_rows(source.model.__table__, sorted(ids))


def _texts(source: Source, ids: Collection[int], rows: Mapping[int, Any]) -> list[Text]:
    """Return the texts of these things: from their rows where the present transaction made them, else read again."""
    made = rows if source.of_row else {}
    others = [row_id for row_id in ids if row_id not in made]
    texts = [text for row in made.values() if source.of_row and (text := source.of_row(row))]
    return [*texts, *(source.read(others) if others else ())]
