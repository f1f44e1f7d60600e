"""Make the index again from the texts while the site runs, and compare the two."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from app.core import dialect
from app.core.db import db
from app.core.unit import unit
from app.search.index import forgetting, vocabulary, writing
from app.search.index.index_sync import SOURCES, Source
from app.search.index.models import IndexEntry, Word

BATCH = 200


@dataclass(frozen=True)
class Difference:
    """A thing of which the index holds something else than its room says."""

    kind: str
    thing_id: int


def count_things() -> int:
    """Return how many things are to be read again."""
    queries = [select(func.count()).select_from(source.model).scalar_subquery() for source in SOURCES.values()]
    return sum(db.session.execute(select(*queries)).one()) if queries else 0


def count_entries() -> int:
    """Return how many entries the index has."""
    return db.session.scalar(select(func.count()).select_from(IndexEntry)) or 0


def list_differences() -> Iterator[Difference]:
    """Yield each thing of which the index holds something else than it should."""
    for source in SOURCES.values():
        for ids in _batches(source):
            present = writing.get_entries(source.kind, ids)
            right = writing.build_entries(source.read(ids))
            yield from (Difference(source.kind, row_id) for row_id in ids if present.get(row_id) != right.get(row_id))


def fill(progress: Callable[[int], object] = lambda _number: None) -> None:
    """Make the index of a site that has none: all of it or nothing, since what is begun would pass for the whole."""
    if db.session.scalar(select(IndexEntry.id).limit(1)) is None:
        with unit():
            rebuild(progress)
    db.session.rollback()


def rebuild(progress: Callable[[int], object] = lambda _number: None) -> int:
    """Read every text again, a few at a time, and have the index hold it; return how many entries were wrong.

    Others write meanwhile: what is read is locked until it is written. `progress` is told how many things were read.
    """
    wrong, before, seen = 0, _known(), set[str]()
    for source in SOURCES.values():
        for ids in _batches(source):
            with unit():
                dialect.lock_rows(source.model.__table__, ids)
                entries = writing.build_entries(source.read(ids))
                wrong += len(writing.store_entries(source.kind, ids, entries)[0])
                words = writing.list_words(entries.values())
                vocabulary.learn(words - seen)
                seen |= words
            progress(len(ids))
    gone = sorted(before - seen)
    for start in range(0, len(gone), forgetting.BATCH):
        forgetting.forget(gone[start : start + forgetting.BATCH])
    vocabulary.renew_keys()
    return wrong


def _batches(source: Source) -> Iterator[list[int]]:
    """Yield the numbers of all things of a kind, those too that are no more and whose entry is still there."""
    last = 0
    things = select(source.model.id.label("id"))
    entries = select(IndexEntry.thing_id.label("id")).where(IndexEntry.kind == source.kind)
    while True:
        either = (
            things.where(source.model.id > last)
            .order_by(source.model.id)
            .limit(BATCH)
            .subquery()
            .select()
            .union(
                entries.where(IndexEntry.thing_id > last).order_by(IndexEntry.thing_id).limit(BATCH).subquery().select()
            )
        )
        ids = sorted(db.session.scalars(either))[:BATCH]
        if not ids:
            return
        yield ids
        last = ids[-1]


def _known() -> set[str]:
    return set(db.session.scalars(select(Word.word).distinct()))
