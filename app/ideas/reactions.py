"""Answers to what happened elsewhere."""

from sqlalchemy import and_, bindparam, update

from app.accounts.signals import AccountClosed
from app.comments.signals import CommentsCounted
from app.core.db import run
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.ideas.removal import erase, erase_words

_KEEPING = (
    update(Idea)
    .where(Idea.thread_id == bindparam("thread"))
    .values(comments_count=bindparam("count"))
    .execution_options(synchronize_session=False)
)


def copy_comments_count(signal: CommentsCounted) -> None:
    """Copy the thread's public count, so that lists sort on one table."""
    if signal.kind == "idea":
        run(_KEEPING, thread=signal.thread_id, count=signal.count)


def drop_drafts(signal: AccountClosed) -> None:
    """Forget what a person who leaves had not published."""
    for draft in reading.lock_ideas(and_(Idea.author_id == signal.user_id, Idea.status == "draft")):
        erase(draft)


def erase_waiting(signal: AccountClosed) -> None:
    """Erase the words of what they had sent and nobody had let appear; the row stays for what a team decided of it."""
    for idea in reading.lock_ideas(and_(Idea.author_id == signal.user_id, Idea.status == "pending")):
        erase_words(idea, by=signal.user_id)
