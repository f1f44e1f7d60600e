"""What a person chooses to follow, or not."""

import logging
from collections.abc import Collection

from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from app.core import clock
from app.core.actor import Actor
from app.core.db import run
from app.core.dialect import upsert
from app.core.permits import require
from app.core.unit import command
from app.notifications import policy
from app.notifications.models import FOLLOWED, LEVELS, Follow, Notice, ThreadVisit
from app.notifications.queries import follows as queries
from app.notifications.queries.visits import Visit
from app.notifications.service import settings
from app.reference.models import Tag


@command
def follow(actor: Actor, kind: str, target_id: int, level: str = "all") -> None:
    """Follow a thing, or as much of a thread as `level` says, whatever one does there.

    What it is about is read again with the rights of then, each time that something is told of it.
    """
    require(actor, policy.READ)
    _choose(actor, kind, target_id, level)


@command
def withdraw(actor: Actor, kind: str, target_id: int) -> None:
    """Stop following a thing, also where one follows it by what one does.

    The choice is kept where it has to be: who wrote, said or supported something in a thread, or is a member of a
    community, would go on following it. Elsewhere nothing is kept.
    """
    require(actor, policy.READ)
    if kind == "thread":
        settings.leave_thread(actor.own_id, target_id)
    mine = (Follow.user_id == actor.id, Follow.kind == kind)
    if queries.follows_by_itself(actor, kind, target_id):
        _choose(actor, kind, target_id, "none")
    elif kind == "tag":
        family = select(Tag.id).where(or_(Tag.id == target_id, Tag.merged_into == target_id))
        run(delete(Follow).where(*mine, Follow.target_id.in_(family)))
    else:
        run(delete(Follow).where(*mine, Follow.target_id == target_id))


def _choose(actor: Actor, kind: str, target_id: int, level: str) -> None:
    assert kind in FOLLOWED and level in LEVELS, "the doors offer these"
    upsert(
        Follow,
        "user_id",
        "kind",
        "target_id",
        user_id=actor.own_id,
        kind=kind,
        target_id=target_id,
        level=level,
        at=clock.now(),
    )


logger = logging.getLogger(__name__)


def try_to_remember(actor: Actor, visit: Visit | None, notice_ids: Collection[int]) -> None:
    """Do as `remember`, but log a database that can't write now: the page is answered all the same."""
    try:
        remember(actor, visit, notice_ids)
    except SQLAlchemyError:
        logger.warning(
            "what was read of thread %s, and %s notices, can't be kept now",
            visit.thread_id if visit else None,
            len(notice_ids),
        )


@command
def remember(actor: Actor, visit: Visit | None, notice_ids: Collection[int] = ()) -> None:
    """Write how far this person has read a thread (`visit`, None: nothing new), and mark the notices of a page as read.

    `notice_ids` are those that the page showed them: one that came since is still to be read.
    """
    require(actor, policy.READ)
    now = clock.now()
    if visit:
        upsert(
            ThreadVisit,
            "user_id",
            "thread_id",
            user_id=actor.own_id,
            thread_id=visit.thread_id,
            since_id=visit.since_id,
            last_id=visit.last_id,
            at=now,
        )
    if notice_ids:
        mine = (Notice.id.in_(notice_ids), Notice.user_id == actor.id, Notice.read_at.is_(None))
        run(update(Notice).where(*mine).values(read_at=now))
