"""Ask the index: what is found, in order, page by page; how many things of each kind.

Order of relevance: what has all the words, by its score (`scoring`); where that is little, what has the telling ones,
or words near them, comes after. Scored are the newest that have the words in their title, and the newest that have them
in their text: what is older follows by its date. Where nothing is found so, a typing error is forgiven in long words;
then the words that no text has are left out.
"""

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, CompoundSelect, Integer, Select, bindparam, func, literal, not_, select, union_all

from app.core import dialect, indexed_words
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import BAD_CURSOR, SIZE
from app.search.index.models import IndexEntry
from app.search.query import expansion
from app.search.query.expansion import Search
from app.search.query.parser import Query

MOST = 1_000
"""How far hits are counted."""
SHAPES = 200
"""How many statements are kept."""
CANDIDATES = 100
"""How many hits are scored: the newest so many with the words in their title, and as many with the words anywhere."""
FEW = 10
"""Where fewer are found, what lacks a word follows."""
WAYS = WHOLE, CORRECTED, LACKING = ("whole", "corrected", "lacking")
"""How words were looked for: as they are, with errors forgiven, without those that no text has."""
ALMOST = 1
"""The part of what lacks a word; that of what has all of them is 0."""
_CURSOR = re.compile(r"([012])\.([01])\.(\d{1,9})\.([1-9]\d{0,18})\.(\d{1,12})\.([1-9]\d{0,18})", re.ASCII)
_LARGEST = 2**63 - 1
_NUMBER: Any = bindparam("number", type_=Integer)


class Cursor(NamedTuple):
    """Where a page ended, and what it was made of: the following ones leave out what came since.

    `way` and `part` tell where it was; `edition` is that of the counts; no entry from the number `end` on is looked at;
    `score` and `number` are those of the last entry. What follows by its date has no score.
    """

    way: int = 0
    part: int = 0
    edition: int = 0
    end: int = _LARGEST
    score: int = _LARGEST
    number: int = _LARGEST

    @property
    def place(self) -> tuple[int, int, int]:
        return self.part, -self.score, -self.number


START = Cursor()


@dataclass(frozen=True)
class Narrow:
    """What leaves, of entries, those that a person may read: `narrow` adds it to a SELECT, `values` are its parameters.

    Those of one `shape` make the same statement, which is built once. `facet` is what an entry counts under.
    """

    narrow: Callable[[Select[Any]], Select[Any]] = field(compare=False)
    shape: Hashable = None
    values: Mapping[str, Any] = field(compare=False, default_factory=dict)
    facet: Any = field(compare=False, default_factory=lambda: IndexEntry.kind)


@dataclass(frozen=True)
class Hit:
    """A thing that was found: `id` is the number of its entry, `kind` and `thing_id` are what it is.

    `is_almost`: it lacks a word, or has another near it. `line` is its text in the index (`texts.index_line`), read
    where it is scored or a name is asked for; else "". `score` tells how well it answers.
    """

    id: int
    kind: str
    thing_id: int
    line: str = ""
    is_almost: bool = False
    score: int = 0

    @property
    def place(self) -> tuple[int, int, int]:
        return ALMOST * self.is_almost, -self.score, -self.id


@dataclass(frozen=True)
class HitPage:
    """One page of what is found: `next` is the cursor of the following one; `way` is one of the `WAYS`."""

    items: Sequence[Hit]
    next: str | None
    way: str
    search: Search


@dataclass(frozen=True)
class HitCounts:
    """How many things were found, up to one more than `MOST`; of each facet where all together are no more."""

    total: int
    by_kind: dict[str, int]

    @property
    def is_cut(self) -> bool:
        return self.total > MOST


def get_hit_page(
    query: Query,
    narrow: Narrow,
    *,
    kinds: tuple[str, ...] = (),
    places: tuple[int, ...] = (),
    by_date: bool = False,
    after: str = "",
    size: int = SIZE,
) -> HitPage:
    """Return one page of what is found; `after` is where the page before ended. Raise NotFound for a broken cursor."""
    cursor = _parse_cursor(after) if after else START
    search = expansion.prepare(query, cursor.edition).of(*kinds).at(*places)
    for way in (WAYS[cursor.way],) if after else WAYS:
        ready = in_way(search, way)
        page = _get_page(ready, narrow, way, cursor, by_date=by_date, size=size) if ready else None
        if page and page.items:
            return page
    return HitPage((), None, WHOLE, search)


def _parse_cursor(text: str) -> Cursor:
    match = _CURSOR.fullmatch(text)
    cursor = Cursor(*map(int, match.groups())) if match else START
    if not match or max(cursor) > _LARGEST:
        raise NotFound(BAD_CURSOR)
    return cursor


def in_way(search: Search, way: str) -> Search | None:
    """Return a search in one of the `WAYS`, or None where there is none."""
    return {WHOLE: lambda: search, CORRECTED: search.with_errors, LACKING: search.without_unknown}[way]()


def _get_page(search: Search, narrow: Narrow, way: str, cursor: Cursor, *, by_date: bool, size: int) -> HitPage:
    ranked, oldest = ([], _LARGEST) if by_date else _rank(search, narrow, cursor)
    hits = _list_after(ranked, cursor)
    if oldest and cursor.part != ALMOST and len(hits) <= size:
        hits += _list_older(search, narrow, ranked, oldest, cursor, size + 1 - len(hits))
    is_few = not hits and cursor == START if by_date else not oldest and len(ranked) < FEW
    if way != CORRECTED and (is_few or cursor.part == ALMOST):
        search = search.with_neighbours()
        almost = _rank_almost(search, narrow, cursor, but={hit.id for hit in ranked})
        ranked, hits = [*ranked, *almost], [*hits, *_list_after(almost, cursor)]
    following = _next(search, way, cursor, ranked, hits[size - 1]) if len(hits) > size else None
    return HitPage(hits[:size], following, way, search)


def _next(search: Search, way: str, cursor: Cursor, ranked: Sequence[Hit], last: Hit) -> str:
    """Write the cursor of what follows this hit."""
    end = min(cursor.end, max((hit.id + 1 for hit in ranked), default=_LARGEST))
    following = Cursor(WAYS.index(way), last.is_almost, search.edition.number, end, last.score, last.id)
    return ".".join(f"{number:d}" for number in following)


def _list_after(ranked: Sequence[Hit], cursor: Cursor) -> list[Hit]:
    """Return what comes after the last hit: where that one is now, if the counts that put it in order are gone."""
    place = next((hit.place for hit in ranked if hit.id == cursor.number), cursor.place)
    return [hit for hit in ranked if hit.place > place]


def _rank(search: Search, narrow: Narrow, cursor: Cursor) -> tuple[list[Hit], int]:
    """Return the candidates among what has all the words, the best first, and the oldest where others follow."""
    asked = [search.in_title(), search.in_text()]
    parts = _select(search, asked, search.phrases, narrow, cursor.end, CANDIDATES)
    oldest = parts[-1][-1].id if len(parts[-1]) == CANDIDATES else 0
    return _sort(search, parts), oldest


def _rank_almost(search: Search, narrow: Narrow, cursor: Cursor, *, but: Collection[int]) -> list[Hit]:
    """Return the candidates among what has the telling words, or words near them, the best first."""
    asked = [search.near_in_text(), search.nearly_in_title(), search.nearly_in_text()]
    phrases = tuple(term.phrase for term in search.telling if term.phrase)
    parts = _select(search, asked, phrases, narrow, cursor.end, CANDIDATES)
    return [replace(hit, is_almost=True) for hit in _sort(search, parts) if hit.id not in but]


def _sort(search: Search, parts: Sequence[Sequence[Hit]]) -> list[Hit]:
    """Score hits, each once, and put the best first, of two that are as good the newest."""
    score = search.question.score
    found = {hit.id: hit for part in parts for hit in part}
    return sorted((replace(hit, score=score(hit.line)) for hit in found.values()), key=attrgetter("place"))


def _list_older(
    search: Search, narrow: Narrow, ranked: Sequence[Hit], oldest: int, cursor: Cursor, number: int
) -> list[Hit]:
    """Return what has all the words and is older than the candidates, the newest first."""
    place = oldest if cursor.score else min(oldest, cursor.number)
    seen = {hit.id for hit in ranked if hit.id < place}
    number_read, has_lines = number + len(seen), search.has_names
    [found] = _select(search, [search.in_text()], search.phrases, narrow, place, number_read, has_lines=has_lines)
    return [hit for hit in found if hit.id not in seen][:number]


def _select(
    search: Search,
    asked: Sequence[str],
    phrases: tuple[str, ...],
    narrow: Narrow,
    end: int,
    number: int,
    *,
    has_lines: bool = True,
) -> list[list[Hit]]:
    """Return what each expression finds before an end, the newest first; `has_lines` reads their lines too."""
    parts = [expression for expression in asked if expression]
    found: list[list[Hit]] = [[] for _part in asked]
    if not parts:
        return found
    query = _select_hits(
        narrow, db.engine.dialect.name, phrases, search.refused_phrases, len(parts), has_lines=has_lines
    )
    words = {f"words_{part}": expression for part, expression in enumerate(parts)}
    numbers = [part for part, expression in enumerate(asked) if expression]
    rows = db.session.connection().execute(query, {**narrow.values, **words, "number": number, "end": end})
    for part, *row in rows:
        found[numbers[part]].append(Hit(*row))
    return [sorted(hits, key=attrgetter("id"), reverse=True) for hits in found]


@lru_cache(maxsize=SHAPES)
def _select_hits(
    narrow: Narrow, _engine: str, phrases: tuple[str, ...], refused: tuple[str, ...], number: int, *, has_lines: bool
) -> CompoundSelect[Any]:
    """Select the newest hits of so many expressions, each with the number of its own."""
    columns = (IndexEntry.id, IndexEntry.kind, IndexEntry.thing_id, *((IndexEntry.text,) if has_lines else ()))
    parts = []
    for part in range(number):
        query = _match(select(literal(part).label("part"), *columns), bindparam(f"words_{part}"), phrases, refused)
        query = narrow.narrow(query.where(indexed_words.after(IndexEntry.id, bindparam("end", type_=BigInteger))))
        parts.append(select(query.order_by(indexed_words.newest_first(IndexEntry.id)).limit(_NUMBER).subquery()))
    return union_all(*parts)


def matching(query: Select[Any], search: Search, expression: str) -> Select[Any]:
    """Narrow a SELECT of entries to those that an expression finds, with its phrases and without those it refuses."""
    return _match(query, expression, search.phrases, search.refused_phrases)


def _match(query: Select[Any], expression: Any, phrases: Iterable[str], refused: Iterable[str]) -> Select[Any]:
    query = indexed_words.matching(query, IndexEntry.id, expression)
    with_phrases = [dialect.contains(IndexEntry.text, phrase) for phrase in phrases]
    return query.where(*with_phrases, *(not_(dialect.contains(IndexEntry.text, phrase)) for phrase in refused))


def count_hits(search: Search, narrow: Narrow, kinds: tuple[str, ...] = ()) -> HitCounts:
    """Count what has all the words, of these kinds (none: all); each kind is counted as if none was chosen."""
    by_kind = _count(search.of(), narrow)
    total = sum(by_kind.values())
    if total <= MOST:
        return HitCounts(sum(by_kind.get(kind, 0) for kind in kinds) if kinds else total, by_kind)
    return HitCounts(sum(_count(search.of(*kinds), narrow).values()) if kinds else total, {})


def _count(search: Search, narrow: Narrow) -> dict[str, int]:
    expression = search.in_text()
    if not expression:
        return {}
    query = _select_numbers(narrow, db.engine.dialect.name, search.phrases, search.refused_phrases)
    values = {**narrow.values, "words": expression}
    return dict(db.session.connection().execute(query, values).tuples().all())


@lru_cache(maxsize=SHAPES)
def _select_numbers(
    narrow: Narrow, _engine: str, phrases: tuple[str, ...], refused: tuple[str, ...]
) -> Select[tuple[str, int]]:
    query = _match(select(narrow.facet.label("facet")), bindparam("words"), phrases, refused)
    # In an order that an index has: PostgreSQL stops when it has counted enough, where it would first find all of them.
    # It has to know the limit for that.
    most = literal(MOST + 1, literal_execute=True)
    found = narrow.narrow(query).order_by(indexed_words.newest_first(IndexEntry.id)).limit(most).subquery()
    return select(found.c.facet, func.count()).group_by(found.c.facet)
