"""The way into a private community: a mail to one address, for a time, once."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import joinedload

from app.accounts.models.people import User
from app.communities import policy
from app.communities.models import Community, Invitation, Membership
from app.communities.queries import in_charge_of
from app.communities.signals import MemberJoined
from app.core import clock, dialect
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import N_, Forbidden, Invalid, NotFound
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command

LASTS = timedelta(days=14)
RETENTION = timedelta(days=30)
OVER = N_("Cette invitation n'est plus en attente : elle a servi, elle est annulée ou son délai est passé.")


@command
def invite(actor: Actor, community: Community, email: str) -> str:
    """Open a way in for one normalised address; return its token, of which only a hash is kept.

    Sent again, an invitation replaces the one before it. Whether the address has an account changes nothing.
    """
    require(actor, policy.INVITE, community)
    dialect.take_turn(f"invitation:{community.id}:{email}")
    _revoke(Invitation.community_id == community.id, Invitation.email == email)
    token = secrets.token_urlsafe(32)
    db.session.add(
        Invitation(
            community_id=community.id,
            email=email,
            token_hash=hash_token(token),
            by_id=actor.own_id,
            at=clock.now(),
            expires_at=clock.now() + LASTS,
        )
    )
    return token


@command
def revoke(actor: Actor, community: Community, invitation_id: int) -> None:
    """Take back an invitation that nobody has used.

    Raise NotFound for one of another community, Invalid for one that is over.
    """
    require(actor, policy.INVITE, community)
    here = (Invitation.id == invitation_id, Invitation.community_id == community.id)
    if db.session.scalar(select(Invitation.id).where(*here)) is None:
        raise NotFound()
    if not _revoke(*here):
        raise Invalid(OVER)


@command
def accept(actor: Actor, token: str) -> int:
    """Become a member by an invitation to one's own confirmed address; return the community.

    Raise NotFound where it is over, Forbidden where it is another's.
    """
    require(actor, policy.ACCEPT)
    invitation = db.session.scalar(dialect.lock(select(Invitation).where(_is_good(token))))
    if invitation is None:
        raise NotFound()
    if not is_for(actor, invitation):
        raise Forbidden(policy.ACCEPT.name)
    invitation.used_at, invitation.used_by, invitation.email = clock.now(), actor.id, ""
    if dialect.insert_once(Membership, user_id=actor.id, community_id=invitation.community_id):
        tell(MemberJoined(invitation.community_id, actor.own_id, by=invitation.by_id))
    return invitation.community_id


def find_invitation(token: str) -> Invitation | None:
    """Return the invitation of a token while it may still be accepted."""
    return db.session.scalar(select(Invitation).where(_is_good(token)))


def is_for(actor: Actor, invitation: Invitation) -> bool:
    """Tell whether it was sent to the confirmed address that this account has now, by a team that still wants them."""
    mine = select(User.id).where(User.id == actor.id, User.email == invitation.email, User.confirmed_at.is_not(None))
    return invitation.community_id not in actor.barred_ids and db.session.scalar(mine) is not None


def list_sent(community_id: int) -> Sequence[Invitation]:
    """Return the invitations of a community that are remembered, the last first, with who used them."""
    query = select(Invitation).where(Invitation.community_id == community_id)
    query = query.options(joinedload(Invitation.guest).load_only(User.name, User.closed_at))
    return db.session.scalars(query.order_by(Invitation.id.desc()).limit(200)).all()


def close_for(community_id: int, user_id: int) -> None:
    """Take back what would let somebody come back, inside the command that removes them."""
    theirs = select(User.email).where(User.id == user_id).scalar_subquery()
    _revoke(Invitation.community_id == community_id, Invitation.email == theirs)


@command
def purge() -> None:
    """Forget the invitations that ended more than 30 days ago, and with them the addresses."""
    limit = clock.now() - RETENTION
    run(
        delete(Invitation).where(
            or_(Invitation.used_at < limit, Invitation.revoked_at < limit, Invitation.expires_at < limit)
        )
    )


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _is_good(token: str) -> ColumnElement[bool]:
    """Match the invitation of a token: neither used nor taken back nor too old, by whoever may still invite there."""
    current = select(Community.id).where(Community.archived_at.is_(None))
    host = select(User.id).where(User.id == Invitation.by_id, in_charge_of(Invitation.community_id))
    return and_(
        Invitation.token_hash == hash_token(token),
        _is_open(),
        Invitation.expires_at > clock.now(),
        Invitation.community_id.in_(current),
        host.correlate_except(User).exists(),
    )


def _is_open() -> ColumnElement[bool]:
    return and_(Invitation.used_at.is_(None), Invitation.revoked_at.is_(None))


def _revoke(*conditions: ColumnElement[bool]) -> bool:
    """Take back the open invitations that match; tell whether there was one."""
    statement = update(Invitation).where(_is_open(), *conditions).values(revoked_at=clock.now())
    statement = statement.returning(Invitation.id).execution_options(synchronize_session=False)
    return bool(db.session.scalars(statement).all())
