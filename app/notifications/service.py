"""Telling somebody something, once; and what they do with it."""
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from app.core import clock, jobs
from app.core.actor import Actor
from app.core.db import db, run
from app.core.dialect import insert_once
from app.core.permits import require
from app.core.unit import command
from app.notifications import policy
from app.notifications.models import Notice


def tell(
        user_id: int | None, kind: str, key: str, *, idea_id: int | None = None, comment_id: int | None = None,
        **facts: Any) -> None:
    """Write a notice, unless the same (`kind` and `key`) was written before; nobody is told of what nobody wrote."""
    if user_id is None:
        return
    if insert_once(Notice, user_id=user_id, kind=kind, key=f"{kind}:{key}:{user_id}", idea_id=idea_id,
                   comment_id=comment_id, facts=facts, at=clock.now()):
        jobs.ask("notices")


def tell_on(user_id: int, kind: str, key: str, *, idea_id: int, **facts: Any) -> None:
    """Tell of what happens again and again to an idea: in the place of a notice that was not read yet.

    Each time is told; the mail that goes with it is sent once an hour at most, as long as nothing is read.
    """
    unread = (Notice.user_id == user_id, Notice.kind == kind, Notice.idea_id == idea_id, Notice.read_at.is_(None))
    mailed_at = db.session.scalar(select(func.max(Notice.mailed_at)).where(*unread))
    run(delete(Notice).where(*unread))
    tell(user_id, kind, f"{idea_id}-{key}", idea_id=idea_id, **facts)
    if mailed_at and mailed_at > clock.now() - timedelta(hours=1):
        run(update(Notice).where(*unread).values(mailed_at=mailed_at))


def tell_each(user_ids: Collection[int], kind: str, key: str, *, idea_id: int, **facts: Any) -> None:
    """Write the same new notice to many people at once."""
    if user_ids:
        db.session.execute(insert(Notice), [
            {"user_id": user_id, "kind": kind, "key": f"{kind}:{key}:{user_id}", "idea_id": idea_id, "facts": facts,
             "at": clock.now()} for user_id in user_ids])
        jobs.ask("notices")


@command
def read_all(actor: Actor) -> None:
    """Take every notice of this person as read."""
    require(actor, policy.READ)
    run(update(Notice).where(Notice.user_id == actor.id, Notice.read_at.is_(None)).values(read_at=clock.now()))


@command
def mailed(notice: Notice) -> bool:
    """Claim the mail of a notice, in the command that writes it; tell whether no other worker had."""
    if notice.mailed_at:
        return False
    notice.mailed_at = clock.now()
    return True
