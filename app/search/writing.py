"""Write the index: what a room says of its own is put in it, or taken out, inside the command that changed it."""
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from app.core.db import db, run
from app.search import known, vocabulary
from app.search.models import Entry
from app.search.texts import Text, line_of, number_of, words_of

_KIND: Any = bindparam("of_kind")
_IDS: Any = bindparam("ids", expanding=True)
_PRESENT = select(Entry.thing_id, Entry.id, Entry.thread_id, Entry.text).where(
    Entry.kind == _KIND, Entry.thing_id.in_(_IDS))
_TABLE: Any = Entry.__table__
_ADD = insert(_TABLE).returning(known.EDITION)
_DROP = delete(Entry).where(Entry.kind == _KIND, Entry.thing_id.in_(_IDS)).execution_options(synchronize_session=False)


def write(kind: str, ids: Collection[int], texts: Sequence[Text], *, new_ids: Collection[int] = ()) -> int:
    """Have the index hold these texts of these things, and nothing of the others; return how many entries changed.

    `new_ids` are those that the present transaction made: the index can hold nothing of them yet.
    """
    present = read(kind, set(ids).difference(new_ids))
    wanted = {text.thing_id: _entry_of(text) for text in texts}
    new = {thing_id: entry for thing_id, entry in wanted.items() if present.get(thing_id) != entry}
    gone = [thing_id for thing_id, entry in present.items()
            if thing_id not in wanted or entry[0] != wanted[thing_id][0]]
    if gone:
        run(_DROP, of_kind=kind, ids=gone)
    edition = _put(
        kind, {thing_id: entry for thing_id, entry in new.items() if thing_id not in present or thing_id in gone})
    _change([entry for thing_id, entry in new.items() if thing_id in present and thing_id not in gone])
    learn((text for text in texts if text.thing_id in new), edition=edition)
    return len(new.keys() | set(gone))


def read(kind: str, ids: Collection[int]) -> dict[int, tuple[Any, ...]]:
    """Return the entries of these things: their numbers, threads and words."""
    rows = db.session.execute(_PRESENT, {"of_kind": kind, "ids": list(ids)}) if ids else ()
    return {thing_id: (number, thread_id, text) for thing_id, number, thread_id, text in rows}


def true_entries(texts: Iterable[Text]) -> dict[int, tuple[Any, ...]]:
    """Return what `read` gives where the index is right."""
    return {text.thing_id: _entry_of(text) for text in texts}


def _entry_of(text: Text) -> tuple[int, int | None, str]:
    return number_of(text), text.thread_id, line_of(text)


def _put(kind: str, entries: dict[int, tuple[Any, ...]]) -> int:
    """Add entries; return the edition of the vocabulary as it is once no other may change it (0: that is not known)."""
    rows = [{"id": number, "kind": kind, "thing_id": thing_id, "thread_id": thread_id, "text": line}
            for thing_id, (number, thread_id, line) in entries.items()]
    if not rows:
        return 0
    edition = db.session.connection().execute(_ADD, rows).scalars().all()[0]
    if not edition:
        known.change()
    return edition or 0


def _change(entries: Sequence[tuple[Any, ...]]) -> None:
    if entries:
        names = ("id", "thread_id", "text")
        db.session.execute(update(Entry), [dict(zip(names, entry, strict=True)) for entry in entries])


def learn(texts: Iterable[Text], *, edition: int = 0) -> set[str]:
    """Have the vocabulary hold the words of these texts, and return them; see `vocabulary.learn`."""
    words = defaultdict[str, set[str]](set)
    for text in texts:
        words[text.lang] |= words_of(line_of(text))
    for lang, own in sorted(words.items()):
        vocabulary.learn(own, lang, edition=edition)
    return set().union(*words.values())
