"""What an operator asks of the outbox: what did not leave, why, and another chance for it."""
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select, update

from app.core import clock, jobs
from app.core.db import db
from app.core.mail import Outgoing, is_waiting
from app.core.unit import command


@dataclass(frozen=True)
class Tally:
    """The mails that did not leave, and when one last did.

    `late`: due and tried by nobody. `put_off`: waiting for another try. `failed_since`: tried in vain since one left.
    """

    late: int
    put_off: int
    refused: int
    given_up: int
    failed_since: int
    last_sent_at: datetime | None


def tally(late_after: timedelta) -> Tally:
    last = db.session.scalar(select(func.max(Outgoing.sent_at)))
    is_late = Outgoing.due_at < clock.now() - late_after
    conditions = [
        and_(is_waiting(), is_late), and_(is_waiting(), ~is_late, Outgoing.error.is_not(None)),
        Outgoing.refused_at.is_not(None), Outgoing.given_up_at.is_not(None),
        and_(Outgoing.error.is_not(None), Outgoing.first_tried_at > last if last else Outgoing.sent_at.is_(None))]
    counted = select(*(func.count().filter(condition) for condition in conditions))
    late, put_off, refused, given_up, failed_since = db.session.execute(counted).one()
    return Tally(late, put_off, refused, given_up, failed_since, last)


def last_trouble() -> str | None:
    """Return why the mail that was tried last did not leave."""
    query = select(Outgoing.error).where(Outgoing.error.is_not(None))
    return db.session.scalar(query.order_by(Outgoing.due_at.desc(), Outgoing.id.desc()).limit(1))


@command
def retry() -> tuple[int, int]:
    """Return another four days to what was refused and to what was given up; return how many of each."""
    refused, given_up = _restart(Outgoing.refused_at.is_not(None)), _restart(Outgoing.given_up_at.is_not(None))
    jobs.ask("mail")
    return refused, given_up


def _restart(is_concerned: ColumnElement[bool]) -> int:
    restarted = db.session.scalars(update(Outgoing).where(is_concerned).values(
        tries=0, due_at=clock.now(), first_tried_at=None, refused_at=None, given_up_at=None, error=None,
    ).returning(Outgoing.id))
    return len(restarted.all())
