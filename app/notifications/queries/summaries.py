"""Who is due a summary, and what it is about: notices that were neither mailed nor read, and charges."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Date, Select, and_, case, func, literal, or_, select

from app.accounts.models.people import User
from app.communities.models import Facilitator
from app.core import clock
from app.core.db import Moment, constant, db
from app.notifications.models import FRIDAY, Notice, NoticePace, NoticeSettings, Summary
from app.notifications.topics import USUAL

# The hour of the region at which summaries are due.
HOUR = time(7)
WEEKDAY = func.coalesce(NoticeSettings.weekday, FRIDAY)


@dataclass(frozen=True)
class Period:
    """The last summary of a pace that was due: that of a day, or for each weekday (0 is Monday) that of a week."""

    pace: str
    days: Sequence[date]

    def day_of(self, weekday: int) -> date:
        return self.days[weekday]

    def moment_of(self, weekday: int) -> datetime:
        return moment_of(self.days[weekday])

    @property
    def day(self) -> ColumnElement[date]:
        """The day of the summary, in SQL: it depends on the weekday that each person chose."""
        return case({n: literal(day, Date) for n, day in enumerate(self.days)}, value=WEEKDAY)

    @property
    def moment(self) -> ColumnElement[datetime]:
        return case({n: literal(moment_of(day), Moment) for n, day in enumerate(self.days)}, value=WEEKDAY)


def moment_of(day: date) -> datetime:
    """Return when the summary of a day is due."""
    return datetime.combine(day, HOUR, clock.ZONE)


def get_last_period(pace: str) -> Period:
    """Return the last period of a pace (daily or weekly) whose summary was due."""
    local = clock.now().astimezone(clock.ZONE)
    today = local.date() - timedelta(days=local.time() < HOUR)
    if pace == "daily":
        return Period(pace, [today] * 7)
    return Period(pace, [today - timedelta(days=(today.weekday() - weekday) % 7) for weekday in range(7)])


def list_due_users(period: Period, *, after: int = 0, limit: int = 500) -> Sequence[User]:
    """Return people whose summary of a period is to be written: something waits for them, or for their team.

    They come in the order of their ids, from the one that follows `after`.
    """
    ids = select(User.id).outerjoin(NoticeSettings, NoticeSettings.user_id == User.id)
    waited_for = or_(User.id.in_(_with_notices(period)), User.id.in_(_in_charge(period)))
    ids = ids.where(waited_for, User.id > after, _is_due(period))
    return db.session.scalars(select(User).where(User.id.in_(ids)).order_by(User.id).limit(limit)).all()


def _is_due(period: Period) -> ColumnElement[bool]:
    is_written = (
        select(Summary.user_id)
        .where(Summary.user_id == User.id, Summary.pace == period.pace, Summary.day == period.day)
        .correlate(User, NoticeSettings)
        .exists()
    )
    is_paused = func.coalesce(NoticeSettings.paused_until > clock.now(), False)
    can_read = and_(User.email.is_not(None), User.closed_at.is_(None), User.active.is_(True))
    return and_(can_read, ~is_paused, ~is_written)


def goes_into_summary(pace: str) -> ColumnElement[bool]:
    """Match the notices that go into a summary of this pace."""
    return and_(
        Notice.pace.in_([constant("daily"), constant("weekly")]),
        Notice.pace == pace,
        Notice.mailed_at.is_(None),
        Notice.read_at.is_(None),
    )


def _with_notices(period: Period) -> Select[tuple[int]]:
    """Select the people with notices older than the summary's moment that go into it."""
    query = select(Notice.user_id).outerjoin(NoticeSettings, NoticeSettings.user_id == Notice.user_id)
    return query.where(goes_into_summary(period.pace), Notice.at <= period.moment).distinct()


def _in_charge(period: Period) -> Select[tuple[int]]:
    """Select the people who have a charge, and want to know at this pace what waits for them."""
    of_desk = and_(NoticePace.user_id == User.id, NoticePace.topic == "desk")
    query = select(User.id).outerjoin(NoticePace, of_desk)
    charged = select(Facilitator.user_id).where(Facilitator.running())
    has_charge = or_(User.id.in_(charged), User.site_role == constant("coordinator"))
    return query.where(has_charge, func.coalesce(NoticePace.pace, USUAL["desk"]) == period.pace)
