"""The secret address of a person's own calendar: whoever has it reads what it holds, so it can be ended."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import delete, select

from app.accounts.models.people import User
from app.accounts.signals import AccountClosed
from app.communities.actors import actor_for
from app.core import clock, dialect
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import NotFound
from app.core.permits import Permission, require
from app.core.unit import command
from app.events import policy
from app.events.models.registrations import CalendarAddress


@command
def make(actor: Actor) -> str:
    """Return a new secret for one's own calendar, of which a hash alone is kept; the former one leads nowhere."""
    require(actor, policy.READ_CALENDAR)
    token = secrets.token_urlsafe(32)
    dialect.upsert(
        CalendarAddress, "user_id", user_id=actor.own_id, token_hash=hash_token(token), created_at=clock.now()
    )
    return token


@command
def revoke(actor: Actor) -> None:
    """Have one's own calendar at no address any more."""
    require(actor, policy.READ_CALENDAR)
    run(delete(CalendarAddress).where(CalendarAddress.user_id == actor.own_id))


def find_date(actor: Actor) -> datetime | None:
    """Return when the present address was made, None where there is none."""
    return db.session.scalar(select(CalendarAddress.created_at).where(CalendarAddress.user_id == actor.id))


def get_owner(_actor: Actor, token: str, permission: Permission) -> Actor:
    """Return whose calendar stands at an address, whoever asks. Raise NotFound where it leads nowhere."""
    query = select(User).join(CalendarAddress, CalendarAddress.user_id == User.id)
    user = db.session.scalar(query.where(CalendarAddress.token_hash == hash_token(token), User.closed_at.is_(None)))
    owner = actor_for(user)
    if not permission.permits(owner, None):
        raise NotFound()
    return owner


def forget(signal: AccountClosed) -> None:
    """Drop the address of somebody who leaves."""
    run(delete(CalendarAddress).where(CalendarAddress.user_id == signal.user_id))


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
