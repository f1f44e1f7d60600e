"""What a person chose of how they are told."""

from collections.abc import Collection

from sqlalchemy import select

from app.accounts.models.people import User
from app.core.actor import Actor
from app.core.db import db
from app.notifications.models import FRIDAY, SILENT, Follow, Notice, NoticePace, NoticeSettings
from app.notifications.topics import USUAL


def get_paces(actor: Actor) -> dict[str, str]:
    """Return the pace of each topic for this person: the one they chose, else the usual one."""
    chosen = select(NoticePace.topic, NoticePace.pace).where(NoticePace.user_id == actor.id)
    return USUAL | dict(db.session.execute(chosen).tuples().all())


def get_settings(actor: Actor) -> NoticeSettings:
    """Return what else this person chose; a row with the usual choices, which is not stored, if they chose nothing."""
    return db.session.get(NoticeSettings, actor.own_id) or _usual(actor)


def _usual(actor: Actor) -> NoticeSettings:
    return NoticeSettings(user_id=actor.own_id, weekday=FRIDAY, commented="all", supported="steps")


def get_choices(actor: Actor) -> tuple[dict[str, str], NoticeSettings]:
    """Return what `get_paces` and `get_settings` do, in one statement."""
    query = select(NoticeSettings, NoticePace.topic, NoticePace.pace).select_from(User)
    query = query.outerjoin(NoticeSettings, NoticeSettings.user_id == User.id)
    rows = db.session.execute(query.outerjoin(NoticePace, NoticePace.user_id == User.id).where(User.id == actor.id))
    found = rows.tuples().all()
    chosen = {topic: pace for _settings, topic, pace in found if topic}
    return USUAL | chosen, (found[0][0] if found else None) or _usual(actor)


def get_thread_level(user_id: int, thread_id: int) -> str:
    """Return the level that a person chose for a thread; nothing where they chose none."""
    chosen = select(Follow.level).where(
        Follow.user_id == user_id, Follow.kind == "thread", Follow.target_id == thread_id
    )
    return db.session.scalar(chosen) or ""


def get_weekday(user_id: int) -> int:
    """Return the day (0 is Monday) of a person's weekly summary."""
    found = db.session.scalar(select(NoticeSettings.weekday).where(NoticeSettings.user_id == user_id))
    return FRIDAY if found is None else found


def list_still_mailed(actor: Actor, notice_ids: Collection[int]) -> list[int]:
    """Return those of these notices whose topic this person wants by mail now, whatever they wanted before."""
    silent = [topic for topic, pace in get_paces(actor).items() if pace in SILENT]
    query = select(Notice.id).where(Notice.id.in_(notice_ids), Notice.topic.not_in(silent))
    return list(db.session.scalars(query.order_by(Notice.id)))
