"""Answers to what happened elsewhere."""
from sqlalchemy import update

from app.accounts.signals import AccountClosed
from app.comments.signals import CommentsCounted
from app.core import clock
from app.core.db import run
from app.plan.models.progress import Holder
from app.plan.models.structure import Action


def keep_count(signal: CommentsCounted) -> None:
    """Copy the thread's public count beside the action's title."""
    if signal.kind == "action":
        run(update(Action).where(Action.thread_id == signal.thread_id).values(comments_count=signal.count))


def end_charges(signal: AccountClosed) -> None:
    """End the charges of a person who leaves."""
    run(update(Holder).where(Holder.user_id == signal.user_id, Holder.ended_at.is_(None)).values(
        ended_at=clock.now(), ended_by=signal.user_id))
