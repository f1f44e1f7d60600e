"""Mails that are about an account: they go with it."""

from sqlalchemy import delete, or_, update

from app.core import dead_addresses
from app.core.db import db
from app.core.mail import Outgoing
from app.core.unit import command


@command
def adopt(user_id: int, recipient: str) -> None:
    """Have the mails that went to an address before an account had it be about that account."""
    mine = (Outgoing.recipient == recipient, Outgoing.user_id.is_(None))
    db.session.execute(update(Outgoing).where(*mine).values(user_id=user_id))


@command
def forget(user_id: int, recipient: str) -> None:
    """Remove every mail about an account or to its address, and what is known of these addresses: the person left."""
    hers = delete(Outgoing).where(or_(Outgoing.user_id == user_id, Outgoing.recipient == recipient))
    dead_addresses.revive(recipient, *db.session.scalars(hers.returning(Outgoing.recipient)))
