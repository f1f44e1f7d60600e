"""What a search gives: the things themselves, kind by kind, with the words that were looked for marked."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.actor import ANYONE, Actor
from app.core.paging import SIZE
from app.core.text import markdown
from app.results import name_tokens, sql_policy
from app.results.sql_policy import Period
from app.search.index.index_sync import SOURCES
from app.search.index.texts import Description
from app.search.query import excerpts, parser, retrieval
from app.search.query.excerpts import ExcerptPiece
from app.search.query.expansion import Search
from app.search.query.parser import Query
from app.search.query.retrieval import Hit, HitCounts


@dataclass(frozen=True)
class Result:
    """One thing that was found: its row, its title and a part of its text with what was looked for marked.

    `at` is when it appeared, and `community_id` whose it is, where it has one; `lang` and `text_lang` are the languages
    of its title and of its text, where they are known. `names` are those of its tags and places that were asked for by
    name. `is_of_more`: what is quoted is of its `Description.more`. `is_almost`: it does not have all the words;
    `missing` is what it lacks of them, with nothing near.
    """

    kind: str
    thing: Any
    title: list[ExcerptPiece]
    excerpt: list[ExcerptPiece]
    at: datetime | None = None
    community_id: int | None = None
    lang: str | None = None
    text_lang: str | None = None
    names: Sequence[str] = ()
    is_of_more: bool = False
    missing: Sequence[str] = ()
    is_almost: bool = False


@dataclass(frozen=True)
class Results:
    """One page of results, where the next one begins, and how they were found (`way`, of `retrieval.WAYS`)."""

    items: Sequence[Result]
    next: str | None
    way: str
    tally: HitCounts


def parse_query(typed: str, actor: Actor = ANYONE) -> Query:
    """Read what a person typed, among it acronyms and the names that they may know of."""
    return parser.parse_query(typed, name_tokens.get_name_tokens(typed, actor), name_tokens.get_other_names(typed))


def get_results(
    actor: Actor,
    query: Query,
    *,
    kinds: tuple[str, ...] = (),
    communities: Collection[int] = (),
    places: tuple[int, ...] = (),
    period: Period | None = None,
    by_date: bool = False,
    after: str = "",
    size: int = SIZE,
    lang: str = "fr",
) -> Results:
    """Return one page of results for a person; `lang` is the reader's language.

    `kinds` (facets), `communities`, `places` and `period` filter. Raise NotFound for a broken cursor.
    """
    narrow = sql_policy.narrow_to(actor, communities, period)
    found = retrieval.get_hit_page(query, narrow, kinds=kinds, places=places, by_date=by_date, after=after, size=size)
    items = _load(actor, found.items, found.search, lang)
    is_whole = not (found.next or kinds or after)
    tally = _count_items(items) if is_whole else retrieval.count_hits(found.search, narrow, kinds)
    return Results(items, found.next, found.way, tally)


def _count_items(items: Sequence[Result]) -> HitCounts:
    """Count a first page that holds all there is, of every kind; what lacks a word is no part of it."""
    by_facet = Counter(SOURCES[item.kind].facet_of(item.thing) for item in items if not item.is_almost)
    return HitCounts(by_facet.total(), dict(by_facet))


def _load(actor: Actor, hits: Sequence[Hit], search: Search, lang: str) -> list[Result]:
    """Read the things that were found, in one question for each kind; what is gone meanwhile is left out."""
    ids = defaultdict[str, list[int]](list)
    for hit in hits:
        ids[hit.kind].append(hit.thing_id)
    found = {kind: SOURCES[kind].describe(actor, own, lang) for kind, own in ids.items()}
    return [
        _result(hit, found[hit.kind][hit.thing_id], search, lang) for hit in hits if hit.thing_id in found[hit.kind]
    ]


def _result(hit: Hit, found: Description, search: Search, lang: str) -> Result:
    excerpt = excerpts.build_excerpt([found.text, *([markdown.to_line(found.more)] if found.more else [])], search)
    return Result(
        hit.kind,
        found.thing,
        excerpts.highlight(found.title, search),
        excerpt.pieces,
        found.at,
        found.community_id,
        found.lang,
        found.text_lang,
        search.names_in(hit.line, lang),
        excerpt.source > 0,
        search.missing_from(hit.line) if hit.is_almost else (),
        hit.is_almost,
    )
