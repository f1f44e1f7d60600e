"""The paths that lead from a thing to those who are told of it: each *path* is a SELECT of accounts.

What somebody chose about a thing stands over all the other paths to it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from app.accounts.models.people import User
from app.comments.models import Comment
from app.communities.models import Membership
from app.communities.queries import in_charge_of
from app.events.models.meetings import Event
from app.ideas.models import Idea
from app.notifications.models import COMMENTED, LEVELS, SUPPORTED, Fact, Follow, NoticeSettings
from app.notifications.queries import follows
from app.plan.models.structure import Action
from app.updates.models import Update
from app.votes.models import Vote

ALL, STEPS = ("all",), ("all", "steps")
# What somebody chose about a thing: an alias costs more than the query that reads it.
_CHOICE = aliased(Follow)


@dataclass(frozen=True)
class Audience:
    """The paths that lead to a fact about a content, which stands in a community; `thread_id` is its talk, if any.

    `kinds`, where they are given, are those of the notices of each path, the best path first; each such path has a
    second column, the thread that it leads by. `by`, where it is given, is what each path leads by instead, whose
    number is that column. `apart_from` are those who did it or are told of it directly; so are those who have one of
    the notices `told`, by their keys (without the number of the account). `despite_silence` is for what
    whoever wants to hear nothing of the talk hears still; `without_mail` for what is told on the site alone.
    """

    content: Idea | Update | Action | Event | None
    paths: Sequence[Select[Any]]
    apart_from: Collection[int | None] = ()
    told: Sequence[str] = ()
    kinds: Sequence[str] = ()
    by: Sequence[str] = ()
    despite_silence: bool = False
    without_mail: bool = False


def is_silent(who: Any, thread_id: int) -> ColumnElement[bool]:
    """Match the accounts that want to hear nothing of a thread."""
    return has_chosen(who, "thread", thread_id, ("none",))


def is_inside(who: Any, community_id: int | None) -> ColumnElement[bool]:
    """Match the members of a private community, and those who have the charge of it."""
    other = aliased(Membership)
    member = select(other.id).where(other.user_id == who, other.community_id == community_id)
    in_charge = select(User.id).where(User.id == who, in_charge_of(community_id))
    return or_(member.correlate_except(other).exists(), in_charge.correlate_except(User).exists())


def has_chosen(who: Any, kind: str, target_id: Any, levels: Sequence[str] = LEVELS) -> ColumnElement[bool]:
    """Match the accounts that chose one of these levels for a thing; both may be columns of the path."""
    query = select(_CHOICE.user_id).where(
        _CHOICE.user_id == who, _CHOICE.kind == kind, _CHOICE.target_id == target_id, _CHOICE.level.in_(levels)
    )
    return query.correlate_except(_CHOICE).exists()


def select_followers(fact: Fact, kind: str, target_ids: Any, levels: Sequence[str] = ALL) -> Select[Any]:
    """Select those who chose to follow one of these things, and which."""
    return select(Follow.user_id, Follow.target_id).where(
        Follow.kind == kind, Follow.target_id.in_(target_ids), Follow.level.in_(levels), Follow.at <= fact.at
    )


def select_talkers(fact: Fact, thread_ids: Any, levels: Sequence[str]) -> list[Select[Any]]:
    """Select who follows these threads, and which: by choice, by what they said there, by a support of the idea."""
    talkers = select(Comment.author_id, Comment.thread_id)
    talkers = talkers.outerjoin(NoticeSettings, NoticeSettings.user_id == Comment.author_id).where(
        Comment.thread_id.in_(thread_ids),
        Comment.status == "published",
        Comment.in_sight(),
        Comment.created_at <= fact.at,
        func.coalesce(NoticeSettings.commented, COMMENTED).in_(levels),
        ~has_chosen(Comment.author_id, "thread", Comment.thread_id),
    )
    usual = func.coalesce(NoticeSettings.supported, SUPPORTED).in_(levels)
    supporters = select_supporters(fact, thread_ids).where(usual, ~has_chosen(Vote.user_id, "thread", Idea.thread_id))
    return [select_followers(fact, "thread", thread_ids, levels), talkers, supporters]


def select_supporters(fact: Fact, thread_ids: Any) -> Select[Any]:
    """Select who supports the ideas of these threads, and which thread, with what they chose beside."""
    query = select(Vote.user_id, Idea.thread_id).join(Idea, Idea.id == Vote.idea_id)
    return query.outerjoin(NoticeSettings, NoticeSettings.user_id == Vote.user_id).where(
        Idea.thread_id.in_(thread_ids), Vote.at <= fact.at, ~follows.came_from_silence()
    )


def select_members(fact: Fact, community_ids: Any) -> Select[Any]:
    """Select the members of communities, and of which, but of those where they chose otherwise."""
    return select(Membership.user_id, Membership.community_id).where(
        Membership.community_id.in_(community_ids),
        Membership.joined_at <= fact.at,
        ~has_chosen(Membership.user_id, "community", Membership.community_id),
    )
