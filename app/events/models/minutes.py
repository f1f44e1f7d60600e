"""The account of a meeting, in versions, and what was decided there."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models.people import User
from app.core import clock
from app.core.db import Model


class EventMinutes(Model):
    """The minutes of a meeting: a draft until `published_at`; `number` is that of the version which is shown.

    The `draft` is what was typed, for those who write it; nothing of it stands in the other tables.
    """

    __tablename__ = "event_minutes"
    public = True
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    published_at: Mapped[datetime | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    number: Mapped[int] = mapped_column(default=1)
    draft: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class EventMinutesVersion(Model):
    """One text of the minutes; `reason` says why it took the place of the one before."""

    __tablename__ = "event_minutes_versions"
    public = True
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str]
    body_html: Mapped[str]
    renderer: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by: Mapped[User] = relationship(lazy="raise")


class EventDecision(Model):
    """What was decided, as a text of the minutes says it (`number`): who, by when, the idea or action it led to."""

    __tablename__ = "event_decisions"
    public = True
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str]
    who: Mapped[str] = mapped_column(default="")
    due: Mapped[date | None]
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"), index=True)
