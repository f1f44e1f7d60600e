"""Whom each fact is told to: those who follow what it is about, once each, in the order of their accounts.

Each way to follow something is a *path*: a SELECT of accounts. What somebody chose about a thing stands over all the
other ways to follow it. Nobody is told of their own act, of what they are told of directly, of what they may not read
now, nor of what happened before they followed it.
"""
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, union
from sqlalchemy.orm import aliased

from app.accounts.models.people import User
from app.comments.models import Comment
from app.comments.queries import reading
from app.communities.models import Membership
from app.communities.queries import in_charge_of
from app.core.db import db
from app.core.dialect import as_text
from app.ideas.models import Idea, IdeaCommunity, IdeaIssue, IdeaTag, IdeaTerritory
from app.merges.queries import merges
from app.notifications.models import COMMENTED, LEVELS, SUPPORTED, Fact, Follow, Notice, NoticeSettings
from app.notifications.queries import follows
from app.reference.models import Tag, Territory
from app.updates.models import Update
from app.votes.models import Vote

ALL, STEPS = ("all",), ("all", "steps")
# Who wrote the ideas of a merge, or whose support moved with one, is told of it by these.
TOLD_OF_MERGE = ("merge.author", "merge.received", "merge.support")
TOLD_OF_PARTING = ("part.author", "part.support")


@dataclass(frozen=True)
class Audience:
    """The paths that lead to a fact about a content, which stands in a community; `thread_id` is its talk, if any.

    `apart_from` are those who did it or are told of it directly; so are those who have one of the notices `told`, by
    their keys (without the number of the account).
    """

    content: Idea | Update
    paths: Sequence[Select[Any]]
    apart_from: Collection[int | None]
    told: Sequence[str] = ()


def list_next(fact: Fact, size: int) -> Sequence[int]:
    """Return the next accounts that a fact is to be told to, `size` at most; none where it is not public now."""
    audience = AUDIENCES[fact.kind](fact)
    if audience is None:
        return ()
    firsts = [select(_begin(path, fact, audience, size).subquery()) for path in audience.paths]
    people = union(*firsts).subquery()
    who = people.c[0]
    return db.session.scalars(select(who).order_by(who).limit(size)).all()


def _begin(path: Select[Any], fact: Fact, audience: Audience, size: int) -> Select[Any]:
    """Select the first accounts of a path that come next, so that each part of a long audience reads about as much."""
    who, content = path.selected_columns[0], audience.content
    excluded_ids = {user_id for user_id in (fact.by_id, *audience.apart_from) if user_id}
    query = path.where(who > fact.told_to, who.not_in(excluded_ids), ~_is_silent(who, content.thread_id))
    if content.is_private:
        query = query.where(_is_inside(who, content.community_id))
    if audience.told:
        keys = [f"{key}:" + as_text(who) for key in audience.told]
        query = query.where(~select(Notice.id).where(Notice.key.in_(keys)).exists())
    return query.distinct().order_by(who).limit(size)


def _is_silent(who: Any, thread_id: int) -> ColumnElement[bool]:
    """Match the accounts that want to hear nothing of a thread."""
    return _has_chosen(who, "thread", thread_id, ("none",))


def _is_inside(who: Any, community_id: int | None) -> ColumnElement[bool]:
    """Match the members of a private community, and those who have the charge of it."""
    other = aliased(Membership)
    member = select(other.id).where(other.user_id == who, other.community_id == community_id)
    in_charge = select(User.id).where(User.id == who, in_charge_of(community_id))
    return or_(member.correlate_except(other).exists(), in_charge.correlate_except(User).exists())


def _has_chosen(who: Any, kind: str, target_id: Any, levels: Sequence[str] = LEVELS) -> ColumnElement[bool]:
    """Match the accounts that chose one of these levels for a thing; both may be columns of the path."""
    choice = aliased(Follow)
    query = select(choice.user_id).where(choice.user_id == who, choice.kind == kind, choice.target_id == target_id)
    return query.where(choice.level.in_(levels)).correlate_except(choice).exists()


def _followers(fact: Fact, kind: str, target_ids: Any, levels: Sequence[str] = ALL) -> Select[Any]:
    """Select those who chose to follow one of these things."""
    return select(Follow.user_id).where(
        Follow.kind == kind, Follow.target_id.in_(target_ids), Follow.level.in_(levels), Follow.at <= fact.at)


def _talkers(fact: Fact, thread_ids: Any, levels: Sequence[str]) -> list[Select[Any]]:
    """Select who follows these threads: by choice, by what they said there, by a support of the idea."""
    said = select(Comment.author_id).outerjoin(NoticeSettings, NoticeSettings.user_id == Comment.author_id)
    said = said.where(
        Comment.thread_id.in_(thread_ids), Comment.status == "published", Comment.in_sight(),
        Comment.created_at <= fact.at,
        func.coalesce(NoticeSettings.commented, COMMENTED).in_(levels),
        ~_has_chosen(Comment.author_id, "thread", Comment.thread_id))
    support = select(Vote.user_id).join(Idea, Idea.id == Vote.idea_id)
    support = support.outerjoin(NoticeSettings, NoticeSettings.user_id == Vote.user_id).where(
        Idea.thread_id.in_(thread_ids), Vote.at <= fact.at, ~follows.came_from_silence(),
        func.coalesce(NoticeSettings.supported, SUPPORTED).in_(levels),
        ~_has_chosen(Vote.user_id, "thread", Idea.thread_id))
    return [_followers(fact, "thread", thread_ids, levels), said, support]


def _members(fact: Fact, community_ids: Any) -> Select[Any]:
    """Select the members of communities, but of those where they chose otherwise."""
    return select(Membership.user_id).where(
        Membership.community_id.in_(community_ids), Membership.joined_at <= fact.at,
        ~_has_chosen(Membership.user_id, "community", Membership.community_id))


def _of_comment(fact: Fact) -> Audience | None:
    """A comment appeared: who follows all of its thread; not who is answered, nor who wrote what is talked about."""
    comment = reading.present(fact.comment_id or 0)
    thread = comment.thread
    if not (comment.is_visible and thread.is_public):
        return None
    content: Any = Idea if thread.kind == "idea" else Update
    content = db.session.scalars(select(content).where(content.thread_id == thread.id)).one()
    answered_id = db.session.scalar(select(Comment.author_id).where(Comment.id == comment.parent_id))
    return Audience(content, _talkers(fact, [thread.id], ALL), (comment.author_id, answered_id, thread.author_id))


def _of_idea(fact: Fact) -> Audience | None:
    """An idea appeared: who follows its communities, its tags, its issues or its territories; not who wrote it."""
    idea = _idea(fact)
    if not idea.is_public:
        return None
    rooms = union(select(Idea.community_id).where(Idea.id == idea.id), _places(IdeaCommunity.community_id, idea))
    places = _places(IdeaTerritory.territory_id, idea)
    around = select(Territory.parent_id).where(Territory.id.in_(places), Territory.parent_id.is_not(None))
    paths = [
        _members(fact, rooms), _followers(fact, "community", rooms), _followers(fact, "tag", _tags(idea)),
        _followers(fact, "issue", _places(IdeaIssue.issue_id, idea)),
        _followers(fact, "territory", union(places, around))]
    return Audience(idea, paths, (idea.author_id,))


def _places(column: Any, idea: Idea) -> Select[Any]:
    """Select where an idea is placed on an axis."""
    return select(column).where(column.class_.idea_id == idea.id)


def _tags(idea: Idea) -> Select[Any]:
    """Select the tags of an idea with all that answer as one with them, since tags are merged and parted again."""
    now = func.coalesce(Tag.merged_into, Tag.id)
    return select(Tag.id).where(now.in_(select(now).join(IdeaTag, IdeaTag.tag_id == Tag.id).where(
        IdeaTag.idea_id == idea.id).correlate(None)))


def _of_update(fact: Fact) -> Audience | None:
    """A community published its work: its members, and who follows it."""
    update = db.session.get_one(Update, fact.update_id)
    rooms = [update.community_id]
    paths = [_members(fact, rooms), _followers(fact, "community", rooms)]
    return Audience(update, paths, (update.author_id,)) if update.is_public else None


def _of_step(fact: Fact) -> Audience | None:
    """An idea moved on its road: who follows it, or an idea that was joined to it; not who wrote one of them."""
    idea = _idea(fact)
    if not idea.is_published:
        return None
    threads = select(Idea.thread_id).where(or_(Idea.id == idea.id, Idea.merged_into == idea.id))
    authors = [author.id for author in merges.authors_of_merged(idea)]
    return Audience(idea, _talkers(fact, db.session.scalars(threads).all(), STEPS), (idea.author_id, *authors))


def _of_merge(fact: Fact) -> Audience | None:
    """Two ideas were joined: who follows one of them; not who wrote one, nor whose support is counted on both."""
    return _of_both(fact, TOLD_OF_MERGE)


def _of_parting(fact: Fact) -> Audience | None:
    """Two ideas were parted: who follows one of them; not who wrote one, nor whose support went back."""
    return _of_both(fact, TOLD_OF_PARTING)


def _of_both(fact: Fact, told: Sequence[str]) -> Audience | None:
    idea, other = _idea(fact), db.session.get_one(Idea, fact.facts["beside"])
    if not (idea.is_published and other.is_published):
        return None
    paths = _talkers(fact, [idea.thread_id, other.thread_id], STEPS)
    keys = [f"{kind}:{fact.facts['merge']}" for kind in told]
    return Audience(idea, paths, (idea.author_id, other.author_id), keys)


def _idea(fact: Fact) -> Idea:
    return db.session.get_one(Idea, fact.idea_id)


AUDIENCES: Mapping[str, Callable[[Fact], Audience | None]] = {
    "follow.comment": _of_comment, "follow.idea": _of_idea, "follow.update": _of_update, "follow.step": _of_step,
    "follow.merge": _of_merge, "follow.part": _of_parting}
