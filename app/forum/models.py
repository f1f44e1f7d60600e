"""The tables of a Forum ouvert: where it stands, its rooms and its hours."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, synonym

from app.core import clock
from app.core.db import Model
from app.events.models.meetings import Event

BEFORE, MARKETPLACE, SESSIONS, CONVERGENCE, CLOSED = PHASES = (
    "before",
    "marketplace",
    "sessions",
    "convergence",
    "closed",
)
SESSION, PLENARY = SLOT_KINDS = ("session", "plenary")


class Forum(Model):
    """A meeting that is held for a question (`event.question`); its number is that of the meeting.

    `phase` is where the people are: it is moved by a press, never by the clock.
    """

    LOCK_WITH = REREAD_WITH = ("event",)
    __tablename__ = "forums"
    public = True
    __table_args__ = (
        CheckConstraint("phase IN ('before', 'marketplace', 'sessions', 'convergence', 'closed')", name="phase"),
    )
    id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    event_id: Mapped[int] = synonym("id")
    phase: Mapped[str] = mapped_column(default=BEFORE)
    phase_at: Mapped[datetime] = mapped_column(default=clock.now)
    phase_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    event: Mapped[Event] = relationship(lazy="raise")

    @property
    def is_closed(self) -> bool:
        return self.phase == CLOSED

    @property
    def has_begun(self) -> bool:
        """The marketplace was opened: people are there, or were."""
        return self.phase != BEFORE

    @property
    def next_phase(self) -> str | None:
        """Return the phase that comes after the present one, None after the last."""
        return None if self.is_closed else PHASES[PHASES.index(self.phase) + 1]

    @property
    def former_phase(self) -> str | None:
        """Return the phase that one may go back to, None from the first and from the last."""
        return None if self.is_closed or not self.has_begun else PHASES[PHASES.index(self.phase) - 1]


class ForumRoom(Model):
    """A room of a forum, or one online (`url`); `note` says how to reach it."""

    __tablename__ = "forum_rooms"
    public = True
    __table_args__ = (CheckConstraint("places > 0", name="places"), UniqueConstraint("forum_id", "name"))
    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forums.id"))
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    places: Mapped[int | None]
    is_step_free: Mapped[bool] = mapped_column(default=False)
    has_hearing_loop: Mapped[bool] = mapped_column(default=False)
    has_captions: Mapped[bool] = mapped_column(default=False)
    url: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class ForumSlot(Model):
    """An hour of a forum: sessions side by side, or all together (`plenary`).

    `starts_after` is in minutes after the meeting begins, so that the hours follow it wherever it is moved; `minutes`
    is how long it lasts.
    """

    __tablename__ = "forum_slots"
    public = True
    __table_args__ = (
        CheckConstraint("kind IN ('session', 'plenary')", name="kind"),
        CheckConstraint("minutes > 0", name="minutes"),
        UniqueConstraint("forum_id", "starts_after"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forums.id"))
    starts_after: Mapped[int]
    minutes: Mapped[int]
    kind: Mapped[str] = mapped_column(default=SESSION)
    title: Mapped[str] = mapped_column(default="")

    @property
    def ends_after(self) -> int:
        return self.starts_after + self.minutes

    def starts_at(self, event: Event) -> datetime:
        """Return when it begins, as the meeting stands now."""
        return event.starts_at + timedelta(minutes=self.starts_after)

    def ends_at(self, event: Event) -> datetime:
        return event.starts_at + timedelta(minutes=self.ends_after)
