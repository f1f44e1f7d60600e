"""The words that texts have: which of them are forms of a word, and which are one typing error away from it."""

import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from functools import lru_cache
from string import ascii_lowercase, digits
from typing import Any

from snowballstemmer import stemmer
from sqlalchemy import String, bindparam, delete, select, tuple_

from app.core import dialect
from app.core.db import db
from app.core.unit import unit
from app.search import stems
from app.search.index import known_words
from app.search.index.models import Word

ITSELF, STEM = "=", "e_"
"""How a key begins: a word that is known, the stem that English words share.

The others are a word, and the keys of its inflection.
"""
SHORTEST, LONGEST = 5, 30
"""A word of so many letters or more, and of so many or fewer, is forgiven one typing error."""
BATCH = 500
_SIGNS = ascii_lowercase + digits
# The stemmer keeps its word in itself: it can't be shared between threads.
_local = threading.local()

_KEYS: Any = bindparam("keys", expanding=True)
_ROWS = select(Word.key, Word.word).where(Word.key.in_(_KEYS))
_PAGE = (
    select(Word.key, Word.word)
    .where(
        tuple_(Word.key, Word.word) > tuple_(bindparam("last_key", type_=String), bindparam("last_word", type_=String))
    )
    .order_by(Word.key, Word.word)
    .limit(BATCH)
)
_TABLE: Any = Word.__table__
_DROP = delete(_TABLE).where(Word.key == bindparam("key"), Word.word == bindparam("word"))


def learn(words: Collection[str], *, edition: int = 0) -> None:
    """Add the words of a text, inside the command that writes it and after its entry.

    `edition` is that of the vocabulary, where the command knows it: what this process knows of it isn't asked again.
    """
    unknown = {f"{ITSELF}{word}" for word in words}.difference(known_words.get_words(edition))
    there = set() if edition else {key for key, _word in _read(unknown)}
    _add((key, word) for word in (one[1:] for one in unknown - there) for key in _keys(word))
    known_words.learn(edition, unknown)


def learn_english(words: Collection[str]) -> None:
    """Have known words stand under their English stem too: words of English texts that a stranger may read.

    Were they learnt of every text, a private one would change what a stranger finds among public ones.
    """
    _add((_stem(word), word) for word in words)


def forget_english(but: Set[str]) -> None:
    """Have no words but these stand under their English stem, a few at a time."""
    for rows in _pages(STEM):
        db.session.rollback()
        gone = [(key, word) for key, word in rows if key == _stem(word) and word not in but]
        if gone:
            with unit():
                _drop(gone)


def _add(rows: Iterable[tuple[str, str]]) -> None:
    values = [{"key": key, "word": word} for key, word in sorted(rows)]
    if values:
        dialect.insert_each_once(Word, values)


def _drop(rows: Iterable[tuple[str, str]]) -> None:
    db.session.connection().execute(_DROP, [{"key": key, "word": word} for key, word in rows])


def _pages(beginning: str = "") -> Iterator[Sequence[tuple[str, str]]]:
    """Yield the rows whose keys begin so, a few at a time: a large site has millions."""
    last = beginning, ""
    while rows := db.session.execute(_PAGE, {"last_key": last[0], "last_word": last[1]}).tuples().all():
        last = rows[-1]
        found = [row for row in rows if row[0].startswith(beginning)]
        if not found:
            return
        yield found


def renew_keys() -> None:
    """Have the words that are known stand under the keys that the rules of today give them, and under no others.

    A word that is forgotten meanwhile stays so.
    """
    for rows in _pages():
        with unit():
            _renew(rows)


def _renew(rows: Sequence[tuple[str, str]]) -> None:
    known = hold({word for _key, word in rows})
    right = {(key, word) for mark, word in rows if mark[:1] == ITSELF and word in known for key in _keys(word)}
    wrong = [(key, word) for key, word in rows if key not in {*_keys(word), _stem(word)}]
    if wrong:
        _drop(wrong)
    _add(right.difference(_read({key for key, _word in right})))


def _keys(word: str) -> set[str]:
    return {f"{ITSELF}{word}", word, *stems.get_keys(word)}


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    if not hasattr(_local, "stemmer"):
        _local.stemmer = stemmer("english")
    return f"{STEM}{_local.stemmer.stemWord(word)}"


def get_forms(words: Iterable[str]) -> dict[str, list[str]]:
    """Return the forms of each word that texts have, by the alphabet; a word that none has may have none."""
    found = get_near_forms(words)
    return {word: sorted(own | english) for word, (own, english) in found.items()}


def get_near_forms(words: Iterable[str]) -> dict[str, tuple[set[str], set[str]]]:
    """Return the forms of each word that texts have, and apart the words that share its English stem alone."""
    keys = {word: ({word, *stems.get_keys(word)}, _stem(word)) for word in words}
    found = defaultdict[str, set[str]](set)
    for key, form in _read({key for own, stem in keys.values() for key in (*own, stem)}):
        found[key].add(form)
    forms = {word: set().union(*(found[key] for key in own)) for word, (own, _stem) in keys.items()}
    return {word: (own, found[keys[word][1]] - own) for word, own in forms.items()}


def get_corrections(words: Iterable[str]) -> dict[str, list[str]]:
    """Return, for each word that is long enough, the words of texts that are one error away, by the alphabet."""
    tries = {word: set(_edits(word)) for word in words if _is_forgiven(word)}
    there = {word for _key, word in _read({f"{ITSELF}{one}" for own in tries.values() for one in own})}
    return {word: sorted(own & there) for word, own in tries.items()}


def hold(words: Collection[str]) -> set[str]:
    """Return those of these words that texts have; none of them is forgotten until the transaction ends."""
    query = _ROWS.with_for_update(read=True)
    keys = [f"{ITSELF}{word}" for word in sorted(words)]
    return {word for _key, word in db.session.execute(query, {"keys": keys})}


def _is_forgiven(word: str) -> bool:
    """Tell whether a typing error is looked for: each letter more is some seventy words to ask for.

    A number is no other number that was typed with an error, nor is an hour.
    """
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def _edits(word: str) -> Iterator[str]:
    """Yield what a word is with a letter less, more or other, or with two that changed places."""
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield f"{head}{tail[1]}{tail[0]}{tail[2:]}"
        for sign in _SIGNS:
            yield f"{head}{sign}{tail}"
            if tail:
                yield f"{head}{sign}{tail[1:]}"


def _read(keys: Iterable[str]) -> list[tuple[str, str]]:
    found, asked = list[tuple[str, str]](), sorted(keys)
    for start in range(0, len(asked), BATCH):
        found += db.session.connection().execute(_ROWS, {"keys": asked[start : start + BATCH]}).tuples().all()
    return found
