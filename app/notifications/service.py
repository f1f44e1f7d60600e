"""Telling somebody something, once; and what they do with it."""
from collections.abc import Collection
from typing import Any

from sqlalchemy import insert, update

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
