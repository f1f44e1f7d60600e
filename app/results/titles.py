"""Which ideas have a word in their title: the newest, so many at most, for several words in one statement."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import Integer, bindparam, cast, select, union_all

from app.comments.models import Thread
from app.communities.cached_statements import cached_statement, reader_parameters
from app.communities.queries import seen_by
from app.core import indexed_words, versions
from app.core.actor import Actor
from app.core.db import db
from app.ideas.indexes import IS_PUBLISHED
from app.ideas.models import Idea
from app.results.similarity import CAP, TitleWord, split_title
from app.search.index.models import IndexEntry
from app.search.index.texts import TITLE, build_title_token

BATCH = 17
"""How many expressions a statement asks for: eight words, their synonyms, the whole title."""
COMMON = 5
"""How many common words are asked for together."""
FEW = 3
"""So many common words are few: two of them together are enough, else three."""
MERGED = 300
"""How many joined ideas are known, those that the newest received."""
NOTHING = "_"
"""A word that no text has."""
Merged = Mapping[str, Sequence[tuple[int, str]]]
"""From each key of a word to the titles of joined ideas that have it, each with the number of what received it."""


def title_expression(forms: Sequence[str]) -> str:
    """Return the index expression for a word in a title, in any of its forms; "" where no text has it."""
    syntax = indexed_words.syntax()
    return syntax.any([syntax.word(f"{TITLE}{form}") for form in forms])


def twin_expression(title: str) -> str:
    """Return the index expression for the same title."""
    token = build_title_token(title)
    return indexed_words.syntax().word(token) if token else ""


def pair_expression(expressions: Sequence[str]) -> str:
    """Return the index expression for any three of these words together (any two of at most `FEW`)."""
    syntax = indexed_words.syntax()
    number = 3 if len(expressions) > FEW else 2
    return syntax.any([syntax.all(some) for some in combinations(expressions[:COMMON], number)])


def get_idea_ids(actor: Actor, expressions: Mapping[str, str]) -> dict[str, list[int]]:
    """Return the numbers of ideas whose titles have what each expression asks for, by its name; `CAP` each at most.

    They are those that this person may read, the newest. What finds nothing, or is an empty expression, is left out.
    """
    found = defaultdict[str, list[int]](list)
    names = [name for name, expression in expressions.items() if expression]
    nothing = indexed_words.syntax().word(NOTHING)
    for start in range(0, len(names), BATCH):
        batch = names[start : start + BATCH]
        # A batch that is not full asks for nothing with the rest: the statement is prepared for a full one.
        padded = [expressions[name] for name in batch] + [nothing] * (BATCH - len(batch))
        parameters = {f"words{number}": one for number, one in enumerate(padded)}
        for number, idea_id in db.session.execute(
            _select(actor, db.engine.dialect.name), reader_parameters(actor, **parameters)
        ):
            found[batch[number]].append(idea_id)
    return dict(found)


@cached_statement
def _select(actor: Actor, _engine: str) -> Any:
    return union_all(*(_select_one(actor, number) for number in range(BATCH)))


def _select_one(actor: Actor, number: int) -> Any:
    expression: Any = bindparam(f"words{number}")
    rows = select(cast(number, Integer).label("number"), IndexEntry.thing_id)
    query = indexed_words.matching(rows, IndexEntry.id, expression).join(Thread, Thread.id == IndexEntry.thread_id)
    query = query.where(IndexEntry.kind == "idea", Thread.is_public, seen_by(actor, Thread))
    return select(query.order_by(indexed_words.newest_first(IndexEntry.id)).limit(CAP).subquery())


def get_merged_titles() -> Merged:
    """Return the titles of public ideas that were joined to another, by the keys of their words."""
    return versions.get_or_load("titles of merged ideas", _load_merged)


def _load_merged() -> Merged:
    query = select(Idea.merged_into, Idea.title).where(
        IS_PUBLISHED, Idea.merged_into.is_not(None), Idea.is_private.is_(False)
    )
    found = defaultdict[str, list[tuple[int, str]]](list)
    query = query.order_by(Idea.merged_into.desc().nulls_last(), Idea.id.desc()).limit(MERGED)
    for into, title in db.session.execute(query).tuples():
        for key in {key for word in split_title(title) for key in word.keys}:
            found[key].append((into or 0, title))
    return dict(found)


def list_merged(words: Iterable[TitleWord]) -> Iterator[tuple[str, int, str]]:
    """Yield (word, id of the idea that it is merged into, title) for each merged idea whose title has a word."""
    merged_titles = get_merged_titles()
    for word in words:
        for into, title in {pair for key in word.keys for pair in merged_titles.get(key, ())}:
            yield word.text, into, title
