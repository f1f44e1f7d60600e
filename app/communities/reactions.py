"""Answers to what happened elsewhere."""

from sqlalchemy import delete

from app.accounts.signals import AccountClosed
from app.communities.models import Facilitator, Invitation, Membership, Sitting
from app.core.db import run


def forget_places(signal: AccountClosed) -> None:
    """Take a person who leaves out of every community, and their charges and invitations with them."""
    for table in (Membership, Facilitator, Sitting):
        run(delete(table).where(table.user_id == signal.user_id))
    if signal.email:
        run(delete(Invitation).where(Invitation.email == signal.email))
