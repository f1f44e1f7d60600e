"""Forget the words that no text has any more: those of a text that was erased must not stay among the known words."""

from collections.abc import Collection

from sqlalchemy import delete, select

from app.core import dialect, indexed_words
from app.core.db import db, run
from app.core.unit import unit
from app.search.index import known_words
from app.search.index.models import IndexEntry, LostWord, Word, WordCount

BATCH = 500


def forget_lost_words() -> int:
    """Forget the words that texts lost since the last time, unless others have them; return how many went."""
    count = 0
    while words := db.session.scalars(select(LostWord.word).order_by(LostWord.word).limit(BATCH)).all():
        count += forget(words)
    if count:
        indexed_words.wipe()
    return count


def forget(words: Collection[str]) -> int:
    """Take those of these words that no text has out of the vocabulary, while none is being written."""
    with unit():
        dialect.lock_table(IndexEntry.__table__)
        gone = [word for word in words if not _has(word)]
        if gone:
            for model in (Word, WordCount):
                run(delete(model).where(model.word.in_(gone)).execution_options(synchronize_session=False))
            known_words.begin_edition()
        run(delete(LostWord).where(LostWord.word.in_(words)).execution_options(synchronize_session=False))
    return len(gone)


def _has(word: str) -> bool:
    expression = indexed_words.syntax().word(word)
    return (
        db.session.scalar(indexed_words.matching(select(IndexEntry.id), IndexEntry.id, expression).limit(1)) is not None
    )
