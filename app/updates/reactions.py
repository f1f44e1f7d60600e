"""Answers to what happened elsewhere."""
from sqlalchemy import select, update

from app.comments.models import Thread
from app.comments.signals import CommentsCounted
from app.core.db import run
from app.updates.models import Update


def keep_count(signal: CommentsCounted) -> None:
    """Copy the thread's public count beside the update's title."""
    count = select(Thread.comments_count).where(Thread.id == signal.thread_id).scalar_subquery()
    run(update(Update).where(Update.thread_id == signal.thread_id).values(comments_count=count))
