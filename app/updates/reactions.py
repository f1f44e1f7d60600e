"""Answers to what happened elsewhere."""

from sqlalchemy import update

from app.comments.signals import CommentsCounted
from app.core.db import run
from app.updates.models import Update


def copy_comments_count(signal: CommentsCounted) -> None:
    """Copy the thread's public count beside the update's title."""
    if signal.kind == "update":
        run(update(Update).where(Update.thread_id == signal.thread_id).values(comments_count=signal.count))
