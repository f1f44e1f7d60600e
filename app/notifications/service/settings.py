"""How a person chooses to be told: the pace of each topic, the day of the summary, a pause."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from app.accounts.models.people import User
from app.comments.models import Comment
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.dialect import insert_once, upsert
from app.core.permits import require
from app.core.unit import command
from app.ideas.models import Idea
from app.notifications import policy
from app.notifications.models import PACES, SUMMARIES, Follow, Notice, NoticePace, NoticeSettings, Summary, ThreadVisit
from app.notifications.queries import settings, summaries
from app.notifications.queries import settings as queries
from app.notifications.queries.summaries import Period
from app.notifications.topics import SECURITY, STOPPED, USUAL
from app.plan.models.structure import Action


@command
def choose(
    actor: Actor,
    *,
    paces: Mapping[str, str],
    weekday: int,
    paused_until: datetime | None,
    commented: str,
    supported: str,
) -> None:
    """Write what a person chose that is not so already; what was not mailed yet follows the new choices."""
    require(actor, policy.READ)
    present, chosen = queries.get_paces(actor), queries.get_settings(actor)
    for topic, pace in paces.items():
        if pace != present[topic]:
            _set_pace(actor.own_id, topic, pace)
    values = {"weekday": weekday, "paused_until": paused_until, "commented": commented, "supported": supported}
    if any(getattr(chosen, name) != value for name, value in values.items()):
        upsert(NoticeSettings, "user_id", user_id=actor.own_id, **values)
    if paused_until:
        _let_wait(actor.own_id)


@command
def set_paces(user_id: int, paces: Mapping[str, str]) -> None:
    """Write the pace of some topics, as asked from a mail: whoever has its link is the person it was written to."""
    for topic, pace in paces.items():
        _set_pace(user_id, topic, pace)


@command
def follow_thread(user_id: int, thread_id: int, level: str) -> None:
    """Write how much of a thread a person is told, as asked from a mail; an empty level forgets what they chose."""
    if level == "none":
        leave_thread(user_id, thread_id)
    if level:
        upsert(
            Follow,
            "user_id",
            "kind",
            "target_id",
            user_id=user_id,
            kind="thread",
            target_id=thread_id,
            level=level,
            at=clock.now(),
        )
    else:
        run(delete(Follow).where(Follow.user_id == user_id, Follow.kind == "thread", Follow.target_id == thread_id))


def leave_thread(user_id: int, thread_id: int) -> None:
    """Forget how far a person read a thread, and leave on the site what they were told of it and not mailed yet."""
    run(delete(ThreadVisit).where(ThreadVisit.user_id == user_id, ThreadVisit.thread_id == thread_id))
    comments = select(Comment.id).where(Comment.thread_id == thread_id)
    ideas = select(Idea.id).where(Idea.thread_id == thread_id)
    actions = select(Action.id).where(Action.thread_id == thread_id)
    is_there = or_(Notice.comment_id.in_(comments), Notice.idea_id.in_(ideas), Notice.action_id.in_(actions))
    is_stopped = or_(Notice.topic == "follow", Notice.kind.in_(STOPPED))
    run(update(Notice).where(_waits(user_id), is_there, is_stopped).values(pace="site"))


def _set_pace(user_id: int, topic: str, pace: str) -> None:
    assert topic in USUAL and pace in PACES, "the forms offer these"
    upsert(NoticePace, "user_id", "topic", user_id=user_id, topic=topic, pace=pace)
    waiting = and_(_waits(user_id), Notice.topic == topic)
    run(update(Notice).where(waiting).values(pace="site" if pace == "never" else pace))


def _let_wait(user_id: int) -> None:
    """Put what was to be mailed at once into the summary of the day after the pause."""
    waiting = and_(_waits(user_id), Notice.pace == "now", Notice.topic != SECURITY)
    run(update(Notice).where(waiting).values(pace="daily"))


def _waits(user_id: int) -> ColumnElement[bool]:
    """Match what is still to be mailed to a person, also in the place of another; what was for the site stays there."""
    is_to_come = or_(Notice.mailed_at.is_(None), Notice.mailed_at < Notice.at)
    return and_(Notice.user_id == user_id, Notice.pace.in_(("now", *SUMMARIES)), is_to_come, Notice.read_at.is_(None))


def claim(user: User, period: Period) -> Sequence[int] | None:
    """Claim the summary of a person, in the command that writes it: return the notices that it tells of.

    None when another worker had it.
    """
    weekday = settings.get_weekday(user.id)
    if not insert_once(Summary, user_id=user.id, pace=period.pace, day=period.day_of(weekday)):
        return None
    mine = (Notice.user_id == user.id, summaries.goes_into_summary(period.pace), Notice.at <= period.moment_of(weekday))
    claimed = update(Notice).where(*mine).values(mailed_at=clock.now()).returning(Notice.id)
    return db.session.scalars(claimed.execution_options(synchronize_session=False)).all()
