"""What a person chooses to follow, or not."""

from sqlalchemy import delete, or_, select

from app.core import clock
from app.core.actor import Actor
from app.core.db import run
from app.core.dialect import put
from app.core.permits import require
from app.core.unit import command
from app.notifications import policy
from app.notifications.models import FOLLOWED, LEVELS, Follow
from app.notifications.queries import follows as queries
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
    put(
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
