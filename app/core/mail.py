"""Outgoing mail: a row in the transaction that caused it, sent later by the worker until a server takes it."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from email.header import Header
from email.message import EmailMessage
from email.policy import default
from email.utils import formatdate, make_msgid
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import JSON, ColumnElement, ForeignKey, and_, delete, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock, dead_addresses, dialect, hosts, mail_parts, smtp
from app.core.db import Model, db
from app.core.unit import command

logger = logging.getLogger(__name__)
RETENTION = timedelta(days=30)
PATIENCE = timedelta(days=4)
# Longer than any conversation with a server: a mail whose worker died is another's after that.
LEASE = timedelta(minutes=20)
# Python folds what it reads as text, and writes a long address as encoded words, which no mail program follows: a
# header that is set raw stays as it is.
AS_WRITTEN = default.clone(refold_source="none")
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=1)


class Outgoing(Model):
    """A mail of an account (`user_id`), or `about` registrations (`registration:12`). What it says goes when sent."""

    __tablename__ = "outbox"
    private_because = "sent as mails and shown to nobody"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    recipient: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    calendar: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="", index=True)
    headers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    origin: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    due_at: Mapped[datetime] = mapped_column(default=clock.now)
    first_tried_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    refused_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]

    def begin_try(self) -> None:
        """Count a try before it is made; until it is recorded, the mail is this worker's."""
        self.tries += 1
        self.first_tried_at = self.first_tried_at or clock.now()
        self.due_at = clock.now() + LEASE

    def end_try(self, trouble: smtp.DeliveryError | None) -> None:
        """Record what became of a try; what may still leave waits longer each time, for four days."""
        now = clock.now()
        self.error = str(trouble) if trouble else None
        if trouble is None:
            self.sent_at, self.headers, self.origin = now, {}, None
            self.subject = self.text = self.html = self.calendar = ""
        elif isinstance(trouble, smtp.MailRefused):
            self.refused_at = now
        elif self.first_tried_at and now >= self.first_tried_at + PATIENCE:
            self.given_up_at = now
        else:
            self.due_at = now + min(FIRST_WAIT * 2 ** min(self.tries - 1, 9), LONGEST_WAIT)


Transport = Callable[[Outgoing], None]
Settings = Mapping[str, Any]


def queue(
    key: str,
    *,
    message_id: str,
    recipient: str,
    subject: str,
    text: str,
    html: str,
    user_id: int | None = None,
    headers: dict[str, str] | None = None,
    origin: dict[str, Any] | None = None,
    calendar: str = "",
    about: str = "",
) -> bool:
    """Put a mail in the outbox unless one with this key is there; tell whether it went in.

    `headers` go with it as they are (ValueError if one would begin another line); `origin` is what it was written from.
    """
    headers = headers or {}
    if any(len(line.splitlines()) != 1 for header in headers.items() for line in header):
        raise ValueError("a header must be one line")
    now = clock.now()
    return dialect.insert_once(
        Outgoing,
        key=key,
        message_id=message_id,
        user_id=user_id,
        recipient=recipient,
        text=text,
        html=html,
        calendar=calendar,
        about=about,
        subject=write_subject(subject),
        headers=headers,
        origin=origin,
        created_at=now,
        due_at=now,
        tries=0,
    )


def write_subject(text: str) -> str:
    """Return a subject on one line; what looks like an encoded word would be read as what it stands for."""
    return " ".join(text.split()).replace("=?", "= ?")


def encode_subject(text: str) -> str:
    """Return a subject as it leaves: encoded whole, for Python may write the space between two encoded words twice."""
    return text if text.isascii() else Header(text, "utf-8", header_name="Subject").encode()


def get_host(settings: Settings) -> str:
    """Return the name of this host, among mail servers and in each Message-ID."""
    return urlsplit(settings["SITE_URL"]).hostname or "localhost"


def get_sender(settings: Settings) -> str:
    return hosts.parse_sender(settings["MAIL_FROM"]) if settings["MAIL_FROM"] else f"no-reply@{get_host(settings)}"


def new_message_id(settings: Settings) -> str:
    """Make the Message-ID of a mail: it is written with the row, so that a repeat is the same mail to its reader."""
    return make_msgid(domain=get_host(settings))


def find_fault(settings: Settings) -> str | None:
    """Say in one line which setting no mail could leave with."""
    try:
        get_sender(settings)
    except ValueError:
        return (
            "MAIL_FROM: it must hold one address, unaccented before the @, as in no-reply@example.org or "
            "Our site <no-reply@example.org>"
        )
    if not settings["MAIL_URL"]:
        return None
    try:
        smtp.server_at(settings["MAIL_URL"])
    except ValueError as error:
        return str(error)
    return None


def build_message(mail: Outgoing, *, sender: str) -> EmailMessage:
    """Write a row as a message: the same one each time, to the last byte."""
    message = EmailMessage(AS_WRITTEN)
    message["From"] = sender
    message["To"] = hosts.readdress(mail.recipient)
    message.set_raw("Subject", encode_subject(mail.subject))
    message["Date"] = formatdate(mail.created_at.timestamp())
    message["Message-ID"] = f"<{hosts.readdress(mail.message_id.strip('<>'))}>"
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers.items():
        if value.isascii():
            message.set_raw(name, value)
        else:
            message[name] = value
    message.set_content(mail.text)
    boundary = f"=_{mail.message_id.strip('<>').split('@')[0]}"
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    if mail.calendar:
        mail_parts.add_calendar(message, mail.calendar)
    mail_parts.name_boundaries(message, boundary)
    return message


def is_waiting() -> ColumnElement[bool]:
    return and_(Outgoing.sent_at.is_(None), Outgoing.refused_at.is_(None), Outgoing.given_up_at.is_(None))


def is_due() -> ColumnElement[bool]:
    return and_(is_waiting(), Outgoing.due_at <= clock.now())


def list_due_ids() -> list[int]:
    """Return the ids of mails that are due."""
    return list(db.session.scalars(select(Outgoing.id).where(is_due()).order_by(Outgoing.id).limit(200)))


def claim(mail_id: int) -> Outgoing | None:
    """Return a mail that is due, for the command that writes it again; None if it is no longer."""
    query = dialect.lock(select(Outgoing).where(Outgoing.id == mail_id, is_due()))
    return db.session.scalar(query.execution_options(populate_existing=True))


def deliver(transport: Transport) -> int:
    """Send what is due, until the server is out of reach; return how many went."""
    count = 0
    for mail_id in list_due_ids():
        mail = _claim(mail_id)
        if mail is None:
            continue
        trouble = _try(transport, mail)
        _record(mail_id, trouble)
        count += trouble is None
        if isinstance(trouble, smtp.Unreachable):
            break
    return count


def _claim(mail_id: int) -> Outgoing | None:
    """Claim one mail for this worker and detach it: no transaction stays open while the server is spoken to."""
    if not _lease(mail_id):
        return None
    mail = db.session.get_one(Outgoing, mail_id)
    db.session.expunge(mail)
    db.session.rollback()
    return mail


@command
def _lease(mail_id: int) -> bool:
    mail = claim(mail_id)
    if mail is None:
        return False
    mail.begin_try()
    return True


def _try(transport: Transport, mail: Outgoing) -> smtp.DeliveryError | None:
    """Send one mail and return what stopped it, or None; a fault of ours defers this mail, not the next ones."""
    try:
        transport(mail)
    except smtp.DeliveryError as trouble:
        return trouble
    except Exception as error:
        logger.exception("mail %s can't be sent", mail.id)
        return smtp.MailDeferred(f"a fault of the platform ({type(error).__name__}): see the log of the worker")
    return None


@command
def _record(mail_id: int, trouble: smtp.DeliveryError | None) -> None:
    """Record the outcome of a try; Unreachable defers every mail that is due."""
    mail = db.session.scalar(dialect.lock(select(Outgoing).where(Outgoing.id == mail_id)))
    if mail is None:
        return
    mail.end_try(trouble)
    if trouble is None:
        dead_addresses.revive(mail.recipient)
    elif isinstance(trouble, smtp.NoSuchAddress):
        dead_addresses.record_refusal(mail.recipient)
    if trouble:
        logger.warning("mail %s did not leave: %s", mail_id, trouble)
    if isinstance(trouble, smtp.Unreachable):
        for other in db.session.scalars(dialect.lock(select(Outgoing).where(is_due()).order_by(Outgoing.id))):
            other.begin_try()
            other.end_try(trouble)


@command
def purge() -> int:
    """Forget the mails of more than 30 days, but those that are being tried again; return how many.

    After a year, an address that did not exist is tried anew.
    """
    dead_addresses.purge()
    now = clock.now()
    is_idle = or_(~is_waiting(), Outgoing.due_at < now - PATIENCE)
    old = delete(Outgoing).where(Outgoing.created_at < now - RETENTION, is_idle).returning(Outgoing.id)
    return len(db.session.scalars(old).all())
