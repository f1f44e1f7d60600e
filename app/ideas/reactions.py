"""Answers to what happened elsewhere."""
from sqlalchemy import select, update

from app.accounts.signals import AccountClosed
from app.comments.models import Thread
from app.comments.signals import CommentsCounted
from app.core.db import db, run
from app.ideas.models import Idea
from app.ideas.service import erase


def keep_count(signal: CommentsCounted) -> None:
    """Copy the thread's public count, so that lists sort on one table."""
    count = select(Thread.comments_count).where(Thread.id == signal.thread_id).scalar_subquery()
    run(update(Idea).where(Idea.thread_id == signal.thread_id).values(comments_count=count))


def drop_drafts(signal: AccountClosed) -> None:
    """Forget what a person who leaves had not published."""
    for draft in db.session.scalars(select(Idea).where(Idea.author_id == signal.user_id, Idea.status == "draft")):
        erase(draft)
