"""The plan: the chain from a voice to an action, the teams asked to link, those who keep actions up to date."""

from typing import Any

from app.communities import queries as communities
from app.core.db import db
from app.ideas.models import Idea
from app.ideas.signals import IdeaMoved
from app.notifications.reactions import about
from app.notifications.service import facts, notices
from app.plan.models.links import Link
from app.plan.models.progress import Bulletin, Holder
from app.plan.models.structure import Action
from app.plan.models.versions import PlanVersion
from app.plan.queries import bulletins, links, versions
from app.plan.signals import (
    BulletinPosted,
    HolderNamed,
    HolderRelieved,
    LinkAnswered,
    LinkEnded,
    LinkProposed,
    PlanPublished,
)


def note_bulletin(signal: BulletinPosted) -> None:
    """Tell all whose ideas led to an action, or who follow it, how it moves or what is said of it: once each."""
    bulletin = db.session.get_one(Bulletin, signal.bulletin_id)
    facts.note("chain", by=bulletin.author_id, action_id=bulletin.action_id, bulletin_id=bulletin.id)


def note_version(signal: PlanPublished) -> None:
    """Tell whoever follows an action that a version of the plan changes it, unless a bulletin says so for the same act.

    That of an action which the version drops, or of which it brings news, has the same reason.
    """
    version = db.session.get_one(PlanVersion, signal.version_id)
    if set(versions.list_changed_action_ids(version)) - set(signal.reported):
        more: dict[str, Any] = {"reported": signal.reported} if signal.reported else {}
        facts.note(
            "plan.changed", by=version.by_id, version=version.id, number=version.number, reason=version.reason, **more
        )


def tell_of_proposal(signal: LinkProposed) -> None:
    """Tell the team of an idea that somebody asks to link it to an action."""
    link = db.session.get_one(Link, signal.link_id)
    idea = db.session.get_one(Idea, link.idea_id)
    for user_id in communities.list_team_ids(
        idea.community_id, apart_from={link.proposed_by, *about.get_party_ids(idea)}
    ):
        notices.tell(user_id, "link.open", str(link.id), idea_id=idea.id, action_id=link.action_id, reason=link.reason)


def tell_of_answer(signal: LinkAnswered) -> None:
    """Tell whoever proposed a link that it was accepted, or why not, and then the author of the idea too."""
    link = db.session.get_one(Link, signal.link_id)
    about_link = {"idea_id": link.idea_id, "action_id": link.action_id}
    recipient_ids = {link.proposed_by}
    if link.answer == "declined":
        recipient_ids.add(db.session.get_one(Idea, link.idea_id).author_id or link.proposed_by)
    for user_id in sorted(recipient_ids - {signal.by}):
        notices.tell(user_id, f"link.{link.answer}", str(link.id), **about_link, reason=link.answer_reason)


def note_link(signal: LinkAnswered) -> None:
    """Tell all whose idea or support led to an action that the two are linked, but who proposed it."""
    link = db.session.get_one(Link, signal.link_id)
    if link.is_in_force:
        before = links.describe_earlier_link(link)
        more: dict[str, Any] = {"before": before} if before else {}
        facts.note("linked", by=signal.by, action_id=link.action_id, link=link.id, reason=link.reason, **more)


def note_end(signal: LinkEnded) -> None:
    """Tell all who were told that an idea had joined an action that it left, and why, unless its own step says so."""
    link = db.session.get_one(Link, signal.link_id)
    if link.answer == "accepted" and not signal.is_of_step:
        facts.note("unlinked", by=signal.by, action_id=link.action_id, link=link.id, reason=link.ended_reason)


def tell_of_return(signal: IdeaMoved) -> None:
    """Tell the team of an idea that no action carries it any more, and why: their link ended, or it was dropped."""
    if signal.action_id is None or signal.status != "retained":
        return
    idea, action = db.session.get_one(Idea, signal.idea_id), db.session.get_one(Action, signal.action_id)
    reason = links.get_end_reason(idea.id, action.id)
    drop = bulletins.find_last_drop(action) if action.state == "dropped" and not reason else None
    for user_id in communities.list_team_ids(idea.community_id, apart_from={signal.by, *about.get_party_ids(idea)}):
        notices.tell(
            user_id,
            "idea.back",
            f"{idea.id}-{idea.status_at}",
            idea_id=idea.id,
            action_id=action.id,
            bulletin_id=drop.id if drop else None,
            reason=reason,
        )


def tell_of_charge(signal: HolderNamed) -> None:
    """Tell a person that they have the charge of keeping an action up to date."""
    holder = db.session.get_one(Holder, signal.holder_id)
    if holder.given_by != holder.user_id:
        notices.tell(holder.user_id, "charge.action", str(holder.id), action_id=holder.action_id)


def tell_of_relief(signal: HolderRelieved) -> None:
    """Tell a person that they no longer have the charge of an action."""
    holder = db.session.get_one(Holder, signal.holder_id)
    if signal.by != holder.user_id:
        notices.tell(holder.user_id, "charge.action_ended", str(holder.id), action_id=holder.action_id)
