"""Whom the plan is told to: those whose idea, support or interest led to an action, each by their best path.

An author hears of their own idea, whoever supports or follows an idea of that idea, whoever follows the action of the
action. The ideas are the voices of the action (`plan/queries/voices.py`) that everybody may read.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from app.core.actor import ANYONE
from app.core.db import db
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.notifications.models import SUPPORTED, Fact, Follow, NoticeSettings
from app.notifications.queries import recipients
from app.notifications.queries.recipients import STEPS, Audience
from app.plan.models.links import Link
from app.plan.models.progress import Bulletin, Holder
from app.plan.models.structure import Action
from app.plan.models.versions import PlanVersion
from app.plan.queries import versions, voices
from app.votes.models import Vote


def _of_bulletin(fact: Fact) -> Audience | None:
    """Something was said of an action: who wrote, supports or follows an idea that led to it, who follows it."""
    action, bulletin = _action(fact), db.session.get_one(Bulletin, fact.bulletin_id)
    if not (action.is_public and bulletin.is_public):
        return None
    paths, kinds = _voices(fact, voices.select_ids(ANYONE, Link.action_id == action.id))
    own = _followers_of_actions(fact, [action.thread_id])
    return Audience(action, [*paths, *own], kinds=[*kinds, *["chain.action"] * len(own)])


def _of_link(fact: Fact) -> Audience | None:
    """An idea was linked to an action: who wrote it, supports or follows it, or an idea that was joined to it."""
    action, link = _action(fact), db.session.get_one(Link, fact.facts["link"])
    if not (action.is_public and link.is_in_force):
        return None
    return address_link(fact, voices.select_ids(ANYONE, Link.id == link.id), action, link.proposed_by)


def address_link(fact: Fact, ids: Select[tuple[int]], action: Action | None, proposed_by: int | None) -> Audience:
    """Return whom the link of these voices is told to; whoever proposed it is told directly."""
    paths, kinds = _voices(fact, ids)
    return Audience(action, paths, (proposed_by,), kinds=kinds)


def _of_end(fact: Fact) -> Audience | None:
    """A link ended: who wrote the idea, supports or follows it, or one that was joined to it; who proposed the link."""
    action, link = _action(fact), db.session.get_one(Link, fact.facts["link"])
    if not action.is_public:
        return None
    paths, kinds = _voices(fact, voices.select_ids(ANYONE, Link.id == link.id, only_in_force=False))
    proposer = select(Link.proposed_by, Idea.thread_id).join(Idea, Idea.id == Link.idea_id)
    return Audience(
        action,
        [*paths, proposer.where(Link.id == link.id, reading.readable_by(ANYONE))],
        kinds=[*kinds, f"{fact.kind}.proposer"],
    )


def _of_version(fact: Fact) -> Audience | None:
    """A version of the plan changed actions of which it brought no news: who follows one of them, once for all."""
    version = db.session.get_one(PlanVersion, fact.facts["version"])
    changed = set(versions.list_changed_action_ids(version)) - set(fact.facts.get("reported", ()))
    threads = select(Action.thread_id).where(Action.id.in_(sorted(changed)), Action.in_sight())
    paths = _followers_of_actions(fact, db.session.scalars(threads).all())
    return Audience(None, paths, kinds=[fact.kind] * len(paths))


def _voices(fact: Fact, ids: Select[tuple[int]]) -> tuple[list[Select[Any]], list[str]]:
    """Return the paths that lead to people by these ideas, and what kind each is told."""
    threads = db.session.scalars(select(Idea.thread_id).where(Idea.id.in_(ids))).all()
    authors = select(Idea.author_id, Idea.thread_id).where(Idea.thread_id.in_(threads), Idea.author_id.is_not(None))
    authors = authors.where(~recipients.has_chosen(Idea.author_id, "thread", Idea.thread_id, ("none",)))
    support = recipients.select_supporters(fact, threads).where(_hears_as_supporter())
    chosen, said, _support = recipients.select_talkers(fact, threads, STEPS)
    of_own, carried = Vote.inherited_from.is_(None), Vote.inherited_from.is_not(None)
    return (
        [authors, support.where(of_own), support.where(carried), chosen, said],
        [f"{fact.kind}.{role}" for role in ("author", "supporter", "supporter", "follower", "follower")],
    )


def _hears_as_supporter() -> ColumnElement[bool]:
    """Match the supporters who hear of steps: as they chose for this thread, else for what they support."""
    chosen = select(Follow.level).where(
        Follow.user_id == Vote.user_id, Follow.kind == "thread", Follow.target_id == Idea.thread_id
    )
    level = func.coalesce(chosen.correlate(Vote, Idea).scalar_subquery(), NoticeSettings.supported, SUPPORTED)
    return level.in_(STEPS)


def _followers_of_actions(fact: Fact, thread_ids: Sequence[int]) -> list[Select[Any]]:
    """Select who follows these actions, and which: by choice, by what they said there, by keeping them up to date."""
    followers, talkers, _support = recipients.select_talkers(fact, thread_ids, STEPS)
    holders = (
        select(Holder.user_id, Action.thread_id)
        .join(Action, Action.id == Holder.action_id)
        .where(
            Action.thread_id.in_(thread_ids),
            Holder.ended_at.is_(None),
            Holder.given_at <= fact.at,
            ~recipients.has_chosen(Holder.user_id, "thread", Action.thread_id),
        )
    )
    return [followers, talkers, holders]


def _action(fact: Fact) -> Action:
    return db.session.get_one(Action, fact.action_id)


AUDIENCES: Mapping[str, Callable[[Fact], Audience | None]] = {
    "chain": _of_bulletin,
    "linked": _of_link,
    "unlinked": _of_end,
    "plan.changed": _of_version,
}
