"""Words of a list, asked of the index: which ideas have them, and how many."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, literal, not_, or_, select

from app.core import dialect, indexed_words, versions
from app.core.db import db
from app.ideas.models import KINDS, Idea
from app.ideas.queries.reading import in_public
from app.search.index.models import IndexEntry
from app.search.query import expansion, retrieval
from app.search.query.expansion import Search
from app.search.query.parser import Query, Term

KIND = "idea"
MOST = 10_000
"""How far the ideas that have some words are counted."""


@dataclass(frozen=True)
class WordSearch:
    """A search among ideas: what the index is asked, and how many ideas it has of them, up to one more than `MOST`."""

    search: Search
    number: int


def prepare_search(query: Query, inside: Collection[int]) -> WordSearch:
    """Return a search that finds ideas: with the words as typed, else one typo allowed."""
    return versions.get_or_load(("words of ideas", query, tuple(inside)), lambda: _make(query, inside))


def _make(query: Query, inside: Collection[int]) -> WordSearch:
    search = expansion.prepare(query).of(*KINDS)
    for way in (retrieval.WHOLE, retrieval.CORRECTED):
        ready = retrieval.in_way(search, way)
        number = _count(ready, inside) if ready else 0
        if ready and number:
            return WordSearch(ready, number)
    return WordSearch(search, 0)


def _count(search: Search, inside: Collection[int]) -> int:
    if not search.in_text():
        return 0
    found = retrieval.matching(
        select(Idea.id).join(IndexEntry, IndexEntry.thing_id == Idea.id), search, search.in_text()
    )
    seen = found.where(in_public(inside)).order_by(indexed_words.newest_first(IndexEntry.id)).limit(MOST + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(seen)) or 0


def select_ids(found: WordSearch) -> Select[tuple[int]]:
    """Select the ideas that have the words, in any state."""
    expression = found.search.in_text()
    if not expression:
        return select(Idea.id).where(literal(1) == 0)
    return retrieval.matching(select(IndexEntry.thing_id), found.search, expression)


def has_words(found: WordSearch) -> ColumnElement[bool]:
    """Match the ideas that have the words, as a test of each idea that another condition finds."""
    lines = select(IndexEntry.text).where(IndexEntry.kind == KIND, IndexEntry.thing_id == Idea.id).limit(1)
    line = lines.correlate(Idea).scalar_subquery()
    terms = [_has_term(line, term, found.search) for term in found.search.query.terms]
    refused = [not_(_has_term(line, term, found.search)) for term in found.search.query.excluded]
    return and_(*terms, *refused)


def _has_term(line: ColumnElement[str], term: Term, search: Search) -> ColumnElement[bool]:
    if term.phrase:
        return dialect.contains(line, term.phrase)
    ways = [and_(*(_has_word(line, word, search) for word in way)) for way in term.ways]
    return or_(*ways, *(dialect.contains(line, f" {token.text} ") for token in term.tokens))


def _has_word(line: ColumnElement[str], word: str, search: Search) -> ColumnElement[bool]:
    return or_(literal(1) == 0, *(dialect.contains(line, f" {form} ") for form in search.forms.get(word, [])))
