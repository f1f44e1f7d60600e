"""Answers to what happened elsewhere."""

from sqlalchemy import update

from app.accounts.signals import AccountClosed
from app.comments.models import Comment
from app.core import clock
from app.core.db import run


def erase_waiting(signal: AccountClosed) -> None:
    """Erase what a person who leaves had said, and nobody had let appear: their words go, and the team reads none."""
    run(
        update(Comment)
        .where(Comment.author_id == signal.user_id, Comment.status == "pending")
        .values(body="", body_html="", intent=None, suspect="", deleted_at=clock.now(), deleted_by=signal.user_id)
    )
