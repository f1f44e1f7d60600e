"""What answers the questions: our search, as a stranger's page asks it, and what comes with the two databases."""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager

import psycopg
from sqlalchemy import make_url

from app.core import dialect
from app.core.actor import ANYONE
from app.results import queries
from bench.search.library import Key, Row
from bench.search.scores import PLACES
from bench.sites import Site

OURS = "ours, "
"""How the name of our search begins, before that of the database."""
Ask = Callable[[str], list[str]]
"""Answers what was typed by source ids, the best first, as many as are looked at."""
_WORD = re.compile(r"[^\W_]+")
_BM25 = "SELECT source_id FROM texts WHERE texts MATCH ? ORDER BY bm25(texts), rowid DESC LIMIT ?"
_TABLE = """
CREATE TEMPORARY TABLE judged_texts (number integer, source_id text, title tsvector, body tsvector)
"""
_ROW = "INSERT INTO judged_texts VALUES (%s, %s, to_tsvector('french', %s), to_tsvector('french', %s))"
_RANK = """
SELECT source_id FROM judged_texts, (SELECT {query} AS query) AS asked, LATERAL (SELECT {words} AS words) AS text
WHERE words @@ query ORDER BY ts_rank(words, query) DESC, number DESC LIMIT %s
"""
_WORDS = {"ts_rank": "title || body", "titled ts_rank": "setweight(title, 'A') || setweight(body, 'D')"}
_ALL = "plainto_tsquery('french', %s)"
_ANY = f"replace({_ALL}::text, '&', '|')::tsquery"


def ours(site: Site, rows: Mapping[Key, Row]) -> Ask:
    """Ask what the page of a stranger asks; what stands beside the judged texts, such as a community, is left out."""

    def ask(typed: str) -> list[str]:
        with site.app.app_context():
            query = queries.parse_query(typed)
            found = queries.get_results(ANYONE, query).items if query else ()
            keys = [(one.kind, one.thing.id) for one in found]
            return [rows[key].source_id for key in keys if key in rows][:PLACES]

    return ask


@contextmanager
def bm25(rows: Iterable[Row]) -> Iterator[dict[str, Ask]]:
    """Ask FTS5 on the same rows."""
    with closing(sqlite3.connect(":memory:")) as connection:
        columns = "source_id UNINDEXED, title, body, tokenize = 'unicode61 remove_diacritics 2'"
        connection.execute(f"CREATE VIRTUAL TABLE texts USING fts5({columns})")
        values = [(row.source_id, row.title, row.body) for row in rows]
        connection.executemany("INSERT INTO texts VALUES (?, ?, ?)", values)
        yield _name_ways("bm25", _ask_bm25(connection, "AND"), _ask_bm25(connection, "OR"))


def _ask_bm25(connection: sqlite3.Connection, joint: str) -> Ask:
    def ask(typed: str) -> list[str]:
        words = f" {joint} ".join(f'"{word}"' for word in _WORD.findall(typed))
        return [source_id for (source_id,) in connection.execute(_BM25, (words, PLACES))] if words else []

    return ask


@contextmanager
def ts_rank(site: Site, rows: Iterable[Row]) -> Iterator[dict[str, Ask]]:
    """Ask PostgreSQL in French on the same rows: titles worth what texts are, and titles worth ten times that."""
    with psycopg.connect(dialect.server_address(make_url(site.database)), autocommit=True) as connection:
        connection.execute(_TABLE)
        with connection.cursor() as cursor:
            values = [(number, row.source_id, row.title, row.body) for number, row in enumerate(rows)]
            cursor.executemany(_ROW, values)
        ways = [
            _name_ways(name, _ask_ts_rank(connection, words, _ALL), _ask_ts_rank(connection, words, _ANY))
            for name, words in _WORDS.items()
        ]
        yield ways[0] | ways[1]


def _ask_ts_rank(connection: psycopg.Connection[tuple[str, ...]], words: str, query: str) -> Ask:
    statement = _RANK.format(words=words, query=query)
    return lambda typed: [source_id for (source_id,) in connection.execute(statement, (typed, PLACES))]


def _name_ways(name: str, has_all: Ask, has_any: Ask) -> dict[str, Ask]:
    """Return the three ways of asking an engine: for texts with any word, with all of them, and with all first."""

    def ask(typed: str) -> list[str]:
        return list(dict.fromkeys([*has_all(typed), *has_any(typed)]))[:PLACES]

    return {f"{name}, any word": has_any, f"{name}, all words": has_all, f"{name}, all then any": ask}
