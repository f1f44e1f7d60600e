"""Measures of moderation: the room that owns a content hides or locks it, we keep who did it, when and why."""
from types import ModuleType
from typing import Any

from app.accounts import profiles
from app.accounts.models.people import Profile
from app.comments import service as comments
from app.comments.models import Comment
from app.comments.queries import reading
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict
from app.core.signals import tell
from app.core.unit import command
from app.ideas import service as ideas
from app.ideas.models import Idea
from app.moderation.models.dossiers import Content, place
from app.moderation.models.measures import Measure
from app.moderation.queries import contents
from app.moderation.service import journal
from app.moderation.signals import MeasureTaken
from app.updates import service as updates
from app.updates.models import Update

Subject = Idea | Update
OWNERS: dict[type, ModuleType] = {Idea: ideas, Comment: comments, Update: updates, Profile: profiles}
"""The room that does to a content what was decided."""
SAME_PACE = N_("Le rythme de ce fil est déjà celui-là.")


@command
def hide(actor: Actor, content: Content, *, reason: str) -> None:
    """Take a content out of sight; it is kept, and so is what answers it."""
    OWNERS[type(content)].hide(actor, content, reason=reason)
    record(actor, "hide", content, reason)


@command
def restore(actor: Actor, content: Content, *, reason: str) -> None:
    OWNERS[type(content)].restore(actor, content)
    record(actor, "restore", content, reason)


@command
def lock(actor: Actor, subject: Subject, *, reason: str) -> None:
    """Close the thread of an idea or an update to new comments."""
    comments.lock(actor, reading.thread(subject.thread_id), reason=reason)
    record(actor, "lock", subject, reason)


@command
def unlock(actor: Actor, subject: Subject, *, reason: str) -> None:
    open_again(actor, subject)
    record(actor, "unlock", subject, reason)


def open_again(actor: Actor, subject: Subject) -> None:
    comments.unlock(actor, reading.thread(subject.thread_id))


@command
def slow(
        actor: Actor, subject: Subject, *, minutes: int, reason: str, shown: str | None = None,
        undoes_id: int | None = None) -> None:
    """Let each person speak once in this many minutes under an idea or an update; 0 ends it.

    `shown` is the reason to read above the thread, when it is not that of the measure.
    """
    thread = reading.thread(subject.thread_id)
    if thread.slow_minutes == minutes:
        raise Conflict(SAME_PACE)
    data = {"minutes": minutes, "before": thread.slow_minutes, "before_reason": thread.slow_reason}
    comments.slow(actor, thread, minutes=minutes, reason=shown or reason)
    record(actor, "slow" if minutes else "lift", subject, reason, data=data, undoes_id=undoes_id)


def record(actor: Actor, kind: str, content: Content, reason: str, **more: Any) -> Measure:
    """Keep a measure on a content; `more` may hold its data, and the measure that it undoes. Last in the command."""
    where = place(content)
    more[contents.COLUMNS[type(content)]] = content.id
    return keep(actor, kind, reason, community_id=where.community_id, is_private=where.is_private, **more)


def keep(
        actor: Actor, kind: str, reason: str, *, community_id: int | None = None, is_private: bool = False,
        **columns: Any) -> Measure:
    """Keep a measure on one subject (a column of `contents.COLUMNS`, or user_id), tell of it, put it in the journal.

    The journal says on what kind of thing it was, never on which nor on whose.
    """
    assert actor.id is not None or kind == "freeze", "a measure is somebody's, but this one"
    measure = Measure(kind=kind, by_id=actor.id, reason=reason, community_id=community_id, at=clock.now(), **columns)
    db.session.add(measure)
    db.session.flush()
    tell(MeasureTaken(measure.id))
    on = next(name for name in (*contents.COLUMNS.values(), "user_id") if columns.get(name)).removesuffix("_id")
    journal.record(kind, reason=reason, community_id=community_id, is_private=is_private, on=on)
    return measure
