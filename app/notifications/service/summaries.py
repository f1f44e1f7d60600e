"""The summary of a period: claimed once, with the notices that go into it."""

from collections.abc import Sequence

from sqlalchemy import update

from app.accounts.models.people import User
from app.core import clock
from app.core.db import db
from app.core.dialect import insert_once
from app.notifications.models import Notice, Summary
from app.notifications.queries import settings, summaries
from app.notifications.queries.summaries import Period


def claim(user: User, period: Period) -> Sequence[int] | None:
    """Claim the summary of a person, in the command that writes it: return the notices that it tells of.

    None when another worker had it.
    """
    weekday = settings.weekday_of(user.id)
    if not insert_once(Summary, user_id=user.id, pace=period.pace, day=period.day_of(weekday)):
        return None
    mine = (Notice.user_id == user.id, summaries.waiting(period.pace), Notice.at <= period.moment_of(weekday))
    claimed = update(Notice).where(*mine).values(mailed_at=clock.now()).returning(Notice.id)
    return db.session.scalars(claimed.execution_options(synchronize_session=False)).all()
