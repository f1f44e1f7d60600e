"""How far a team has read the comments of its community, or those of one thread of it."""

from typing import Any

from sqlalchemy import update

from app.comments import threads
from app.communities.models import Community
from app.core import clock
from app.core.actor import Actor
from app.core.db import run
from app.core.dialect import insert_once
from app.core.permits import require
from app.core.unit import command
from app.desk import policy
from app.desk.models import ReadMark, ThreadReadMark
from app.desk.queries import unread


@command
def mark_read(actor: Actor, community: Community, *, upto: int, thread_id: int | None = None) -> None:
    """Take the comments of a community, or of one of its threads, as read up to one of them; no mark goes back.

    Raise Forbidden without the charge of the community.
    """
    require(actor, policy.MARK_READ, community)
    last = unread.last_comment(community.id, thread_id=thread_id)
    if last is None:
        return
    values: dict[str, Any] = {"comment_id": min(last, upto), "by_id": actor.own_id, "at": clock.now()}
    if thread_id:
        _put_mark(ThreadReadMark, ThreadReadMark.thread_id, thread_id, values)
        threads.mark_read(thread_id, values["comment_id"])
    else:
        _put_mark(ReadMark, ReadMark.community_id, community.id, values)


def _put_mark(model: Any, column: Any, row_id: int, values: dict[str, Any]) -> None:
    if not insert_once(model, **{column.key: row_id}, **values):
        run(update(model).where(column == row_id, model.comment_id < values["comment_id"]).values(**values))
