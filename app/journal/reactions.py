"""Answers to what happened elsewhere: each is a line."""
from typing import Any

from app.accounts.signals import CharterChanged, SettingsChanged, SiteRoleGiven
from app.communities.signals import AccountSuspended, MemberRemoved, SuspensionLifted
from app.core.db import db
from app.ideas.models import Idea
from app.ideas.signals import IdeaMoved
from app.journal.service import record


def write_step(signal: IdeaMoved) -> None:
    """Write each step of an idea in the journal, or an answer that leaves the step, with the reason of the team.

    The reason of an author who takes an idea back is on its page alone, where it can be hidden: the journal is for
    ever. `by` says that an author answered their own idea, for want of anybody else; `action`, that the step follows
    this action of the plan.
    """
    idea = db.session.get_one(Idea, signal.idea_id)
    is_withdrawn = signal.status == "withdrawn"
    facts: dict[str, Any] = {"action": signal.action_id} if signal.action_id else {}
    if signal.by == idea.author_id and not is_withdrawn and not facts:
        facts = {"by": "author"}
    kind = "answer" if signal.stays else "status"
    record(
        kind, reason="" if is_withdrawn else signal.reason, community_id=idea.community_id,
        is_private=idea.is_private, idea_id=idea.id, status=signal.status, **facts)


def write_settings(signal: SettingsChanged) -> None:
    """Say which settings of the site changed; their values may name somebody's domain."""
    record("settings", keys=" ".join(signal.keys))


def write_role(signal: SiteRoleGiven) -> None:
    """Say that somebody was given a role on the site, or lost it: never who, nor by whom.

    A coordinator reads every community: nobody becomes one in silence, not even an administrator, who gives the roles.
    """
    record("role", role=signal.role)


def write_charter(signal: CharterChanged) -> None:
    """Say what changes in the charter, never who wrote it."""
    record("charter", reason=signal.summary, version=signal.number)


def write_suspension(signal: AccountSuspended) -> None:
    """Say that an account was suspended and why, never which one."""
    record("suspend", reason=signal.reason, on="user")


def write_removal(signal: MemberRemoved) -> None:
    """Say, to the members of a private community, that its team parted with somebody and why; never with whom."""
    record("removal", reason=signal.reason, community_id=signal.community_id, is_private=True, on="user")


def write_lifting(signal: SuspensionLifted) -> None:
    record("lift", reason=signal.reason, on="user")
