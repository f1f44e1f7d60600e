"""Ask the index: what is found, in order, page by page; how many things of each kind.

Order of relevance: all the words in the title, all of them in the text, then all but one; the newest first in each.
Where nothing is found so, the last word is taken for a beginning, then a typing error is forgiven in long words.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Integer, Select, bindparam, desc, func, literal, not_, select, union_all

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
WAYS = ("whole", "begun", "corrected")
"""How words were looked for: as they are, with the last one as a beginning, with errors forgiven."""
ALMOST = 9
"""The last tier; a way has its titles at twice its number, then its texts."""
_CURSOR = re.compile(r"([0-59])\.([1-9][0-9]{0,18})")
_LARGEST = 2**63 - 1
_NUMBER: Any = bindparam("number", type_=Integer)
Cursor = tuple[int, int]
"""A tier, and the number of the last entry."""
START: Cursor = (0, _LARGEST)


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

    `is_almost`: it lacks a word. `line` is its text in the index (`texts.index_line`), read where a name is asked
    for, or a word is missing; else "".
    """

    id: int
    kind: str
    thing_id: int
    line: str = ""
    is_almost: bool = False


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
    search = expansion.prepare(query).of(*kinds).at(*places)
    if after:
        return _go_on(search, narrow, _parse_cursor(after), by_date, size)
    for way in WAYS:
        ready = in_way(search, way)
        found = _walk(ready, narrow, way, by_date, START, size + 1) if ready else []
        if found:
            return _page(found, way, ready or search, size)
    return _page(_almost(search, narrow, START, size + 1), WAYS[0], search, size)


def _parse_cursor(text: str) -> Cursor:
    match = _CURSOR.fullmatch(text)
    if not match or int(match[2]) > _LARGEST:
        raise NotFound(BAD_CURSOR)
    return int(match[1]), int(match[2])


def _go_on(search: Search, narrow: Narrow, cursor: Cursor, by_date: bool, size: int) -> HitPage:
    way = WAYS[0] if cursor[0] == ALMOST else WAYS[cursor[0] // 2]
    ready = in_way(search, way)
    return _page(_walk(ready, narrow, way, by_date, cursor, size + 1) if ready else [], way, ready or search, size)


def in_way(search: Search, way: str) -> Search | None:
    """Return a search in one of the `WAYS`, or None where there is none, or where it asks for what was typed again."""
    ready = {"whole": lambda: search, "begun": search.as_beginning, "corrected": search.with_errors}[way]()
    is_again = way != WAYS[0] and ready is not None and ready.in_text() == search.in_text()
    return None if is_again else ready


def _page(found: Sequence[tuple[int, Hit]], way: str, ready: Search, size: int) -> HitPage:
    last = found[size - 1] if len(found) > size else None
    return HitPage([one for _tier, one in found[:size]], f"{last[0]}.{last[1].id}" if last else None, way, ready)


def _walk(
    search: Search, narrow: Narrow, way: str, by_date: bool, cursor: Cursor, number: int
) -> list[tuple[int, Hit]]:
    """Return the first hits after a cursor, each with its tier; those that lack a word follow where there are few."""
    first, title = WAYS.index(way) * 2, "" if by_date else search.in_title()
    found = _select(search, {first: title, first + 1: search.in_text(but=title)}, narrow, cursor, number)
    is_few = cursor == START and way == WAYS[0] and 0 < len(found) < number - 1 and not by_date
    return [*found, *_almost(search, narrow, cursor, number - len(found))] if is_few or cursor[0] == ALMOST else found


def _almost(search: Search, narrow: Narrow, cursor: Cursor, number: int) -> list[tuple[int, Hit]]:
    """Return what has all that was typed but one word, or but one phrase."""
    whole = search.in_text()
    word, phrase = {ALMOST: search.without_word(but=whole)}, {ALMOST: search.without_phrase(but=whole)}
    rows = _select(search, word, narrow, cursor, number, has_lines=True)
    others = _select(search, phrase, narrow, cursor, number, has_phrases=False, has_lines=True)
    rows += [(tier, one) for tier, one in others if len(search.missing_from(one.line)) == 1]
    rows.sort(key=lambda row: row[1].id, reverse=True)
    return [(tier, replace(one, is_almost=True)) for tier, one in rows[:number]]


def _select(
    search: Search,
    tiers: Mapping[int, str],
    narrow: Narrow,
    cursor: Cursor,
    number: int,
    *,
    has_phrases: bool = True,
    has_lines: bool = False,
) -> list[tuple[int, Hit]]:
    """Return what each tier finds after a cursor; `has_lines` reads what the index has of each hit too."""
    asked = {tier: expression for tier, expression in tiers.items() if expression and tier >= cursor[0]}
    if not asked:
        return []
    query = _select_hits(
        narrow,
        db.engine.dialect.name,
        search.phrases if has_phrases else (),
        search.refused_phrases,
        tuple((tier, tier == cursor[0] and cursor != START) for tier in asked),
        has_lines=has_lines or search.has_names,
    )
    words = {f"words_{tier}": expression for tier, expression in asked.items()}
    values = {**narrow.values, **words, "number": number, "place": cursor[1]}
    return [(tier, Hit(*row)) for tier, *row in db.session.connection().execute(query, values)]


@lru_cache(maxsize=SHAPES)
def _select_hits(
    narrow: Narrow,
    _engine: str,
    phrases: tuple[str, ...],
    refused: tuple[str, ...],
    tiers: tuple[tuple[int, bool], ...],
    *,
    has_lines: bool,
) -> CompoundSelect[Any]:
    """Select the first hits of each tier, the newest first; a tier may begin after the `place` of a cursor."""
    columns = (IndexEntry.id, IndexEntry.kind, IndexEntry.thing_id, *((IndexEntry.text,) if has_lines else ()))
    parts = []
    for tier, is_after in tiers:
        query = _match(select(literal(tier).label("tier"), *columns), bindparam(f"words_{tier}"), phrases, refused)
        query = query.where(indexed_words.after(IndexEntry.id, bindparam("place"))) if is_after else query
        query = narrow.narrow(query).order_by(indexed_words.newest_first(IndexEntry.id)).limit(_NUMBER)
        parts.append(select(query.subquery()))
    return union_all(*parts).order_by("tier", desc("id")).limit(_NUMBER)


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
