"""Mails that have waited a while: they are written again before they leave, with the rights of then."""

from datetime import timedelta

from sqlalchemy import select

from app.core import clock, mail
from app.core.db import db
from app.core.mail import Outgoing

# How old a mail may be before it is written again.
FRESH = timedelta(minutes=2)


def list_due_ids() -> list[int]:
    """Return the ids of mails that are due, were written a while ago, and can be written again."""
    is_old = (mail.is_due(), Outgoing.created_at < clock.now() - FRESH, Outgoing.origin.is_not(None))
    return list(db.session.scalars(select(Outgoing.id).where(*is_old).order_by(Outgoing.id).limit(200)))


def rewrite(row: Outgoing, *, subject: str, text: str, html: str) -> None:
    """Put other words into a mail, in the command that took it."""
    row.subject, row.text, row.html = mail.write_subject(subject), text, html


def drop(row: Outgoing) -> None:
    """Remove a mail that has nothing left to tell, in the command that took it."""
    db.session.delete(row)
