"""What one wrote, for one's own first page: where each idea stands, and what waits for its author."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, case, func, literal, null, or_, select, union_all
from sqlalchemy.orm import aliased

from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import ImportedAuthor, User
from app.comments.models import Comment, Thread
from app.communities.cached_statements import ME, cached_statement, is_by_another, reader_key, reader_parameters
from app.communities.queries import seen_by
from app.core import dialect, versions
from app.core.actor import Actor
from app.core.db import constant, constants, db, number_parameter, numbers_parameter
from app.core.permits import may_take_part
from app.ideas.models import OPEN, Idea
from app.ideas.queries.reading import own_of, readable_by

LIMIT = number_parameter("limit")
ASKS = ("wonder", "offer")
"""The intents of a comment that waits for the author of the idea."""
ANSWERED = ("published", "pending")
HIDDEN, REFUSED = "hidden", "refused"
"""What a team took out of sight, and what never appeared."""
HELD, RETURNED = "held", "returned"
"""A change of a public text that its team has not read, and one that it did not publish."""
BARRED = numbers_parameter("barred")


class OwnIdea(NamedTuple):
    """An idea of one's own; `total` is how many one has."""

    id: int
    slug: str
    title: str
    kind: str
    status: str
    lang: str
    community_id: int | None
    votes_count: int
    saved_at: datetime
    status_at: datetime | None
    answered_at: datetime | None
    hidden_at: datetime | None
    merged_into: int | None
    total: int


class Waiting(NamedTuple):
    """What waits for an author: a comment that asks or offers (`what`); the idea itself, `HIDDEN` or `REFUSED`.

    Or a change (`held_id`), `HELD` or `RETURNED`: `kind` is that of the idea, `comment` or `user`, and `title` is that
    of what it is about, "" for a profile and for what they may not read any more.
    """

    what: str
    id: int
    slug: str
    title: str
    lang: str
    kind: str
    community_id: int | None
    comment_id: int | None
    held_id: int | None
    author_name: str | None
    author_closed_at: datetime | None
    at: datetime
    total: int


def list_last_moved(actor: Actor, size: int) -> list[OwnIdea]:
    """Return what a person wrote, in every state, the last moved first; known until a content changes."""
    return versions.get_or_load(("own ideas", actor.id, size), lambda: _load_own(actor, size))


def _load_own(actor: Actor, size: int) -> list[OwnIdea]:
    rows = db.session.connection().execute(_select_own(actor), reader_parameters(actor, limit=size))
    return [OwnIdea._make(row) for row in rows]


@cached_statement
def _select_own(actor: Actor) -> Select[Any]:
    moved = func.coalesce(Idea.status_at, Idea.saved_at)
    columns = [getattr(Idea, name) for name in OwnIdea._fields[:-1]]
    query = select(*columns, func.count().over().label("total")).where(own_of(actor))
    return query.order_by(moved.desc(), Idea.id.desc()).limit(LIMIT)


def list_waiting(member: Actor, size: int) -> list[Waiting]:
    """Return what waits for a person under what they wrote, the last first; what they answered waits no more.

    Where they may not take part for now, nobody waits for their answer.
    """
    key = ("own waiting", member.id, reader_key(member), may_take_part(member, None), member.barred_ids, size)
    return versions.get_or_load(key, lambda: _load_waiting(member, size))


def _load_waiting(member: Actor, size: int) -> list[Waiting]:
    statement = _select_waiting(member, may_answer=may_take_part(member, None))
    values = reader_parameters(member, limit=size, barred=sorted(member.barred_ids))
    rows = db.session.connection().execute(statement, values)
    return [Waiting._make(row) for row in rows]


@cached_statement
def _select_waiting(actor: Actor, *, may_answer: bool) -> Select[Any]:
    asked = [_select_asked(actor)] if may_answer else []
    found = union_all(*asked, _select_hidden(actor), _select_held(actor)).subquery()
    query = select(found, func.count().over().label("total"))
    order = (column.desc() for column in (found.c.at, found.c.id, found.c.comment_id, found.c.held_id))
    return query.order_by(*order).limit(LIMIT)


def _idea_columns() -> list[Any]:
    return [Idea.id, Idea.slug, Idea.title, Idea.lang, Idea.kind, Idea.community_id]


def _select_asked(actor: Actor) -> Select[Any]:
    name = func.coalesce(User.name, ImportedAuthor.name)
    query = select(
        Comment.intent.label("what"),
        *_idea_columns(),
        Comment.id.label("comment_id"),
        literal(0).label("held_id"),
        name.label("author_name"),
        User.closed_at.label("author_closed_at"),
        Comment.created_at.label("at"),
    ).join(Thread, Thread.id == Idea.thread_id)
    query = query.join(Comment, Comment.thread_id == Idea.thread_id)
    query = query.outerjoin(User, User.id == Comment.author_id)
    query = query.outerjoin(ImportedAuthor, ImportedAuthor.id == Comment.imported_author_id)
    is_open = and_(dialect.unindexed(Idea.status).in_(constants(OPEN)), Thread.locked_at.is_(None), Thread.is_public)
    is_seen = and_(Comment.status == constant("published"), Comment.in_sight(), is_by_another(Comment.author_id))
    is_own = and_(own_of(actor), dialect.unindexed(Idea.merged_into).is_(None), readable_by(actor))
    is_own = and_(is_own, func.coalesce(Idea.community_id, 0).not_in(BARRED))
    return query.where(is_own, is_open, is_seen, Comment.intent.in_(constants(ASKS)), ~_is_answered())


def _is_answered() -> Any:
    """Match a comment after which the reader spoke in its branch."""
    mine = aliased(Comment)
    said = select(mine.id).where(mine.root_id == func.coalesce(Comment.root_id, Comment.id), mine.id > Comment.id)
    said = said.where(dialect.unindexed(mine.author_id) == ME, mine.status.in_(constants(ANSWERED)), mine.in_sight())
    return said.correlate(Comment).exists()


def _select_hidden(actor: Actor) -> Select[Any]:
    nothing = null()
    query = select(
        case((dialect.unindexed(Idea.status) == constant("pending"), literal(REFUSED)), else_=literal(HIDDEN)).label(
            "what"
        ),
        *_idea_columns(),
        literal(0).label("comment_id"),
        literal(0).label("held_id"),
        dialect.as_text(nothing).label("author_name"),
        User.closed_at.label("author_closed_at"),
        Idea.hidden_at.label("at"),
    ).join(User, User.id == Idea.author_id)
    return query.where(own_of(actor), Idea.hidden_at.is_not(None))


def _select_held(actor: Actor) -> Select[Any]:
    is_known = or_(own_of(actor), readable_by(actor))
    is_open = and_(Thread.is_public, seen_by(actor, Thread))
    title = case((is_known, Idea.title), (is_open, Thread.title), else_=literal(""))
    query = select(
        case((HeldRevision.state == constant("open"), literal(HELD)), else_=literal(RETURNED)).label("what"),
        func.coalesce(Idea.id, 0).label("id"),
        func.coalesce(Idea.slug, "").label("slug"),
        title.label("title"),
        func.coalesce(Idea.lang, "").label("lang"),
        case((Comment.id.is_not(None), literal("comment")), else_=func.coalesce(Idea.kind, "user")).label("kind"),
        Idea.community_id,
        literal(0).label("comment_id"),
        HeldRevision.id.label("held_id"),
        dialect.as_text(null()).label("author_name"),
        User.closed_at.label("author_closed_at"),
        HeldRevision.at,
    ).join(User, User.id == HeldRevision.by_id)
    query = query.outerjoin(Idea, Idea.id == HeldRevision.idea_id)
    query = query.outerjoin(Comment, Comment.id == HeldRevision.comment_id)
    query = query.outerjoin(Thread, Thread.id == Comment.thread_id)
    return query.where(HeldRevision.by_id == actor.id, HeldRevision.state != constant("closed"))


def has_said_nothing(actor: Actor) -> bool:
    """Tell whether a person never commented: whoever wrote no idea either is new here."""
    query = select(select(Comment.id).where(Comment.author_id == actor.id).exists())
    return versions.get_or_load(("own silence", actor.id), lambda: not db.session.scalar(query))
