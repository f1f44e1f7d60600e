"""Outgoing mail: a row in the transaction that caused it, sent later by the worker, each at most once."""
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock, dialect
from app.core.db import Model, db
from app.core.unit import command

KEPT = timedelta(days=30)
TRIES = 8


class Outgoing(Model):
    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    recipient: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    due_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]


Transport = Callable[[Outgoing], None]


def queue(key: str, *, recipient: str, subject: str, text: str, html: str) -> bool:
    """Put a mail in the outbox unless one with this key is there; tell whether it went in."""
    now = clock.now()
    return dialect.insert_once(
        Outgoing, key=key, recipient=recipient, subject=" ".join(subject.split()), text=text, html=html,
        created_at=now, due_at=now, tries=0)


def waiting() -> list[int]:
    """Give the ids of mails that are due."""
    query = select(Outgoing.id).where(Outgoing.sent_at.is_(None), Outgoing.tries < TRIES)
    return list(db.session.scalars(query.where(Outgoing.due_at <= clock.now()).order_by(Outgoing.id).limit(200)))


def deliver(transport: Transport) -> int:
    """Send what is due; give how many went. A failure waits longer each time, and says why in its row."""
    return sum(_claimed(mail_id) and _send(mail_id, transport) for mail_id in waiting())


@command
def _claimed(mail_id: int) -> bool:
    """Take one mail for this worker: it is counted as tried before it leaves, so that it never leaves twice at once."""
    query = dialect.locked(select(Outgoing).where(Outgoing.id == mail_id))
    mail = db.session.scalar(query.execution_options(populate_existing=True))
    if mail is None or mail.sent_at or mail.due_at > clock.now():
        return False
    mail.tries += 1
    mail.due_at = clock.now() + timedelta(minutes=2**mail.tries)
    return True


def _send(mail_id: int, transport: Transport) -> bool:
    mail = db.session.get_one(Outgoing, mail_id)
    try:
        transport(mail)
    except OSError as error:
        _record(mail_id, error=type(error).__name__)
        return False
    _record(mail_id, error=None)
    return True


@command
def _record(mail_id: int, *, error: str | None) -> None:
    mail = db.session.get_one(Outgoing, mail_id)
    mail.error = error
    if error is None:
        mail.sent_at = clock.now()


@command
def purge() -> int:
    """Forget mails sent or given up more than 30 days ago; give how many."""
    old = list(db.session.scalars(select(Outgoing).where(Outgoing.created_at < clock.now() - KEPT)))
    for mail in old:
        db.session.delete(mail)
    return len(old)


@command
def forget(recipient: str) -> None:
    """Remove every mail to an address: the person has left."""
    db.session.execute(delete(Outgoing).where(Outgoing.recipient == recipient))
