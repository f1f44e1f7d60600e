"""What a meeting is made of: its agenda, its documents, what it is about, the dates it had, what it asks."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Model

ABOUT, LED_TO = ROLES = ("about", "led_to")
QUESTION_KINDS = ("line", "one", "several")
MOST_QUESTIONS = 5
ONE_SUBJECT = (
    "(CASE WHEN idea_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN update_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN action_id IS NULL THEN 0 ELSE 1 END) = 1"
)


class EventLine(Model):
    """A line of the agenda; `hour` is in minutes after midnight (None: no hour)."""

    __tablename__ = "event_lines"
    public = True
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    hour: Mapped[int | None]
    text: Mapped[str]


class EventDocument(Model):
    """A document that stands elsewhere, as a link."""

    __tablename__ = "event_documents"
    public = True
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str]
    url: Mapped[str]


class EventSubject(Model):
    """An idea, an update or an action that a meeting is `about`, or that it `led_to`."""

    __tablename__ = "event_subjects"
    public = True
    __table_args__ = (
        CheckConstraint("role IN ('about', 'led_to')", name="role"),
        CheckConstraint(ONE_SUBJECT, name="one_subject"),
        UniqueConstraint("event_id", "role", "idea_id"),
        UniqueConstraint("event_id", "role", "update_id"),
        UniqueConstraint("event_id", "role", "action_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    role: Mapped[str]
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), index=True)
    update_id: Mapped[int | None] = mapped_column(ForeignKey("updates.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"), index=True)


class EventMove(Model):
    """A meeting was moved: from when to when, why, by whom; the former date stays readable."""

    __tablename__ = "event_moves"
    public = True
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    former_starts_at: Mapped[datetime]
    former_ends_at: Mapped[datetime]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)


class EventQuestion(Model):
    """What the team asks of whoever registers, and why; `choices` are none for a line."""

    __tablename__ = "event_questions"
    public = True
    __table_args__ = (CheckConstraint("kind IN ('line', 'one', 'several')", name="kind"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str]
    label: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    choices: Mapped[list[str]] = mapped_column(JSON, default=list)
