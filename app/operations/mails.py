"""What an operator asks of the outbox: what did not leave, why, and another chance for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select, update

from app.core import clock, jobs
from app.core.db import db
from app.core.mail import Outgoing, is_waiting
from app.core.unit import command


@dataclass(frozen=True)
class MailCounts:
    """The mails that did not leave, and when one last did.

    `late_count`: due and not tried. `put_off_count`: waiting for another try. `failed_count`: tried in vain since one
    left.
    """

    late_count: int
    put_off_count: int
    refused_count: int
    given_up_count: int
    failed_count: int
    last_sent_at: datetime | None


def count_mails(late_after: timedelta) -> MailCounts:
    last = db.session.scalar(select(func.max(Outgoing.sent_at)))
    is_late = Outgoing.due_at < clock.now() - late_after
    conditions = [
        and_(is_waiting(), is_late),
        and_(is_waiting(), ~is_late, Outgoing.error.is_not(None)),
        Outgoing.refused_at.is_not(None),
        Outgoing.given_up_at.is_not(None),
        and_(Outgoing.error.is_not(None), Outgoing.first_tried_at > last if last else Outgoing.sent_at.is_(None)),
    ]
    query = select(*(func.count().filter(condition) for condition in conditions))
    late_count, put_off_count, refused_count, given_up_count, failed_count = db.session.execute(query).one()
    return MailCounts(late_count, put_off_count, refused_count, given_up_count, failed_count, last)


def find_last_trouble() -> str | None:
    """Return why the mail that was tried last did not leave."""
    query = select(Outgoing.error).where(Outgoing.error.is_not(None))
    return db.session.scalar(query.order_by(Outgoing.due_at.desc(), Outgoing.id.desc()).limit(1))


@command
def retry() -> tuple[int, int]:
    """Give another four days to the mails that were refused or given up; return how many of each."""
    refused_count = _restart(Outgoing.refused_at.is_not(None))
    given_up_count = _restart(Outgoing.given_up_at.is_not(None))
    jobs.enqueue("mail")
    return refused_count, given_up_count


def _restart(condition: ColumnElement[bool]) -> int:
    ids = db.session.scalars(
        update(Outgoing)
        .where(condition)
        .values(
            tries=0,
            due_at=clock.now(),
            first_tried_at=None,
            refused_at=None,
            given_up_at=None,
            error=None,
        )
        .returning(Outgoing.id)
    )
    return len(ids.all())
