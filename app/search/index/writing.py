"""Write the index: what a room says of its own is put in it, or taken out, inside the command that changed it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, insert, select, update

from app.core import dialect
from app.core.db import db, run
from app.search.index import known_words, vocabulary
from app.search.index.models import IndexEntry, LostWord
from app.search.index.texts import Text, entry_number, index_line, split_line

_KIND: Any = bindparam("of_kind")
_IDS: Any = bindparam("ids", expanding=True)
_PRESENT = select(IndexEntry.thing_id, IndexEntry.id, IndexEntry.thread_id, IndexEntry.text).where(
    IndexEntry.kind == _KIND, IndexEntry.thing_id.in_(_IDS)
)
_TABLE: Any = IndexEntry.__table__
_ADD = insert(_TABLE).returning(known_words.EDITION)
_DROP = (
    delete(IndexEntry)
    .where(IndexEntry.kind == _KIND, IndexEntry.thing_id.in_(_IDS))
    .execution_options(synchronize_session=False)
)


class Columns(NamedTuple):
    """The columns of an entry that its text decides: its number, the thread that says who sees it, its line."""

    id: int
    thread_id: int | None
    text: str


def store_texts(kind: str, ids: Collection[int], texts: Sequence[Text], *, new_ids: Collection[int] = ()) -> int:
    """Have the index hold these texts of these things, and nothing of the others; return how many entries changed.

    `new_ids` are those that the present transaction made: the index can hold nothing of them yet.
    """
    wanted = build_entries(texts)
    changed, edition = store_entries(kind, ids, wanted, new_ids=new_ids)
    vocabulary.learn(list_words(entry for thing_id, entry in wanted.items() if thing_id in changed), edition=edition)
    return len(changed)


def store_entries(
    kind: str, ids: Collection[int], wanted: Mapping[int, Columns], *, new_ids: Collection[int] = ()
) -> tuple[set[int], int]:
    """Have the index hold these entries of these things, whose words the vocabulary learns after.

    Return whose entries changed, and the edition of the vocabulary (see `_add`).
    """
    present = get_entries(kind, set(ids).difference(new_ids))
    new = {thing_id: entry for thing_id, entry in wanted.items() if present.get(thing_id) != entry}
    gone = [
        thing_id for thing_id, entry in present.items() if thing_id not in wanted or entry.id != wanted[thing_id].id
    ]
    if gone:
        run(_DROP, of_kind=kind, ids=gone)
    edition = _add(
        kind, {thing_id: entry for thing_id, entry in new.items() if thing_id not in present or thing_id in gone}
    )
    _change([entry for thing_id, entry in new.items() if thing_id in present and thing_id not in gone])
    _lose(present, {thing_id: wanted.get(thing_id) for thing_id in new.keys() | set(gone) if thing_id in present})
    return new.keys() | set(gone), edition


def get_entries(kind: str, ids: Collection[int]) -> dict[int, Columns]:
    """Return the entries of these things, by the number of each."""
    rows = db.session.execute(_PRESENT, {"of_kind": kind, "ids": list(ids)}) if ids else ()
    return {thing_id: Columns(*columns) for thing_id, *columns in rows}


def build_entries(texts: Iterable[Text]) -> dict[int, Columns]:
    """Return the entries that these texts should have in the index, by the number of each thing."""
    return {text.thing_id: Columns(entry_number(text), text.thread_id, index_line(text)) for text in texts}


def _add(kind: str, entries: Mapping[int, Columns]) -> int:
    """Add entries; return the edition of the vocabulary as it is once no other may change it (0: that is not known)."""
    rows = [{"kind": kind, "thing_id": thing_id, **entry._asdict()} for thing_id, entry in entries.items()]
    if not rows:
        return 0
    edition = db.session.connection().execute(_ADD, rows).scalars().all()[0]
    if not edition:
        known_words.begin_edition()
    return edition or 0


def _change(entries: Sequence[Columns]) -> None:
    if entries:
        db.session.execute(update(IndexEntry), [entry._asdict() for entry in entries])


def _lose(before: Mapping[int, Columns], now: Mapping[int, Columns | None]) -> None:
    """Note the words that these things have no more: the worker forgets those that no other text has."""
    words = set().union(
        *(
            split_line(before[thing_id].text) - (split_line(entry.text) if entry else set())
            for thing_id, entry in now.items()
        )
    )
    if words:
        dialect.insert_each_once(LostWord, [{"word": word} for word in sorted(words)])


def list_words(entries: Iterable[Columns]) -> set[str]:
    """Return the words of these entries."""
    return set().union(*(split_line(entry.text) for entry in entries))
