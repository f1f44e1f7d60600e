"""Who is signed in, and from where: one row for each browser, checked at every request."""

import hashlib
import logging
import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from app.accounts import policy
from app.accounts.models.people import User
from app.accounts.models.sessions import Session
from app.core import clock, dialect
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.permits import require
from app.core.unit import command

logger = logging.getLogger(__name__)
# A session ends when it was not used for so long, and in any case so long after it began.
RETENTION, LONGEST = timedelta(days=30), timedelta(days=90)
SEEN_EVERY = timedelta(hours=1)
_IS_HELD = Session.token_hash == bindparam("token")
SIGNED_IN = (
    select(User, Session)
    .join(Session, Session.user_id == User.id)
    .where(
        _IS_HELD,
        Session.seen_at > bindparam("since"),
        Session.created_at > bindparam("begun_since"),
        User.active.is_(True),
        User.closed_at.is_(None),
    )
)
"""The account and the session behind a token, unless either is over; its parameters are `session_parameters`."""
ACCOUNT_ID = select(Session.user_id).where(_IS_HELD).scalar_subquery()
"""The number of that account, in the same statement."""


def session_parameters(token: str) -> dict[str, Any]:
    return {"token": hash_token(token), "since": clock.now() - RETENTION, "begun_since": clock.now() - LONGEST}


def list_sessions(user: User) -> list[Session]:
    """Return the open sessions of an account, the last used first."""
    query = select(Session).where(Session.user_id == user.id, ~_is_over())
    return list(db.session.scalars(query.order_by(Session.seen_at.desc(), Session.id.desc())))


def _is_over() -> ColumnElement[bool]:
    now = clock.now()
    return or_(Session.seen_at <= now - RETENTION, Session.created_at <= now - LONGEST)


@command
def start(user: User, *, device: str, instead_of: str | None = None) -> str:
    """Open a session and give its token, which is kept nowhere else than in the browser."""
    if instead_of:
        end(instead_of)
    token = secrets.token_urlsafe(32)
    db.session.add(Session(token_hash=hash_token(token), user_id=user.id, device=device))
    return token


@command
def end(token: str) -> None:
    db.session.execute(delete(Session).where(Session.token_hash == hash_token(token)))


@command
def end_others(user_id: int, *, but: str | None) -> bool:
    """Close every session of an account except the one of this token; tell whether there was one."""
    query = delete(Session).where(Session.user_id == user_id)
    query = query.where(Session.token_hash != hash_token(but)) if but else query
    return bool(db.session.scalars(query.returning(Session.id)).all())


@command
def revoke(actor: Actor, user: User, session_id: int) -> None:
    """Close one of a person's own sessions. Raise NotFound for another's."""
    require(actor, policy.MANAGE, user)
    query = delete(Session).where(Session.id == session_id, Session.user_id == user.id)
    if not dialect.delete_once(query):
        raise NotFound()


@command
def revoke_all(actor: Actor, user: User) -> None:
    """Sign a person out everywhere."""
    require(actor, policy.MANAGE, user)
    end_all(user)


@command
def end_all(user: User) -> None:
    """Close every session of an account; the browsers in which it was opened are strangers to it, and links void."""
    end_others(user.id, but=None)
    renew_links(user)


@command
def renew_links(user: User) -> None:
    """Make every link sent so far useless, and the browsers that knew the account strangers to it."""
    user.fs_uniquifier = secrets.token_hex(32)


def is_due(session: Session) -> bool:
    """Tell whether the session should say again that it is in use."""
    return session.seen_at < clock.now() - SEEN_EVERY


def try_to_mark_seen(session_id: int) -> None:
    """Note that a session is in use; a page that was read is answered even when nothing can be written now."""
    try:
        mark_seen(session_id)
    except SQLAlchemyError as error:
        logger.warning("session %s not noted as seen: %s", session_id, type(error).__name__)


@command
def mark_seen(session_id: int) -> None:
    db.session.execute(update(Session).where(Session.id == session_id).values(seen_at=clock.now()))


@command
def purge() -> None:
    db.session.execute(delete(Session).where(_is_over()))


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
