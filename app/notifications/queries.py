"""Every SELECT on notices: a person's own."""
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import DateTime, and_, bindparam, func, or_, select

from app.accounts.models.people import User
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.paging import SIZE, Page, page_by_id
from app.notifications.models import Notice

BETWEEN = timedelta(hours=1)
# Asked for each page of somebody signed in: it is built once.
_UNREAD = select(func.count()).where(
    Notice.user_id == bindparam("account"), Notice.read_at.is_(None), Notice.at <= bindparam("now", type_=DateTime()))


def of(actor: Actor, *, before: int | None = None, size: int = SIZE) -> Page[Notice]:
    """Return a page of what a person was told, the last first; `before` is the notice the page before ended at."""
    query = select(Notice).where(Notice.user_id == actor.id, Notice.at <= clock.now())
    query = query.where(Notice.id < before) if before else query
    rows = db.session.scalars(query.order_by(Notice.id.desc()).limit(size + 1)).all()
    return page_by_id(rows, size=size, is_first=not before)


def unread(actor: Actor) -> int:
    return db.session.scalar(_UNREAD, {"account": actor.id, "now": clock.now()}) or 0


def to_mail(limit: int = 200) -> Sequence[tuple[Notice, User]]:
    """Return the notices whose mail is to be written, each with the account it goes to.

    The mail of one that took the place of another waits for an hour after that of the other, and is not written once
    it was read.
    """
    is_late = and_(Notice.mailed_at < Notice.at, Notice.mailed_at <= clock.now() - BETWEEN, Notice.read_at.is_(None))
    query = select(Notice, User).join(User, User.id == Notice.user_id)
    query = query.where(or_(Notice.mailed_at.is_(None), is_late), User.email.is_not(None), Notice.at <= clock.now())
    query = query.order_by(Notice.id).limit(limit)
    return db.session.execute(query).tuples().all()
