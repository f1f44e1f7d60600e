"""How many texts have each word, of those that a stranger may read: what tells a rare word from a common one.

They are counted at night and as the index is made again, and never by the command that writes a text: a common word
would be a row that all wait for. An edition stays beside the one that follows it, for whoever reads on in what it put
in order.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Set
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, delete, func, select

from app.core import clock, dialect, versions
from app.core.db import db, run
from app.core.unit import unit
from app.search.index import vocabulary
from app.search.index.models import CountEdition, IndexEntry, WordCount
from app.search.index.texts import COMMUNITY, END, ENGLISH, ISSUE, KIND, PLACE, TAG, TITLE, WHOLE, split_line

KEY = "counts"
"""The number that changes with each edition."""
READ, WRITTEN = 1_000, 500
"""How many texts, or counts, are read at a time, and how many words are stored."""
_UNCOUNTED = (TITLE, KIND, WHOLE, END, ENGLISH)
# The token of what a text is filed under, which no vocabulary has.
_AXIS = re.compile(f"(?:{'|'.join((PLACE, TAG, ISSUE, COMMUNITY))})[0-9]+")
_WORDS: Any = bindparam("words", expanding=True)
_COUNTS = select(WordCount.word, WordCount.count).where(
    WordCount.edition == bindparam("edition"), WordCount.word.in_(_WORDS)
)


class Edition(NamedTuple):
    """How many texts were counted, and how many words they have on average."""

    number: int = 0
    texts: int = 0
    mean_length: int = 0


NONE = Edition()
"""The edition of a site where nothing was counted."""


def get_edition(number: int = 0) -> Edition:
    """Return the edition of this number if it is still there, else the present one: before any, one that is empty."""
    editions = versions.get_or_load("editions of counts", _load_editions, under=KEY)
    return next((one for one in editions if one.number == number), editions[0] if editions else NONE)


def _load_editions() -> list[Edition]:
    columns = CountEdition.number, CountEdition.texts, CountEdition.mean_length
    return [Edition(*row) for row in db.session.execute(select(*columns).order_by(CountEdition.number.desc()))]


def get_counts(edition: Edition, words: Collection[str]) -> dict[str, int]:
    """Return how many texts have each of these words, or tokens; those that are not counted are absent."""
    if not (edition.number and words):
        return {}
    found, asked = dict[str, int](), sorted(words)
    for start in range(0, len(asked), READ):
        values = {"edition": edition.number, "words": asked[start : start + READ]}
        found |= db.session.connection().execute(_COUNTS, values).tuples().all()
    return found


def find_day() -> date | None:
    """Return the day of the present edition, in the region; None where nothing was counted."""
    at = db.session.scalar(select(CountEdition.counted_at).order_by(CountEdition.number.desc()).limit(1))
    return at.astimezone(clock.ZONE).date() if at else None


def count_words(
    narrow: Callable[[Select[Any]], Select[Any]],
    values: Mapping[str, Any],
    progress: Callable[[int], object] = lambda _number: None,
) -> None:
    """Count the words of the entries that `narrow` leaves, with its `values`; `progress` is told how many were read."""
    counted, english, texts, length = Counter[str](), set[str](), 0, 0
    for lines in _read_lines(narrow, values):
        for line in lines:
            counted.update({word for word in line.split() if not word.startswith(_UNCOUNTED)})
            title, body, more = line.split(END)
            length += len(title.split()) + len(body.split())
            english |= split_line(line) if ENGLISH in more.split() else set()
        texts += len(lines)
        progress(len(lines))
    _store(counted, english, texts, length // max(texts, 1))
    vocabulary.forget_english(but=english)


def _read_lines(narrow: Callable[[Select[Any]], Select[Any]], values: Mapping[str, Any]) -> Iterator[list[str]]:
    query = narrow(select(IndexEntry.id, IndexEntry.text)).where(IndexEntry.id > bindparam("last"))
    query, last = query.order_by(IndexEntry.id).limit(READ), 0
    while rows := db.session.execute(query, {**values, "last": last}).tuples().all():
        db.session.rollback()
        yield [line for _number, line in rows]
        last = rows[-1][0]


def _store(counted: Mapping[str, int], english: Set[str], texts: int, mean_length: int) -> None:
    """Make an edition of these counts: a few words at a time, since others write meanwhile, then all of it at once.

    Two may count at the same time: neither takes out what the other one writes.
    """
    number, words = _next_number(), sorted(counted)
    for start in range(0, len(words), WRITTEN):
        with unit():
            _write(number, {word: counted[word] for word in words[start : start + WRITTEN]}, english)
    with unit():
        former = get_edition().number
        dialect.insert_once(CountEdition, number=number, texts=texts, mean_length=mean_length, counted_at=clock.now())
        run(delete(CountEdition).where(CountEdition.number < former))
        versions.touch(KEY)
    with unit():
        is_gone = and_(WordCount.edition < number, WordCount.edition != former)
        run(delete(WordCount).where(is_gone).execution_options(synchronize_session=False))


def _next_number() -> int:
    """Return a number that no edition has, nor what a count that was stopped left."""
    numbers = (
        select(func.max(WordCount.edition)).scalar_subquery(),
        select(func.max(CountEdition.number)).scalar_subquery(),
    )
    return 1 + max(number or 0 for number in db.session.execute(select(*numbers)).one())


def _write(number: int, some: Mapping[str, int], english: Set[str]) -> None:
    """Store counts, and which words are English, but of words that no text has any more: they were erased since."""
    axes = set(filter(_AXIS.fullmatch, some))
    known = axes | vocabulary.hold(some.keys() - axes)
    if known:
        rows = [{"edition": number, "word": word, "count": some[word]} for word in sorted(known)]
        dialect.insert_each_once(WordCount, rows)
    vocabulary.learn_english(known & english)
