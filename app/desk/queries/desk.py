"""The desk of a person: how much waits in each queue, and a page of one of them with the things of its rows."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.orm import contains_eager, defer, joinedload, load_only

from app.accounts.models.people import Profile, User
from app.comments.models import Comment
from app.comments.queries import reading as comments
from app.communities.cached_statements import ME, reader_key, reader_parameters
from app.communities.queries import Room, get_rooms
from app.contents import queries as contents
from app.core.actor import Actor
from app.core.db import db, numbers_parameter
from app.core.errors import NotFound
from app.core.numbers import ONE_WAY, row_number
from app.core.paging import BAD_CURSOR, SIZE, VALUE, Page
from app.desk.models import Assignment
from app.desk.queries import assignments, queue_rows, unread
from app.desk.queries.queues import QUEUES, READING, Scope, list_queue_names
from app.forum.models import Forum, ForumTopic
from app.forum.queries import topics
from app.ideas.models import Answer, Idea
from app.ideas.queries.reading import with_author
from app.moderation.appeals.models import Appeal
from app.moderation.appeals.queries import measures
from app.moderation.cases import queries
from app.moderation.first_posts.queries import held_revisions
from app.moderation.moves.models import Handover, MoveRequest
from app.plan.queries import desk as plan_desk
from app.plan.queries import due

# Things of a queue that are counted; beyond, a desk says that there are more.
MOST = 999
# The last so many desks and pages of which the statements are kept: one takes half as long to build as to show.
DESKS = 24
CURSOR = re.compile(rf"([01])\.({VALUE})\.([a-z]{{1,10}})\.({ONE_WAY})")


@dataclass(frozen=True)
class QueueCount:
    """How many things wait in a queue, and how many of those are in the reader's hands."""

    all: int
    mine: int


@dataclass(frozen=True)
class DeskItem:
    """One thing that waits: since when, in which community, in whose hands; `thing` is what it is."""

    kind: str
    id: int
    at: datetime
    community_id: int | None
    is_mine: bool
    thing: Any
    assignment: Assignment | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.id}"


def count_queues(scope: Scope) -> dict[str, QueueCount]:
    """Count what waits in every queue, up to `MOST` + 1 in each, in one query."""
    rows = db.session.execute(_select_counts(*_shape(scope)), reader_parameters(scope.actor)).tuples()
    by_name = {name: QueueCount(total, mine) for name, total, mine in rows}
    return {name: by_name[name] for name in list_queue_names(scope)}


def list_items(
    scope: Scope, queue: str, *, only_mine: bool = False, after: str = "", size: int = SIZE
) -> Page[DeskItem]:
    """Return a page of a queue: what is in the reader's hands first, then what has waited longest."""
    cursor = _parse_cursor(after) if after else None
    query = _select_page(*_shape(scope), queue, cursor, size + 1, only_mine=only_mine)
    rows = db.session.execute(query, reader_parameters(scope.actor)).all()
    following = _format_cursor(rows[size - 1]) if len(rows) > size else None
    return Page(_items(scope.actor, rows[:size]), following, is_first=not after)


def _shape(scope: Scope) -> tuple[Scope, tuple[Room, ...]]:
    """Return the key of the cached statements of a desk: rights and communities; other values are parameters."""
    return replace(scope, actor=reader_key(scope.actor)), get_rooms().all


@lru_cache(maxsize=DESKS)
def _select_counts(scope: Scope, _rooms: tuple[Room, ...]) -> Any:
    scope = replace(scope, actor=replace(scope.actor, id=ME))
    return union_all(*(_count(scope, name) for name in list_queue_names(scope)))


def _count(scope: Scope, name: str) -> Any:
    walks, most = QUEUES[name](scope), (unread.MOST if name == READING else MOST) + 1
    mine = [walk for walk in walks if walk.turn == 0]
    return select(
        literal(name), queue_rows.select_count(walks, most), queue_rows.select_count(mine, most) if mine else literal(0)
    )


@lru_cache(maxsize=DESKS)
def _select_page(
    scope: Scope,
    _rooms: tuple[Room, ...],
    queue: str,
    cursor: queue_rows.Cursor | None,
    size: int,
    *,
    only_mine: bool,
) -> Any:
    walks = QUEUES[queue](replace(scope, actor=replace(scope.actor, id=ME)))
    walks = [walk for walk in walks if walk.turn == 0] if only_mine else walks
    return queue_rows.select_page(walks, cursor, size)


def _format_cursor(row: Any) -> str:
    rank = round(row.rank.timestamp() * 1_000_000) if isinstance(row.rank, datetime) else row.rank
    return f"{row.turn}.{rank}.{row.kind}.{row.id}"


def _parse_cursor(text: str) -> queue_rows.Cursor:
    """Read the cursor of a row back; raise NotFound on anything else."""
    match = CURSOR.fullmatch(text)
    if not match or match[3] not in LOADERS or not row_number(match[4]):
        raise NotFound(BAD_CURSOR)
    return int(match[1]), int(match[2]), match[3], row_number(match[4])


def _items(actor: Actor, rows: Sequence[Any]) -> list[DeskItem]:
    ids_by_kind: dict[str, list[int]] = {}
    for row in rows:
        ids_by_kind.setdefault(row.kind, []).append(row.id)
    things = {kind: LOADERS[kind](actor, ids) for kind, ids in ids_by_kind.items()}
    hands = {kind: assignments.get_assignments(kind, ids) for kind, ids in ids_by_kind.items()}
    return [_item(row, things[row.kind][row.id], hands[row.kind].get(row.id)) for row in rows]


def _item(row: Any, thing: Any, assignment: Assignment | None) -> DeskItem:
    """Return a row with its thing; a thread waits since the first comment that is to read."""
    at = thing.first.created_at if row.kind == "thread" else row.rank
    return DeskItem(row.kind, row.id, at, row.place, row.turn == 0, thing, assignment)


def _ideas(_actor: Actor, ids: Sequence[int]) -> dict[int, Any]:
    """Read ideas with their authors and since when these have an account, which a team that admits a post looks at."""
    return {row.id: row for row in db.session.scalars(_select_ideas(), {"ids": list(ids)})}


@cache
def _select_ideas() -> Select[tuple[Idea]]:
    return (
        select(Idea)
        .where(Idea.id.in_(numbers_parameter("ids")))
        .options(
            *with_author(),
            joinedload(Idea.author).load_only(User.name, User.closed_at, User.created_at),
            defer(Idea.body, raiseload=True),
        )
    )


def _comments(_actor: Actor, ids: Sequence[int]) -> dict[int, Any]:
    return {row.id: row for row in db.session.scalars(_select_comments(), {"ids": list(ids)})}


@cache
def _select_comments() -> Select[tuple[Comment]]:
    return (
        select(Comment)
        .join(Comment.thread)
        .where(Comment.id.in_(numbers_parameter("ids")))
        .options(
            contains_eager(Comment.thread),
            *comments.with_author(),
            joinedload(Comment.author).load_only(User.name, User.closed_at, User.created_at),
        )
    )


def _lines(actor: Actor, ids: Sequence[int]) -> dict[int, Any]:
    return {line.id: line for line in queries.list_case_lines(actor, ids)}


def _appeals(actor: Actor, ids: Sequence[int]) -> dict[int, Any]:
    return {one.appeal.id: one for one in measures.list_contested_measures(actor, Appeal.id.in_(ids)) if one.appeal}


def _answers(_actor: Actor, ids: Sequence[int]) -> dict[int, Any]:
    with_writer = joinedload(Answer.by).load_only(User.name, User.closed_at)
    query = select(Answer).where(Answer.id.in_(ids)).options(joinedload(Answer.idea), with_writer)
    return {row.id: row for row in db.session.scalars(query)}


def _handovers(_actor: Actor, ids: Sequence[int]) -> dict[int, Any]:
    query = select(Handover, Idea).join(Idea, Idea.id == Handover.idea_id).where(Handover.id.in_(ids))
    return {handover.id: (handover, idea) for handover, idea in db.session.execute(query.options(*with_author()))}


def _requests(_actor: Actor, ids: Sequence[int]) -> dict[int, Any]:
    query = select(MoveRequest, Idea).join(Idea, Idea.id == MoveRequest.idea_id).where(MoveRequest.id.in_(ids))
    return {request.id: (request, idea) for request, idea in db.session.execute(query.options(*with_author()))}


def _profiles(_actor: Actor, ids: Sequence[int]) -> dict[int, Any]:
    query = select(Profile).where(Profile.id.in_(ids)).options(*contents.with_words())
    return {row.id: row for row in db.session.scalars(query)}


def _revisions(_actor: Actor, ids: Sequence[int]) -> dict[int, Any]:
    return held_revisions.get_held_changes(ids)


def _links(_actor: Actor, ids: Sequence[int]) -> dict[int, Any]:
    return dict(plan_desk.get_links(ids))


def _late_actions(_actor: Actor, ids: Sequence[int]) -> dict[int, Any]:
    return dict(due.get_due_actions(ids))


def _accounts(_actor: Actor, ids: Sequence[int]) -> dict[int, Any]:
    query = select(User).where(User.id.in_(ids)).options(load_only(User.name, User.closed_at, User.created_at))
    return {row.id: row for row in db.session.scalars(query)}


def _threads(_actor: Actor, ids: Sequence[int]) -> dict[int, Any]:
    return dict(unread.get_unread_threads(ids))


def _topics(_actor: Actor, ids: Sequence[int]) -> dict[int, Any]:
    return {row.id: row for row in db.session.scalars(topics.select_contents().where(ForumTopic.id.in_(ids)))}


def _forums(_actor: Actor, ids: Sequence[int]) -> dict[int, Any]:
    query = select(Forum).where(Forum.id.in_(ids)).options(joinedload(Forum.event))
    return {row.id: row for row in db.session.scalars(query)}


LOADERS: dict[str, Callable[[Actor, Sequence[int]], dict[int, Any]]] = {
    "idea": _ideas,
    "comment": _comments,
    "case": _lines,
    "appeal": _appeals,
    "answer": _answers,
    "handover": _handovers,
    "request": _requests,
    "link": _links,
    "action": _late_actions,
    "account": _accounts,
    "profile": _profiles,
    "revision": _revisions,
    "thread": _threads,
    "topic": _topics,
    "forum": _forums,
}
