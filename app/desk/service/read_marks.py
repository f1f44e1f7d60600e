"""How far a team has read the comments of its community."""
from sqlalchemy import update

from app.communities.models import Community
from app.core import clock
from app.core.actor import Actor
from app.core.db import run
from app.core.dialect import insert_once
from app.core.permits import require
from app.core.unit import command
from app.desk import policy
from app.desk.models import ReadMark
from app.desk.queries import desk


@command
def mark_read(actor: Actor, community: Community, *, upto: int) -> None:
    """Take the comments of a community as read up to one of them; the mark never goes back.

    Raise Forbidden without the charge of it.
    """
    require(actor, policy.MARK_READ, community)
    last = desk.last_comment(community.id, upto)
    if last is None:
        return
    values = {"comment_id": last, "by_id": actor.own_id, "at": clock.now()}
    if not insert_once(ReadMark, community_id=community.id, **values):
        behind = (ReadMark.community_id == community.id, ReadMark.comment_id < last)
        run(update(ReadMark).where(*behind).values(**values))
