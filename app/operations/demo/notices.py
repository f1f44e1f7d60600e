"""What the people of the demonstration were told lately, by the same reactions as anybody's, dated as it happened."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select, update

from app.comments.models import Comment, Thread
from app.comments.signals import CommentPosted, CommentUsed
from app.core import clock
from app.core.db import db, run
from app.core.signals import Signal
from app.core.unit import command
from app.ideas.models import Idea, StatusChange
from app.ideas.signals import IdeaMoved, IdeaPublished
from app.notifications import jobs
from app.notifications.models import Fact, Notice, ThreadVisit
from app.notifications.reactions import follows, talk
from app.notifications.reactions import ideas as notices_of_ideas
from app.operations.demo import book
from app.updates.models import Update
from app.updates.signals import UpdatePublished
from app.votes.models import Vote
from app.votes.signals import IdeaSupported

LATELY, MOVED, TALK, LAST_VISIT = (timedelta(days=days) for days in (30, 15, 6, 2))
"""From when on people are told of what happened, of the plan and of what was said (less long: it is quickly sown).

Everybody was last here at the last.
"""
REACTIONS: dict[type[Signal], Sequence[Callable[[Any], None]]] = {
    CommentPosted: (talk.tell_of_comment, follows.note_comment),
    CommentUsed: (talk.tell_of_use,),
    IdeaPublished: (follows.note_idea,),
    IdeaMoved: (notices_of_ideas.tell_of_step, follows.note_step),
    IdeaSupported: (talk.tell_of_support,),
    UpdatePublished: (follows.note_update,),
}


def list_signals(day: datetime) -> Iterator[tuple[datetime, Signal]]:
    """Find what happened in the weeks before the day of the story, that was written without telling anybody."""
    since, talk_since = day - LATELY, day - TALK
    ideas, updates = book.get_ids("idea").values(), book.get_ids("update").values()
    of_ideas, of_updates = (
        select(row.thread_id).where(row.id.in_(ids)) for row, ids in ((Idea, ideas), (Update, updates))
    )
    is_in_story = or_(Comment.thread_id.in_(of_ideas), Comment.thread_id.in_(of_updates))
    for row in _rows(
        select(Comment).where(is_in_story, Comment.status == "published", Comment.created_at >= talk_since)
    ):
        yield row.created_at, CommentPosted(row.id)
    for row in _rows(select(Comment).where(is_in_story, Comment.used_at >= since)):
        yield row.used_at, CommentUsed(row.id)
    for row in _rows(select(Idea).where(Idea.id.in_(ideas), Idea.published_at >= since)):
        yield row.published_at, IdeaPublished(row.id)
    for row in _rows(select(Update).where(Update.id.in_(updates), Update.published_at >= since)):
        yield row.published_at, UpdatePublished(row.id)
    steps = select(StatusChange).where(StatusChange.idea_id.in_(ideas), StatusChange.at >= since)
    for row in _rows(steps.where(StatusChange.reason != "")):
        yield row.at, IdeaMoved(row.idea_id, by=row.by_id, status=row.status, reason=row.reason)
    count = func.row_number().over(partition_by=Vote.idea_id, order_by=Vote.id)
    for vote, number in db.session.execute(select(Vote, count).where(Vote.idea_id.in_(ideas))).tuples():
        if vote.at >= since and (number == 1 or number % talk.TEN == 0):
            yield vote.at, IdeaSupported(vote.idea_id, count=number, more=1, by=vote.user_id, is_named=vote.is_named)


def _rows(query: Select[Any]) -> Sequence[Any]:
    return db.session.scalars(query).all()


@command
def tell(signal: Signal) -> None:
    """Tell whom a signal is for, followers included: the worker would tell them as if it happened now."""
    for reaction in REACTIONS[type(signal)]:
        reaction(signal)
    jobs.tell_followers()


def forget() -> None:
    """Tell nobody of what happened just now in the story, inside a command."""
    run(update(Fact).where(Fact.told_at.is_(None)).values(told_at=Fact.at))


def end(user_ids: dict[str, int]) -> None:
    """Send no mail of what happened long ago; let all that came before the last visit be read, inside a command."""
    mine, visit = Notice.user_id.in_(user_ids.values()), clock.now() - LAST_VISIT
    run(update(Notice).where(mine, Notice.mailed_at.is_(None)).values(mailed_at=Notice.at))
    run(update(Notice).where(mine, Notice.read_at.is_(None), Notice.at < visit).values(read_at=Notice.at))
    db.session.add_all(
        ThreadVisit(user_id=who, thread_id=thread_id, since_id=last_id, last_id=last_id, at=visit)
        for who, thread_id, last_id in db.session.execute(_select_visits(visit, user_ids.values()))
    )


def _select_visits(visit: datetime, user_ids: Any) -> Select[Any]:
    """Select the threads that each person wrote or talked in, with the last comment there was at the last visit."""
    last = (
        select(Comment.thread_id, func.max(Comment.id).label("last_id"))
        .where(Comment.created_at < visit, Comment.status == "published")
        .group_by(Comment.thread_id)
        .subquery()
    )
    talked = select(Comment.author_id.label("who"), Comment.thread_id.label("thread_id")).where(
        Comment.author_id.in_(user_ids)
    )
    wrote = select(Thread.author_id, Thread.id).where(Thread.author_id.in_(user_ids))
    people = talked.union(wrote).subquery()
    visited = select(ThreadVisit.user_id).where(
        ThreadVisit.user_id == people.c.who, ThreadVisit.thread_id == people.c.thread_id
    )
    return (
        select(people.c.who, last.c.thread_id, last.c.last_id)
        .join(last, last.c.thread_id == people.c.thread_id)
        .where(~visited.exists())
    )
