"""Answers to what happened elsewhere: each is a line."""

from typing import Any

from app.accounts.signals import CharterChanged, SettingsChanged, SiteRoleGiven
from app.communities.models import Community
from app.communities.queries import is_private, list_covered_ids
from app.communities.signals import AccountSuspended, IssuesCovered, MemberRemoved, SittingOpened, SuspensionLifted
from app.core.db import db
from app.events.models.contents import EventMove
from app.events.models.meetings import Event
from app.events.models.minutes import EventMinutesVersion
from app.events.signals import EventCancelled, EventMoved, EventPublished, MinutesCorrected, MinutesPublished
from app.forum.signals import PhaseMoved
from app.ideas.models import Idea
from app.ideas.signals import IdeaMoved, KindChanged
from app.journal.service import record
from app.plan.models.links import Link
from app.plan.models.progress import Bulletin, Holder
from app.plan.models.structure import Action, Plan
from app.plan.models.versions import PlanVersion
from app.plan.queries import bulletins
from app.plan.signals import (
    BulletinCorrected,
    BulletinPosted,
    BulletinWithdrawn,
    HolderNamed,
    HolderRelieved,
    LinkAnswered,
    LinkEnded,
    PlanArchived,
    PlanMadeCurrent,
    PlanPublished,
    PlanUnarchived,
)


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
        kind,
        reason="" if is_withdrawn else signal.reason,
        community_id=idea.community_id,
        is_private=idea.is_private,
        idea_id=idea.id,
        status=signal.status,
        **facts,
    )


def write_kind(signal: KindChanged) -> None:
    """Say that a contribution is of another kind; why, its author says on its page, where it can be hidden."""
    idea = db.session.get_one(Idea, signal.idea_id)
    kinds = {"from": signal.former, "to": idea.kind}
    record("kind", community_id=idea.community_id, is_private=idea.is_private, idea_id=idea.id, **kinds)


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


def write_sitting(signal: SittingOpened) -> None:
    """Say that somebody types there what was said at a meeting, faster than anybody else may: never who."""
    record("sitting", community_id=signal.community_id, is_private=is_private(signal.community_id))


def write_coverage(signal: IssuesCovered) -> None:
    """Say which issues a community covers from now on, by their numbers."""
    community = db.session.get_one(Community, signal.community_id)
    issues = " ".join(map(str, list_covered_ids(community.id)))
    record("coverage", community_id=community.id, is_private=community.is_private, issues=issues)


def write_lifting(signal: SuspensionLifted) -> None:
    record("lift", reason=signal.reason, on="user")


def write_plan(signal: PlanPublished) -> None:
    """Say that a version of a plan was published, and why."""
    version = db.session.get_one(PlanVersion, signal.version_id)
    record("plan", reason=version.reason, plan=version.plan_id, version=version.number)


def write_current(signal: PlanMadeCurrent) -> None:
    """Say that another plan is the current one."""
    _write_of_plan(signal.plan_id, "current")


def write_archived(signal: PlanArchived) -> None:
    """Say that a plan is in the archives."""
    _write_of_plan(signal.plan_id, "archived")


def write_unarchived(signal: PlanUnarchived) -> None:
    """Say that a plan came back from the archives."""
    _write_of_plan(signal.plan_id, "unarchived")


def _write_of_plan(plan_id: int, state: str) -> None:
    plan = db.session.get_one(Plan, plan_id)
    record("plan", plan=plan.id, version=plan.number, state=state)


def write_move(signal: BulletinPosted) -> None:
    """Say what moved of an action of the plan: its state, milestones, figures; what only tells of it is no line.

    Its words are on its page alone, even those of a drop, where they can be hidden: the journal is for ever. Why a
    version of the plan drops an action is the reason of that version, on a line of its own. One file that was brought
    in is one line: that of its version.
    """
    if signal.is_of_version:
        return
    bulletin = db.session.get_one(Bulletin, signal.bulletin_id)
    reached = bulletins.count_reached_milestones(bulletin.id)
    if bulletin.has_moved or reached or signal.reopened or signal.figures:
        more = {"reopened": signal.reopened, "figures": signal.figures}
        _write_of_action(
            "action",
            bulletin.action_id,
            state=bulletin.state,
            milestones=reached,
            **{name: count for name, count in more.items() if count},
        )


def write_correction(signal: BulletinCorrected) -> None:
    """Say that words on an action of the plan are no longer those that were read, never what they were."""
    _write_of_action("action", db.session.get_one(Bulletin, signal.bulletin_id).action_id, state="corrected")


def write_withdrawal(signal: BulletinWithdrawn) -> None:
    """Say that whoever had said something of an action of the plan took it back."""
    _write_of_action("action", db.session.get_one(Bulletin, signal.bulletin_id).action_id, state="withdrawn")


def write_charge(signal: HolderNamed) -> None:
    """Say that an action of the plan has one more person to keep it up to date: never who."""
    _write_of_action("holder", db.session.get_one(Holder, signal.holder_id).action_id, state="named")


def write_relief(signal: HolderRelieved) -> None:
    _write_of_action("holder", db.session.get_one(Holder, signal.holder_id).action_id, state="relieved")


def _write_of_action(kind: str, action_id: int, **facts: Any) -> None:
    action = db.session.get_one(Action, action_id)
    record(kind, community_id=action.community_id, action=action.id, **facts)


def write_link(signal: LinkAnswered) -> None:
    """Say that an idea was linked to an action, or was not, with the reason of who answered."""
    link = db.session.get_one(Link, signal.link_id)
    is_made = link.proposed_by == link.answered_by
    _write_of_link(link, str(link.answer), link.answer_reason or (link.reason if is_made else ""))


def write_unlink(signal: LinkEnded) -> None:
    """Say that an idea is no longer linked to an action; what was only proposed was no link."""
    link = db.session.get_one(Link, signal.link_id)
    if link.answer == "accepted":
        _write_of_link(link, "ended", link.ended_reason)


def _write_of_link(link: Link, state: str, reason: str) -> None:
    idea = db.session.get_one(Idea, link.idea_id)
    record(
        "link",
        reason=reason,
        community_id=idea.community_id,
        is_private=idea.is_private,
        idea_id=idea.id,
        action=link.action_id,
        state=state,
    )


def write_event(signal: EventPublished) -> None:
    """Say that a meeting is in the calendar."""
    _write_of_event(signal.event_id, "published")


def write_event_moved(signal: EventMoved) -> None:
    """Say that a meeting is held at another time, with the reason of its team."""
    move = db.session.get_one(EventMove, signal.move_id)
    days = {"from": move.former_starts_at.isoformat(), "to": move.starts_at.isoformat()}
    _write_of_event(signal.event_id, "moved", move.reason, **days)


def write_event_cancelled(signal: EventCancelled) -> None:
    """Say that a meeting is not held, with the reason of its team."""
    event = db.session.get_one(Event, signal.event_id)
    _write_of_event(event.id, "cancelled", event.cancelled_reason)


def write_minutes(signal: MinutesPublished) -> None:
    """Say that the account of a meeting can be read."""
    _write_of_event(signal.event_id, "minutes")


def write_minutes_corrected(signal: MinutesCorrected) -> None:
    """Say that the account of a meeting is no longer the one that was read, with the reason."""
    minutes = db.session.get_one(EventMinutesVersion, (signal.event_id, signal.number))
    _write_of_event(signal.event_id, "corrected", minutes.reason)


def write_phase(signal: PhaseMoved) -> None:
    """Say that a forum goes on to another phase, or back to one; a rehearsal is nobody's to hear of."""
    if db.session.get_one(Event, signal.forum_id).is_rehearsal:
        return
    _write_of_event(signal.forum_id, f"forum_{signal.phase}")


def _write_of_event(event_id: int, state: str, reason: str = "", **facts: Any) -> None:
    event = db.session.get_one(Event, event_id)
    record(
        "event",
        reason=reason,
        community_id=event.community_id,
        is_private=event.is_private,
        event=event.id,
        state=state,
        **facts,
    )
