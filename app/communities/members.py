"""Who belongs to a community, for its team; and how the team of a private one parts with somebody."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import load_only

from app.accounts.models.people import User
from app.communities import invitations, policy
from app.communities.models import Community, Facilitator, Membership
from app.communities.signals import MemberRemoved
from app.core import dialect
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict, NotFound
from app.core.list_words import has_word
from app.core.paging import SIZE, Page, page_by_id
from app.core.permits import require
from app.core.signals import tell
from app.core.text.plain import search_words
from app.core.unit import command

IN_CHARGE = N_("Cette personne anime la communauté : la coordination lui retire d'abord sa charge.")


def list_members(community_id: int, *, q: str = "", after: int | None = None, size: int = SIZE) -> Page[User]:
    """Return a page of the members by name, of those that have the words of `q` in theirs.

    `after` is the member that the page before ended at.
    """
    query = select(User).join(Membership, Membership.user_id == User.id)
    query = query.where(
        Membership.community_id == community_id, *(has_word(User.sort_key, word) for word in search_words(q))
    )
    query = query.options(load_only(User.name, User.closed_at))
    last = db.session.scalar(query.where(User.id == after)) if after else None
    if last is not None:
        query = query.where((User.sort_key > last.sort_key) | ((User.sort_key == last.sort_key) & (User.id > last.id)))
    rows: Sequence[User] = db.session.scalars(query.order_by(User.sort_key, User.id).limit(size + 1)).all()
    return page_by_id(rows, size=size, is_first=last is None)


def find_member(community_id: int, user_id: int) -> User | None:
    """Return a member, or None."""
    query = select(User).join(Membership, Membership.user_id == User.id)
    return db.session.scalar(query.where(Membership.community_id == community_id, User.id == user_id))


@command
def remove(actor: Actor, community: Community, user_id: int, *, reason: str) -> None:
    """End somebody's membership, with a reason that they read; what they wrote stays, and no open invitation does.

    Raise NotFound for who is no member, Conflict for who has a charge there.
    """
    require(actor, policy.PART, community)
    if _is_in_charge(community.id, user_id):
        raise Conflict(IN_CHARGE)
    theirs = (Membership.user_id == user_id, Membership.community_id == community.id)
    if not dialect.delete_once(delete(Membership).where(*theirs)):
        raise NotFound()
    invitations.close_for(community.id, user_id)
    tell(MemberRemoved(community.id, user_id, reason, by=actor.own_id))


def _is_in_charge(community_id: int, user_id: int) -> bool:
    """Tell whether somebody has a charge there now; no page shows one that ended, so nobody could take it back."""
    charge = select(Facilitator.id).where(
        Facilitator.user_id == user_id, Facilitator.community_id == community_id, Facilitator.running()
    )
    return db.session.scalar(charge) is not None
