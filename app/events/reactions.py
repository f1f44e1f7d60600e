"""Answers to what happened elsewhere."""

from sqlalchemy import delete, update

from app.accounts.signals import AccountClosed
from app.comments.signals import CommentsCounted
from app.core.db import run
from app.events.models.meetings import Event
from app.events.models.running import EventCharge


def copy_comments_count(signal: CommentsCounted) -> None:
    """Copy the thread's public count beside the meeting's title."""
    if signal.kind == "event":
        run(update(Event).where(Event.thread_id == signal.thread_id).values(comments_count=signal.count))


def end_charges(signal: AccountClosed) -> None:
    """End the charges of somebody who leaves."""
    run(delete(EventCharge).where(EventCharge.user_id == signal.user_id))
