"""Sittings: for three hours, whoever types what was said at a meeting proposes in one place as fast as they type."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, delete, select, update

from app.accounts import limits
from app.accounts.limits import AccountAndPlace, CountedAct
from app.communities import policy
from app.communities.models import Community, Sitting
from app.communities.queries import get_rooms
from app.communities.signals import SittingOpened
from app.core import clock, dialect
from app.core.actor import Actor
from app.core.db import NOW, db, run
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command

LASTS = timedelta(hours=3)
RETENTION = timedelta(days=1)


@command
def begin(actor: Actor, community: Community) -> Sitting:
    """Open a sitting in a community; while one of this person runs there, return that one."""
    require(actor, policy.SIT, community)
    dialect.take_turn(f"sitting:{community.id}:{actor.id}")
    here = (_is_running(actor), Sitting.community_id == community.id)
    present = db.session.scalars(select(Sitting).where(*here)).first()
    if present:
        return present
    sitting = Sitting(community_id=community.id, user_id=actor.own_id, at=clock.now(), until=clock.now() + LASTS)
    db.session.add(sitting)
    db.session.flush()
    tell(SittingOpened(community.id))
    return sitting


@command
def end(actor: Actor, community: Community) -> None:
    """End one's sitting in a community; without one there, nothing changes."""
    require(actor, policy.MODERATE, community)
    here = (_is_running(actor), Sitting.community_id == community.id)
    run(update(Sitting).where(*here).values(until=clock.now()).execution_options(synchronize_session=False))


def list_running(actor: Actor) -> Sequence[Sitting]:
    """Return the sittings of a person that run now, where they may still hold one, the first to end first."""
    if not actor.sits:
        return ()
    rows = db.session.scalars(select(Sitting).where(_is_running(actor)).order_by(Sitting.until, Sitting.id))
    return [sitting for sitting in rows if policy.SIT.permits(actor, get_rooms().by_id[sitting.community_id])]


def runs_in(actor: Actor, community_id: int | None) -> bool:
    return any(sitting.community_id == community_id for sitting in list_running(actor))


def list_acts(actor: Actor, community_id: int | None) -> list[CountedAct]:
    """List what an idea or a comment that was said at a meeting counts as: an act of a sitting in its community."""
    return limits.list_acts("sitting", AccountAndPlace(f"account:{actor.id}", f"community:{community_id}"))


@command
def purge() -> None:
    """Forget the sittings that ended more than a day ago."""
    run(delete(Sitting).where(Sitting.until < clock.now() - RETENTION))


def _is_running(actor: Actor) -> ColumnElement[bool]:
    return and_(Sitting.user_id == actor.id, Sitting.until > NOW)
