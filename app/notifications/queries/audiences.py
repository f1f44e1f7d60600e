"""Whom each fact is told to: those who follow what it is about, once each, in the order of their accounts.

Each way to follow something is a *path*: a SELECT of accounts. What somebody chose about a thing stands over all the
other ways to follow it. Nobody is told of their own act, of what they are told of directly, of what they may not read
now, nor of what happened before they followed it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, Subquery, func, literal, or_, select, union, union_all

from app.comments.models import Comment, Thread
from app.comments.queries import reading
from app.core.db import db
from app.core.dialect import as_text
from app.events.models.meetings import Event
from app.ideas.models import Idea, IdeaCommunity, IdeaIssue, IdeaTag, IdeaTerritory
from app.moderation.merges import queries
from app.notifications.models import Fact, Notice
from app.notifications.queries import event_recipients, plan_recipients, recipients, topic_recipients
from app.notifications.queries.recipients import Audience
from app.plan.models.structure import Action
from app.plan.queries import holders
from app.reference.models import Tag, Territory
from app.updates.models import Update

# Who wrote the ideas of a merge, or whose support moved with one, is told of it by these.
TOLD_OF_MERGE = ("merge.author", "merge.received", "merge.support")
TOLD_OF_PARTING = ("part.author", "part.support")
CONTENTS = {"idea": Idea, "update": Update, "action": Action, "event": Event}


def find_audience(fact: Fact) -> Audience | None:
    """Return whom a fact is to be told to; None where it is not public now."""
    return AUDIENCES[fact.kind](fact)


def list_next_ids(fact: Fact, audience: Audience, size: int) -> Sequence[int]:
    """Return the next accounts of an audience, `size` at most."""
    firsts = [select(_select_next(path, fact, audience, size).subquery()) for path in audience.paths]
    people = union(*firsts).subquery()
    who = people.c[0]
    return db.session.scalars(select(who).order_by(who).limit(size)).all()


def _select_next(path: Select[Any], fact: Fact, audience: Audience, size: int) -> Select[Any]:
    """Select the next accounts of a path, at most `size`, so that each part of an audience costs about the same."""
    who = path.selected_columns[0]
    query = _keep_next(path, fact, audience).with_only_columns(who, maintain_column_froms=True)
    return query.distinct().order_by(who).limit(size)


def _keep_next(path: Select[Any], fact: Fact, audience: Audience) -> Select[Any]:
    """Keep the accounts of a path that come next and are to be told."""
    who, content = path.selected_columns[0], audience.content
    excluded_ids = {user_id for user_id in (fact.by_id, *audience.apart_from) if user_id}
    query = path.where(who > fact.told_to, who.not_in(excluded_ids))
    if content and not audience.despite_silence:
        query = query.where(~recipients.is_silent(who, content.thread_id))
    if content and content.is_private:
        query = query.where(recipients.is_inside(who, content.community_id))
    if audience.told:
        keys = [f"{key}:" + as_text(who) for key in audience.told]
        query = query.where(~select(Notice.id).where(Notice.key.in_(keys)).exists())
    return query


def select_best_paths(fact: Fact, audience: Audience, last_id: int) -> Select[Any]:
    """Select the accounts that come next, up to `last_id`: `user_id`, `kind` and `thread_id` of the best path.

    Where paths lead by something else (`Audience.by`), these two are what it is and its number.
    """
    who, thread_id, kind, rank = unite_paths(fact, audience, last_id).c
    place = func.row_number().over(partition_by=who, order_by=(rank, thread_id)).label("place")
    ranked = select(who.label("user_id"), thread_id.label("thread_id"), kind.label("kind"), place).subquery()
    return select(ranked.c.user_id, ranked.c.thread_id, ranked.c.kind).where(ranked.c.place == 1)


def unite_paths(fact: Fact, audience: Audience, last_id: int) -> Subquery:
    """Unite the paths to the accounts that come next, up to `last_id`: who, by what, the kind and rank of the path."""
    ranked_paths = enumerate(zip(audience.paths, audience.kinds or audience.by, strict=True))
    return union_all(
        *[
            _keep_next(path, fact, audience)
            .where(path.selected_columns[0] <= last_id)
            .add_columns(literal(kind), literal(rank))
            for rank, (path, kind) in ranked_paths
        ]
    ).subquery()


def _of_comment(fact: Fact) -> Audience | None:
    """A comment appeared: who follows all of its thread; not who is answered, nor who wrote what is talked about."""
    comment = reading.reload_comment(fact.comment_id or 0)
    thread = comment.thread
    if not (comment.is_visible and thread.is_public):
        return None
    content: Any = CONTENTS[thread.kind]
    content = db.session.scalars(select(content).where(content.thread_id == thread.id)).one()
    answered_id = db.session.scalar(select(Comment.author_id).where(Comment.id == comment.parent_id))
    apart_from = (comment.author_id, answered_id, thread.author_id, *_holders(thread))
    return Audience(content, recipients.select_talkers(fact, [thread.id], recipients.ALL), apart_from)


def _holders(thread: Thread) -> Sequence[int]:
    """Return who is told, as the authors of other threads, of what is said under an action."""
    return holders.list_holder_ids_of_thread(thread.id) if thread.kind == "action" else ()


def _of_idea(fact: Fact) -> Audience | None:
    """An idea appeared: who follows its communities, its tags, its issues or its territories; not who wrote it."""
    idea = _idea(fact)
    if not idea.is_public:
        return None
    rooms = union(select(Idea.community_id).where(Idea.id == idea.id), _places(IdeaCommunity.community_id, idea))
    places = _places(IdeaTerritory.territory_id, idea)
    around = select(Territory.parent_id).where(Territory.id.in_(places), Territory.parent_id.is_not(None))
    paths = [
        recipients.select_members(fact, rooms),
        recipients.select_followers(fact, "community", rooms),
        recipients.select_followers(fact, "tag", _tags(idea)),
        recipients.select_followers(fact, "issue", _places(IdeaIssue.issue_id, idea)),
        recipients.select_followers(fact, "territory", union(places, around)),
    ]
    return Audience(idea, paths, (idea.author_id,), by=("member", "community", "tag", "issue", "territory"))


def _places(column: Any, idea: Idea) -> Select[Any]:
    """Select where an idea is placed on an axis."""
    return select(column).where(column.class_.idea_id == idea.id)


def _tags(idea: Idea) -> Select[Any]:
    """Select the tags of an idea with all that answer as one with them, since tags are merged and parted again."""
    now = func.coalesce(Tag.merged_into, Tag.id)
    return select(Tag.id).where(
        now.in_(select(now).join(IdeaTag, IdeaTag.tag_id == Tag.id).where(IdeaTag.idea_id == idea.id).correlate(None))
    )


def _of_update(fact: Fact) -> Audience | None:
    """A community published its work: its members, and who follows it."""
    update = db.session.get_one(Update, fact.update_id)
    rooms = [update.community_id]
    paths = [recipients.select_members(fact, rooms), recipients.select_followers(fact, "community", rooms)]
    return Audience(update, paths, (update.author_id,)) if update.is_public else None


def _of_step(fact: Fact) -> Audience | None:
    """An idea moved on its journey: who follows it, or an idea that was joined to it; not who wrote one of them."""
    idea = _idea(fact)
    if not idea.is_published:
        return None
    threads = select(Idea.thread_id).where(or_(Idea.id == idea.id, Idea.merged_into == idea.id))
    authors = [author.id for author in queries.list_authors_of_merged(idea)]
    return Audience(
        idea,
        recipients.select_talkers(fact, db.session.scalars(threads).all(), recipients.STEPS),
        (idea.author_id, *authors),
    )


def _of_merge(fact: Fact) -> Audience | None:
    """Two ideas were joined: who follows one of them; not who wrote one, nor whose support is counted on both."""
    return _of_both(fact, TOLD_OF_MERGE)


def _of_parting(fact: Fact) -> Audience | None:
    """Two ideas were parted: who follows one of them; not who wrote one, nor whose support went back."""
    return _of_both(fact, TOLD_OF_PARTING)


def _of_both(fact: Fact, kinds_told: Sequence[str]) -> Audience | None:
    idea, other = _idea(fact), db.session.get_one(Idea, fact.facts["beside"])
    if not (idea.is_published and other.is_published):
        return None
    paths = recipients.select_talkers(fact, [idea.thread_id, other.thread_id], recipients.STEPS)
    keys = [f"{kind}:{fact.facts['merge']}" for kind in kinds_told]
    return Audience(idea, paths, (idea.author_id, other.author_id), keys)


def _idea(fact: Fact) -> Idea:
    return db.session.get_one(Idea, fact.idea_id)


AUDIENCES: Mapping[str, Callable[[Fact], Audience | None]] = {
    "follow.comment": _of_comment,
    "follow.idea": _of_idea,
    "follow.update": _of_update,
    "follow.step": _of_step,
    "follow.merge": _of_merge,
    "follow.part": _of_parting,
    **plan_recipients.AUDIENCES,
    **event_recipients.AUDIENCES,
    **topic_recipients.AUDIENCES,
}
