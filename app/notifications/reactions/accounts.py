"""Accounts: a person is told what somebody else did to their account or gave them the charge of."""

from sqlalchemy import delete

from app.accounts.signals import AccountClosed, SecondFactorDropped, SignedOut, SiteRoleGiven
from app.communities import queries as communities
from app.communities.signals import (
    AccountSuspended,
    FacilitatorNamed,
    FacilitatorRelieved,
    MemberJoined,
    MemberRemoved,
    SuspensionLifted,
)
from app.core import clock
from app.core.db import run
from app.notifications.models import Follow, Notice, NoticePace, NoticeSettings, Summary, ThreadVisit
from app.notifications.service import notices


def forget(signal: AccountClosed) -> None:
    """Erase what a person who leaves was told, what they followed, and how they chose to be told."""
    for table in (Notice, NoticePace, NoticeSettings, Summary, Follow, ThreadVisit):
        run(delete(table).where(table.user_id == signal.user_id))


def tell_of_role(signal: SiteRoleGiven) -> None:
    """Tell a person which role they have on the site now."""
    _tell(signal.user_id, f"role.{signal.role}")


def tell_of_signing_out(signal: SignedOut) -> None:
    """Tell a person that an administrator closed their sessions."""
    if signal.by != signal.user_id:
        _tell(signal.user_id, "account.signed_out")


def tell_of_second_factor(signal: SecondFactorDropped) -> None:
    """Tell a person that an administrator turned their second factor off, and why."""
    _tell(signal.user_id, "account.second_factor", reason=signal.reason)


def tell_of_suspension(signal: AccountSuspended) -> None:
    """Tell a person that the administration suspended their account, and why."""
    _tell(signal.user_id, "account.suspended", reason=signal.reason)


def tell_of_lifting(signal: SuspensionLifted) -> None:
    """Tell a person that their account is no longer suspended, and why."""
    _tell(signal.user_id, "account.restored", reason=signal.reason)


def tell_of_charge(signal: FacilitatorNamed) -> None:
    """Tell a person that they have the charge of a community."""
    if signal.by != signal.user_id:
        _tell(signal.user_id, "charge.given", community=signal.community_id)


def tell_of_relief(signal: FacilitatorRelieved) -> None:
    """Tell a person that they no longer have the charge of a community."""
    if signal.by != signal.user_id:
        _tell(signal.user_id, "charge.withdrawn", community=signal.community_id)


def tell_of_removal(signal: MemberRemoved) -> None:
    """Tell a person that they are no longer a member of a private community, and why."""
    _tell(signal.user_id, "member.removed", community=signal.community_id, reason=signal.reason)


def _tell(user_id: int, kind: str, **facts: str | int) -> None:
    """Tell of something that may happen again: each time has a key of its own."""
    notices.tell(
        user_id,
        kind,
        str(clock.now().timestamp()),
        idea_id=None,
        comment_id=None,
        update_id=None,
        action_id=None,
        bulletin_id=None,
        event_id=None,
        **facts,
    )


def tell_of_joining(signal: MemberJoined) -> None:
    """Tell the team of a community that somebody joined it, but who invited them; once for each person."""
    for user_id in communities.list_team_ids(signal.community_id, apart_from={signal.user_id, signal.by}):
        notices.tell(
            user_id,
            "joined.member",
            f"{signal.community_id}-{signal.user_id}",
            community=signal.community_id,
            member=signal.user_id,
        )
