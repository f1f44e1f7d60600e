"""What a search gives: the things themselves, kind by kind, with the words that were looked for marked."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload, load_only

from app.accounts.models.people import User
from app.comments.queries import reading as comments
from app.communities.queries import visible
from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.core.paging import SIZE
from app.core.text import markdown
from app.ideas.queries import reading as ideas
from app.plan.queries import actions
from app.plan.searchable import last_bulletins
from app.reference.models import Organisation
from app.results import names, sql_policy
from app.search.query import excerpts, retrieval
from app.search.query import parser as queries
from app.search.query.excerpts import Piece
from app.search.query.expansion import Search
from app.search.query.parser import Query
from app.search.query.retrieval import Find, Tally
from app.updates import queries as updates


@dataclass(frozen=True)
class Result:
    """One thing that was found: its row, its title and a part of its text with what was looked for marked.

    `at` is when it appeared, and `community_id` whose it is, where it has one; `lang` and `text_lang` are the languages
    of its title and of its text, where they are known. `names` are those of its tags and places that were asked for by
    name. `missing` is what was typed and it does not have, where it has all the words but one.
    """

    kind: str
    thing: Any
    title: list[Piece]
    excerpt: list[Piece]
    at: datetime | None = None
    community_id: int | None = None
    lang: str | None = None
    text_lang: str | None = None
    names: Sequence[str] = ()
    missing: Sequence[str] = ()


@dataclass(frozen=True)
class Results:
    """One page of results, where the next one begins, and how they were found (`reading.WAYS`)."""

    items: Sequence[Result]
    next: str | None
    way: str
    tally: Tally


def parse(typed: str, actor: Actor = ANYONE) -> Query:
    """Read what a person typed, among it names of places, and of tags that they may know of."""
    return queries.parse(typed, names.read(typed, actor))


def find(
    actor: Actor,
    query: Query,
    *,
    kinds: tuple[str, ...] = (),
    communities: Collection[int] = (),
    by_date: bool = False,
    after: str = "",
    size: int = SIZE,
    lang: str = "fr",
) -> Results:
    """Return one page of results for a person; `kinds` and `communities` filter, `lang` is the reader's language.

    Raise NotFound for a broken place.
    """
    narrow = sql_policy.narrow_to(actor, communities)
    found = retrieval.find(query, narrow, kinds=kinds, by_date=by_date, after=after, size=size)
    tally = retrieval.count(found.search, narrow, kinds) if after else retrieval.tally(found, narrow, kinds)
    return Results(_load(actor, found.items, found.search, lang), found.next, found.way, tally)


def _load(actor: Actor, finds: Sequence[Find], search: Search, lang: str) -> list[Result]:
    """Read the things that were found, in one question for each kind; what is gone meanwhile is left out."""
    ids = defaultdict[str, list[int]](list)
    for one in finds:
        ids[one.kind].append(one.thing_id)
    things = {kind: _READERS[kind](actor, own) for kind, own in ids.items()}
    bulletins = last_bulletins(ids["action"]) if ids["action"] else {}
    results = list[Result]()
    for one in finds:
        thing = things[one.kind].get(one.thing_id)
        if thing is not None:
            bulletin = bulletins.get(one.thing_id, "") if one.kind == "action" else ""
            results.append(_result(one, thing, _words_of(one.kind, thing, lang), search, bulletin))
    return results


def _read_people(_actor: Actor, ids: Collection[int]) -> dict[int, Any]:
    columns = load_only(User.name, User.about, User.shows_about, User.shows_organisation)
    query = select(User).where(User.id.in_(ids), User.shows_in_search, User.closed_at.is_(None)).options(columns)
    people = db.session.scalars(query.options(joinedload(User.organisation).load_only(Organisation.name)))
    return {person.id: person for person in people}


def _read_communities(actor: Actor, _ids: Collection[int]) -> dict[int, Any]:
    return dict(visible(actor).by_id)


_READERS: dict[str, Callable[[Actor, Collection[int]], dict[int, Any]]] = {
    "idea": lambda actor, ids: ideas.some(actor, ids, ()),
    "comment": comments.some,
    "update": lambda actor, ids: updates.some(actor, ids, ()),
    "action": lambda actor, ids: actions.some(actor, ids, ()),
    "community": _read_communities,
    "person": _read_people,
}


def _result(find: Find, thing: Any, words: "_Words", search: Search, bulletin: str) -> Result:
    """Make a result; its excerpt is of the last bulletin (HTML) where the text has none of the words."""
    text = words.text
    if bulletin and not any(piece.is_found for piece in excerpts.mark(text, search)):
        text = markdown.to_line(bulletin)
    return Result(
        find.kind,
        thing,
        excerpts.mark(words.title, search),
        excerpts.excerpt(text, search),
        words.at,
        words.community_id,
        words.lang,
        words.text_lang,
        search.names_in(find.line),
        search.missing_from(find.line) if find.is_almost else (),
    )


class _Words(NamedTuple):
    """The title and the text of a thing, with their languages; when it appeared, and whose it is."""

    title: str
    text: str
    lang: str | None = None
    text_lang: str | None = None
    at: datetime | None = None
    community_id: int | None = None


def _words_of(kind: str, thing: Any, lang: str) -> _Words:
    if kind == "comment":
        # What it answers is most often in its language, and no statement is sent to know.
        return _Words(
            thing.thread.title,
            markdown.to_line(thing.body_html),
            thing.lang,
            thing.lang,
            thing.created_at,
            thing.thread.community_id,
        )
    if kind == "community":
        (name, name_lang), (text, text_lang) = (_in(lang, thing, field) for field in ("name", "description"))
        return _Words(name, markdown.to_line(markdown.render(text)), name_lang, text_lang, community_id=thing.id)
    if kind == "person":
        organisation = thing.organisation.name if thing.shows_organisation and thing.organisation else ""
        about = thing.about if thing.shows_about else ""
        return _Words(thing.name, " – ".join(filter(None, (organisation, about))))
    return _Words(
        thing.title, markdown.to_line(thing.body_html), thing.lang, thing.lang, thing.published_at, thing.community_id
    )


def _in(lang: str, thing: Any, field: str) -> tuple[str, str]:
    """Return a name or a description in the language of whoever reads, else in French, and its language."""
    in_english = getattr(thing, f"{field}_en") if lang == "en" else None
    return (in_english, "en") if in_english else (getattr(thing, field), "fr")
