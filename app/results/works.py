"""What is done already and may be what an idea asks for: actions of the current plan, work of communities.

Their titles are judged as those of ideas are (`similarity`). The public's are few enough to be known by the process.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, and_, cast, func, literal, select, union_all

from app.communities.cached_statements import cached_statement, reader_parameters
from app.core import versions
from app.core.actor import Actor
from app.core.db import db, number_parameter, numbers_parameter
from app.ideas.models import Idea
from app.ideas.queries.reading import readable_by
from app.plan.models.links import Link, UpdateLink
from app.plan.models.progress import Bulletin
from app.plan.models.structure import UNFINISHED, Action, Funding, Plan
from app.plan.queries import actions
from app.plan.queries.action_rows import last_bulletin
from app.results import name_tokens, similarity
from app.results.similarity import TitleWord, WordCount, split_title
from app.search.index.texts import build_title_token
from app.updates import queries as updates
from app.updates.models import Update

MOST = 3
"""How many are shown."""
READ = 12
"""How many of the nearest are read."""
ENOUGH = 0.5
"""The score from which something is similar enough: more than between two ideas, since its text is not looked at."""
ACTIONS, UPDATES = 1_000, 300
"""How many titles are known of each, the newest."""
_NUMBERS, _IDEA = numbers_parameter("numbers"), number_parameter("idea")
Work = tuple[str, int]
"""The kind of a thing that is done, and its number."""


class SimilarAction(NamedTuple):
    """A similar action, with what a link to it says: what holds it back (in a language), the dollars that it lacks."""

    id: int
    code: str
    title: str
    state: str
    blocker: str
    blocker_lang: str
    missing: int
    lang: str = "fr"
    noun: str = "action"


class SimilarUpdate(NamedTuple):
    """A similar update, with what a link to it says."""

    id: int
    title: str
    lang: str
    community_id: int
    published_at: datetime
    noun: str = "update"


class Scored(NamedTuple):
    """How near a thing is: `is_twin`, it has the same title, which comes before any other; then its score."""

    is_twin: bool
    score: float
    thing: Any

    @property
    def rank(self) -> tuple[bool, float]:
        return self.is_twin, self.score


def list_similar_works(
    actor: Actor, title: str, counts: Mapping[TitleWord, WordCount], led: Mapping[int, float], *, idea_id: int
) -> list[Scored]:
    """Return what is done that a person may read and that may be what a title asks for, the nearest first.

    `counts` says what each word of the title counts. `led` are the actions that similar ideas have led to, each with
    the score of its idea: it is as near. What idea `idea_id` is tied to is left out, since its page shows it; one that
    the person may not read leaves nothing out.
    """
    near = _judge(title, counts)
    for action_id, score in led.items():
        present = near.get(("action", action_id), (False, 0.0))
        near["action", action_id] = max(present, (False, score))
    best = sorted(near, key=lambda work: (near[work], work), reverse=True)[:READ]
    found = {**_get_actions(actor, best, idea_id), **_get_updates(actor, best, idea_id)}
    return [Scored(*near[work], found[work]) for work in best if work in found][:MOST]


def _judge(title: str, counts: Mapping[TitleWord, WordCount]) -> dict[Work, tuple[bool, float]]:
    """Return what is near enough by its title, with whether the title is the same, and its score."""
    token, places = build_title_token(title), name_tokens.get_words_of_places(title)
    found = dict[Work, tuple[bool, float]]()
    # Two things in one village are not near for that.
    for work, its_title in _list_sharing(token, [word for word in counts if word.text not in places]):
        is_twin, score = build_title_token(its_title) == token, similarity.score(counts, split_title(its_title))
        if is_twin or score >= ENOUGH:
            found[work] = (is_twin, score)
    return found


def _list_sharing(token: str, words: Iterable[TitleWord]) -> Iterator[tuple[Work, str]]:
    """Yield what has a word of a title in its own, or a synonym of one."""
    known = versions.get_or_load("titles of works", _load_titles)
    yield from {pair for name in _names(token, words) for pair in known.get(name, ())}


def _load_titles() -> Mapping[str | int, list[tuple[Work, str]]]:
    """Return the titles of the public's works by the keys and groups of their words, and by their tokens."""
    found = defaultdict[str | int, list[tuple[Work, str]]](list)
    for kind, row_id, title in db.session.execute(_select_titles()).tuples():
        for name in _names(build_title_token(title), split_title(title)):
            found[name].append(((kind, row_id), title))
    return dict(found)


def _names(token: str, words: Iterable[TitleWord]) -> set[str | int]:
    """Return what a title and its words share with others: the keys and the groups of synonyms of each."""
    return {
        token,
        *(key for word in words for key in word.keys),
        *(group for word in words for group in word.group_ids),
    }


def _select_titles() -> Any:
    in_plan = _select_living(literal("action"), Action.id, Action.title).order_by(Action.id.desc()).limit(ACTIONS)
    in_public = select(literal("update"), Update.id, Update.title).where(
        Update.in_sight(), Update.is_private.is_(False)
    )
    return union_all(*(select(query.subquery()) for query in (in_plan, updates.RECENT.apply(in_public).limit(UPDATES))))


def _select_living(*columns: Any) -> Select[Any]:
    """Select actions of the current plan that are not dropped."""
    return select(*columns).join(Plan, Plan.id == Action.plan_id).where(Plan.is_current, actions.is_living())


def _get_actions(actor: Actor, works: Collection[Work], idea_id: int) -> dict[Work, SimilarAction]:
    ids = [row_id for kind, row_id in works if kind == "action"]
    values = reader_parameters(actor, numbers=ids, idea=idea_id)
    rows = db.session.execute(_select_actions(actor), values).tuples() if ids else ()
    return {("action", row[0]): SimilarAction(*row) for row in rows}


@cached_statement
def _select_actions(actor: Actor) -> Select[Any]:
    """Select actions, each with what blocks it by its last bulletin in sight, and what it lacks of its budget."""
    funding = select(func.coalesce(func.sum(Funding.amount), 0)).where(Funding.action_id == Action.id)
    missing = func.coalesce(Action.budget, 0) - funding.correlate(Action).scalar_subquery()
    is_unfinished = cast(Action.state.in_(UNFINISHED), Integer)
    own = _select_tied(actor, Link).where(Link.action_id == Action.id, Link.ended_at.is_(None))
    query = _select_living(
        Action.id,
        Action.code,
        Action.title,
        Action.state,
        func.coalesce(Bulletin.blocker, ""),
        func.coalesce(Bulletin.lang, "fr"),
        missing * is_unfinished,
    ).outerjoin(Bulletin, and_(Bulletin.id == last_bulletin(), Action.state.in_(UNFINISHED)))
    return query.where(Action.id.in_(_NUMBERS), actions.readable_by(actor), ~own.correlate(Action).exists())


def _get_updates(actor: Actor, works: Collection[Work], idea_id: int) -> dict[Work, SimilarUpdate]:
    ids = [row_id for kind, row_id in works if kind == "update"]
    values = reader_parameters(actor, numbers=ids, idea=idea_id)
    rows = db.session.execute(_select_updates(actor), values).tuples() if ids else ()
    return {("update", row[0]): SimilarUpdate(*row) for row in rows}


@cached_statement
def _select_updates(actor: Actor) -> Select[Any]:
    own = _select_tied(actor, UpdateLink).where(UpdateLink.update_id == Update.id)
    query = select(Update.id, Update.title, Update.lang, Update.community_id, Update.published_at)
    return query.where(
        Update.id.in_(_NUMBERS), Update.in_sight(), updates.readable_by(actor), ~own.correlate(Update).exists()
    )


def _select_tied(actor: Actor, link: Any) -> Select[Any]:
    """Select what ties the idea to a work, where the person may read that idea: else its absence would tell of it."""
    return select(link.id).join(Idea, Idea.id == link.idea_id).where(link.idea_id == _IDEA, readable_by(actor))
