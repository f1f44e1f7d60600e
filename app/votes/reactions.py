"""Answers to what happened elsewhere."""

from sqlalchemy import delete, update

from app.accounts.signals import AccountClosed
from app.core.db import run
from app.votes.models import DeclinedVote, Vote


def forget_names(signal: AccountClosed) -> None:
    """Keep the supports of a person who leaves, without their name."""
    run(update(Vote).where(Vote.user_id == signal.user_id).values(is_named=False))
    run(delete(DeclinedVote).where(DeclinedVote.user_id == signal.user_id))
