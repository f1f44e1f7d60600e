"""Every SELECT on updates."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from app.accounts.models.people import User
from app.communities.cached_statements import cached_statement, reader_parameters
from app.communities.queries import seen_by
from app.communities.sql_policy import stands_in
from app.core.actor import Actor
from app.core.db import db, number_parameter, numbers_parameter
from app.core.errors import NotFound
from app.core.paging import SIZE, Order, Page, page_by_id, page_of, parse_cursor
from app.core.permits import Permission
from app.reference.models import Organisation
from app.updates.models import Update

RECENT = Order(Update.published_at, Update.id)


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """SQL twin of `policy.READ | policy.READ_OWN`."""
    is_kept = Update.deleted_at.is_(None)
    is_seen = seen_by(actor, Update)
    is_hidden = and_(Update.hidden_at.is_not(None), is_kept)
    clauses = [and_(Update.in_sight(), is_seen), and_(is_hidden, stands_in(actor, Update, Update.author_id))]
    if actor.is_someone:
        clauses.append(and_(Update.author_id == actor.id, is_kept, is_seen))
    if actor.is_coordinator:
        clauses.append(is_kept)
    elif actor.facilitates:
        clauses.append(and_(Update.community_id.in_(actor.facilitates), is_kept))
    return or_(*clauses)


def get_update(actor: Actor, update_id: int, permission: Permission) -> Update:
    """Return an update by its number. Raise NotFound where it is absent or forbidden, without telling which."""
    update: Update | None = db.session.scalar(_select_one(actor), reader_parameters(actor, update=update_id))
    if update is None or not permission.permits(actor, update):
        raise NotFound()
    return update


@cached_statement
def _select_one(actor: Actor) -> Select[tuple[Update]]:
    query = select(Update).where(Update.id == number_parameter("update"), readable_by(actor))
    return query.options(*_with_author(), joinedload(Update.thread))


def list_own(actor: Actor, *, before: int | None = None) -> Page[Update]:
    """Return the work that a person published where they still read it, the last first."""
    query = select(Update).where(
        Update.author_id == actor.id,
        Update.deleted_at.is_(None),
        readable_by(actor),
        Update.id < before if before else true(),
    )
    rows = db.session.scalars(query.order_by(Update.id.desc()).limit(SIZE + 1)).all()
    return page_by_id(rows, is_first=not before)


def get_update_of_thread(actor: Actor, thread_id: int, permission: Permission) -> Update:
    """Find the update that owns a thread."""
    update_id = db.session.scalar(select(Update.id).where(Update.thread_id == thread_id))
    return get_update(actor, update_id or 0, permission)


def get_updates(actor: Actor, ids: Collection[int], threads: Collection[int]) -> dict[int, Update]:
    """Return those of these updates, and of the updates of these threads, that a person may read or wrote."""
    updates = db.session.scalars(_select_some(actor), reader_parameters(actor, ids=list(ids), threads=list(threads)))
    return {update.id: update for update in updates}


@cached_statement
def _select_some(actor: Actor) -> Select[tuple[Update]]:
    which = or_(Update.id.in_(numbers_parameter("ids")), Update.thread_id.in_(numbers_parameter("threads")))
    return select(Update).where(which, readable_by(actor)).options(*_with_author())


def list_updates(actor: Actor, community_id: int, *, after: str = "", size: int = SIZE) -> Page[Update]:
    """Return what is public of a community's work, the last first."""
    query = select(Update).where(Update.community_id == community_id, Update.in_sight())
    if after:
        query = query.where(RECENT.after(*parse_cursor(after, datetime)))
    rows = db.session.scalars(RECENT.apply(query.options(*_with_author())).limit(size + 1)).all()
    return page_of(rows, "published_at", size=size, is_first=not after)


def list_latest(actor: Actor, *, size: int = 5) -> Sequence[Update]:
    """Return the last public updates of all communities."""
    return db.session.scalars(_select_latest(), {"limit": size}).all()


@cache
def _select_latest() -> Select[tuple[Update]]:
    query = RECENT.apply(select(Update).where(Update.in_sight(), Update.is_private.is_(False)))
    return query.options(*_with_author()).limit(number_parameter("limit"))


def _with_author() -> list[ExecutableOption]:
    author = joinedload(Update.author).load_only(User.name, User.closed_at, User.shows_organisation)
    return [author.joinedload(User.organisation).load_only(Organisation.name)]
