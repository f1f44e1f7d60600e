"""Every SELECT on notices: a person's own, and those whose mail is to be written."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, not_, null, or_, select, union_all

from app.accounts.models.people import User
from app.comments.models import Comment, Thread
from app.communities.cached_statements import cached_statement, reader_parameters
from app.communities.queries import seen_by
from app.core import clock
from app.core.actor import Actor
from app.core.db import NOW, constant, constants, db, number_parameter, numbers_parameter
from app.core.errors import NotFound
from app.core.paging import SIZE, Page, page_by_id
from app.core.permits import Permission
from app.events.models.meetings import Event
from app.events.queries import reading as events
from app.ideas.models import PUBLIC, Idea
from app.notifications.models import Notice
from app.notifications.queries import page_notices
from app.notifications.queries.page_notices import Sight
from app.notifications.topics import (
    SECURITY,
    TALK,
    WITH_ACTION,
    WITH_EVENT,
    WITH_IDEA,
    WITH_ROOM,
    WITH_UPDATE,
    kinds_told,
)
from app.plan.models.progress import Bulletin, Holder
from app.plan.models.structure import Action
from app.updates.models import Update

# How long the mail of a notice waits for what follows about the same content.
GATHERING = timedelta(minutes=10)
# Notices to read that are counted; beyond, there are more.
MOST = 99
BETWEEN = timedelta(hours=1)
# Topics that are mailed even to whoever read them on the site.
KEPT = ("contribution", SECURITY)
# How many of the last notices say which communities there are to choose from.
LAST = 200
# An idea, an update, an action or a meeting and all that is said under it have one thread.
CONTENT = func.coalesce(Comment.thread_id, Idea.thread_id, Update.thread_id, Action.thread_id, Event.thread_id)


def list_notices(
    actor: Actor,
    *,
    before: int | None = None,
    is_unread: bool = False,
    community_id: int | None = None,
    size: int = SIZE,
) -> Page[Notice]:
    """Return a page of what a person was told, the last first; `before` is the notice the page before ended at.

    `is_unread` keeps what was not read, `community_id` what is about the contents of one community.
    """
    query = _select_page(actor, is_unread=is_unread, is_of_one=bool(community_id), is_first=not before)
    rows = db.session.scalars(
        query, reader_parameters(actor, before=before, community=community_id, limit=size + 1)
    ).all()
    return page_by_id(rows, size=size, is_first=not before)


@cached_statement
def _select_page(actor: Actor, *, is_unread: bool, is_of_one: bool, is_first: bool) -> Select[tuple[Notice]]:
    query = select(Notice).where(Notice.user_id == actor.id, is_still_told(actor))
    query = query.where(Notice.read_at.is_(None)) if is_unread else query
    if is_of_one:
        there = _with_content(select(Notice.id)).join(Thread, Thread.id == CONTENT)
        ids = there.where(Notice.user_id == actor.id, Thread.community_id == number_parameter("community")).subquery()
        query = query.where(Notice.id.in_(select(ids.c.id)))
    query = query if is_first else query.where(Notice.id < number_parameter("before"))
    return query.order_by(Notice.id.desc()).limit(number_parameter("limit"))


def get_tabs(actor: Actor) -> tuple[int, set[int]]:
    """Return what `count_unread` does, and the communities that the last things a person was told are about."""
    (_rank, count), *places = sorted(db.session.execute(_select_tabs(actor), reader_parameters(actor)).tuples())
    return count, {community_id for _rank, community_id in places}


@cached_statement
def _select_tabs(actor: Actor) -> Any:
    last = select(Notice.id).where(Notice.user_id == actor.id).order_by(Notice.id.desc()).limit(LAST).subquery()
    places = _with_content(select(literal(1), Thread.community_id).distinct()).join(Thread, Thread.id == CONTENT)
    places = places.where(Notice.id.in_(select(last.c.id)), Thread.community_id.is_not(None))
    return union_all(select(literal(0), _count_unread(actor).scalar_subquery()), places)


def list_remaining(actor: Actor, ids: Collection[int]) -> Sequence[Notice]:
    """Return those of these notices that still tell this person something, the oldest first."""
    return db.session.scalars(_select_some(actor), reader_parameters(actor, ids=list(ids))).all()


@cached_statement
def _select_some(actor: Actor) -> Select[tuple[Notice]]:
    query = select(Notice).where(
        Notice.id.in_(numbers_parameter("ids")), Notice.user_id == actor.id, is_still_told(actor)
    )
    return query.order_by(Notice.id)


def get_notice(actor: Actor, notice_id: int, permission: Permission) -> Notice:
    """Return a notice by its number. Raise NotFound where it is absent or forbidden, without telling which."""
    notice = db.session.scalar(select(Notice).where(Notice.id == notice_id, is_still_told(actor)))
    if notice is None or not permission.permits(actor, notice):
        raise NotFound()
    return notice


def list_since(kind: str, moment: datetime) -> Sequence[Notice]:
    """Return the notices of a kind that are younger than a moment."""
    return db.session.scalars(select(Notice).where(Notice.kind == kind, Notice.at > moment)).all()


def count_unread(actor: Actor) -> int:
    """Count the notices that a person has not read, up to `MOST` + 1."""
    return db.session.scalar(_count_unread(actor), reader_parameters(actor)) or 0


@cached_statement
def _count_unread(actor: Actor) -> Select[tuple[int]]:
    return _count(_unread(actor))


def _unread(actor: Actor) -> Select[tuple[int]]:
    return select(Notice.id).where(Notice.user_id == actor.id, Notice.read_at.is_(None), is_still_told(actor))


def _count(notices: Select[tuple[int]]) -> Select[tuple[int]]:
    return select(func.count()).select_from(notices.order_by(Notice.id.desc()).limit(MOST + 1).subquery())


def list_unread(actor: Actor, size: int) -> tuple[list[Notice], int]:
    """Return the last notices that a person has not read, and what `count_unread` does, in one statement."""
    rows = db.session.execute(_select_unread(actor), reader_parameters(actor, limit=size)).all()
    return [row[0] for row in rows], rows[0][1] if rows else 0


@cached_statement
def _select_unread(actor: Actor) -> Select[tuple[Notice, int]]:
    counted = _unread(actor).order_by(Notice.id.desc()).limit(MOST + 1).subquery()
    query = select(Notice, func.count().over()).join(counted, counted.c.id == Notice.id)
    return query.order_by(Notice.id.desc()).limit(number_parameter("limit"))


def count_unread_beside(actor: Actor, sight: Sight) -> tuple[int, list[int]]:
    """Return what `count_unread` does once a page read what it shows, and the notices that it read, in one statement.

    What was hidden meanwhile is neither counted nor shown: it is still to be read if it comes back.
    """
    pages = tuple(sorted(sight.keys() - {page_notices.TEXTS}))
    rows = db.session.execute(
        _select_beside(actor, pages), reader_parameters(actor, **page_notices.page_parameters(sight))
    ).all()
    others = sum(row.id for row in rows if row.kind is None)
    likely = [row for row in rows if row.kind]
    ids = [row.id for row in likely if page_notices.is_shown(row, sight)]
    return min(others + len(likely) - len(ids), MOST + 1), ids


@cached_statement
def _select_beside(actor: Actor, pages: tuple[str, ...]) -> Any:
    """Select the notices that these pages may show, and count the others: that row has no kind."""
    may_be_shown, columns = page_notices.may_concern_pages(pages), page_notices.COLUMNS_READ
    likely = _unread(actor).where(may_be_shown).with_only_columns(*columns)
    others = _count(_unread(actor).where(not_(may_be_shown))).subquery()
    return union_all(likely, select(*others.c, *[null()] * (len(columns) - 1)))


def is_still_told(actor: Actor) -> ColumnElement[bool]:
    """Match the notices that tell something, and still: what was said is in sight, where this person may read it."""
    said = (
        select(Comment.id)
        .join(Comment.thread)
        .where(
            Comment.id == Notice.comment_id,
            Comment.status == "published",
            Comment.in_sight(),
            Thread.is_public,
            seen_by(actor, Thread),
            or_(Notice.kind != "comment.post", Thread.author_id == Notice.user_id, _holds_its_action()),
            or_(Notice.kind != "comment.used", Comment.used_at.is_not(None)),
        )
    )
    is_said = or_(Notice.kind.not_in(constants(TALK)), said.exists())
    is_refused = ~and_(Notice.kind == "measure.refuse", _is_again_in_sight())
    is_published = or_(Notice.kind != "measure.publish", _is_again_in_sight())
    return and_(Notice.at <= NOW, is_said, _is_still_there(actor), is_refused, is_published)


def _is_still_there(actor: Actor) -> ColumnElement[bool]:
    """Match what is not of an idea, of work or of a meeting, or is of one that this person may read now."""
    whatever, reading = kinds_told(WITH_ROOM), kinds_told(WITH_IDEA)
    may_be_read = and_(Idea.status.in_(constants(PUBLIC)), Idea.in_sight())
    idea = select(Idea.id).where(
        Idea.id == Notice.idea_id, seen_by(actor, Idea), or_(Notice.kind.in_(constants(whatever)), may_be_read)
    )
    update = select(Update.id).where(Update.id == Notice.update_id, Update.in_sight(), seen_by(actor, Update))
    event = select(Event.id).where(Event.id == Notice.event_id, events.in_sight_of(actor))
    return and_(
        or_(Notice.kind.not_in(constants(kinds_told(WITH_EVENT))), event.exists()),
        or_(Notice.kind.not_in(constants((*whatever, *reading))), idea.exists()),
        or_(Notice.kind.not_in(constants(kinds_told(WITH_UPDATE))), update.exists()),
        or_(Notice.kind.not_in(constants(kinds_told(WITH_ACTION))), _is_open_to_all()),
    )


def _is_open_to_all() -> ColumnElement[bool]:
    """Match what everybody may read: the action, what was said of it, and the idea by which its reader hears of it."""
    action = select(Action.id).where(Action.id == Notice.action_id, Action.in_sight())
    bulletin = select(Bulletin.id).where(Bulletin.id == Notice.bulletin_id, Bulletin.in_sight())
    idea = select(Idea.id).where(
        Idea.id == Notice.idea_id, Idea.status.in_(constants(PUBLIC)), Idea.in_sight(), Idea.is_private.is_(False)
    )
    return and_(
        action.exists(),
        or_(Notice.bulletin_id.is_(None), bulletin.exists()),
        or_(Notice.idea_id.is_(None), idea.exists()),
    )


def _holds_its_action() -> ColumnElement[bool]:
    """Match the notices of somebody who keeps the action of a thread up to date."""
    query = (
        select(Holder.id)
        .join(Action, Action.id == Holder.action_id)
        .where(Action.thread_id == Thread.id, Holder.user_id == Notice.user_id, Holder.ended_at.is_(None))
    )
    return query.correlate(Thread, Notice).exists()


def _is_again_in_sight() -> ColumnElement[bool]:
    """Match the notices whose idea or comment is not hidden."""
    idea = select(Idea.id).where(Idea.id == Notice.idea_id, Idea.hidden_at.is_(None))
    comment = select(Comment.id).where(Comment.id == Notice.comment_id, Comment.hidden_at.is_(None))
    return or_(idea.exists(), comment.exists())


def select_same_content(notice: Notice) -> Select[tuple[int]]:
    """Select the notices of a person about the same content as this one."""
    content_id = db.session.scalar(_with_content(select(CONTENT)).where(Notice.id == notice.id))
    return _with_content(select(Notice.id)).where(Notice.user_id == notice.user_id, CONTENT == content_id)


def list_mails_to_write(limit: int = 1000) -> list[tuple[User, list[int]]]:
    """Return the mails that are to be written, each as an account and the notices that it tells of.

    What is about one content waits ten minutes from the first notice of it, and leaves as one mail.
    """
    first_at = func.min(Notice.at).over(partition_by=(Notice.user_id, CONTENT))
    waiting = _with_content(select(Notice.id, Notice.user_id, CONTENT.label("content_id"), first_at.label("first_at")))
    rows = waiting.where(waits_for_mail()).subquery()
    is_due = or_(rows.c.content_id.is_(None), rows.c.first_at <= clock.now() - GATHERING)
    query = select(User, rows.c.id, rows.c.content_id).join(rows, rows.c.user_id == User.id)
    query = query.where(User.email.is_not(None), is_due)
    found = db.session.execute(query.order_by(User.id, rows.c.content_id, rows.c.id).limit(limit)).tuples().all()
    return [_mail(list(mail)) for _key, mail in groupby(found, lambda row: (row[0].id, row[2] or -row[1]))]


def _mail(rows: Sequence[tuple[User, int, int | None]]) -> tuple[User, list[int]]:
    return rows[0][0], [notice_id for _user, notice_id, _content_id in rows]


def waits_for_mail() -> ColumnElement[bool]:
    """Match the notices whose mail was not written.

    That of one that took the place of another waits for an hour after that of the other. Nothing is mailed of what was
    read meanwhile, but of what is decided about somebody's own words or account, which they keep.
    """
    is_wanted = or_(Notice.read_at.is_(None), Notice.topic.in_(KEPT))
    is_late = and_(Notice.mailed_at < Notice.at, Notice.mailed_at <= clock.now() - BETWEEN, Notice.read_at.is_(None))
    # An index holds the notices of the second condition, which the third says again.
    to_write = or_(Notice.mailed_at.is_(None), Notice.mailed_at < Notice.at)
    is_time = or_(Notice.mailed_at.is_(None), is_late)
    return and_(Notice.pace == constant("now"), Notice.at <= NOW, is_wanted, to_write, is_time)


def _with_content(query: Select[Any]) -> Select[Any]:
    """Join what a notice is about, for `CONTENT`."""
    query = query.select_from(Notice).outerjoin(Comment, Comment.id == Notice.comment_id)
    query = query.outerjoin(Idea, Idea.id == Notice.idea_id).outerjoin(Update, Update.id == Notice.update_id)
    query = query.outerjoin(Action, Action.id == Notice.action_id)
    return query.outerjoin(Event, Event.id == Notice.event_id)
