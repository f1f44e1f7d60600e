"""A meeting, where it is filed, and what its page lists."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models.people import User
from app.comments.models import Thread
from app.core import clock
from app.core.db import Model, partial_index
from app.core.moderable import Moderable
from app.events.models.contents import EventMove

MODES = ("in_person", "online", "hybrid")
DRAFT, PUBLISHED, CLOSED, CANCELLED = STATUSES = ("draft", "published", "closed", "cancelled")
IN_SIGHT = "status <> 'draft' AND hidden_at IS NULL AND deleted_at IS NULL"
FEATURES = (
    "step_free",
    "hearing_loop",
    "sign_language",
    "captions",
    "interpreters",
    "childcare",
    "meal",
    "quiet_room",
)


class Event(Moderable, Model):
    """A meeting in the calendar; `community_id` leads it (None: the region), `territory_id` is where it is held.

    `question` is that of a Forum ouvert ("": it is none). `rehearses_id` is the meeting that this one rehearses (None:
    it is held in earnest): a draft that is never published, and has no page but those of its forum; its `created_at`
    is when it was last begun.
    `other_ids` are the other communities that it concerns, as `event_communities` has them: their teams run it too.
    `taken_…` and `waiting_…` count people and are moved under the lock of this row, as `last_rank`, the order of
    arrival. `changed_at` and `sequence` follow each change of time, place or state, for calendars. Registration opens
    at `opens_at` (None: at once); a meeting already held never took any. `reminder` is so many days before (None: no
    reminder). `came_…` are None until somebody says how many came; `origins` says from where they did, in the numbers
    that may be shown, once their registrations do not say it any more. `moves` tell the dates that it had, the last
    first.
    """

    LOCK_WITH = ("thread",)
    __tablename__ = "events"
    public = True
    __table_args__ = (
        CheckConstraint("mode IN ('in_person', 'online', 'hybrid')", name="mode"),
        CheckConstraint("status IN ('draft', 'published', 'closed', 'cancelled')", name="status"),
        CheckConstraint("mode = 'online' OR territory_id IS NOT NULL", name="territory"),
        CheckConstraint("ends_at > starts_at", name="times"),
        CheckConstraint("reminder BETWEEN 0 AND 7", name="reminder"),
        CheckConstraint("capacity_in_person > 0 AND capacity_online > 0", name="capacity"),
        partial_index("ix_events_recent", IN_SIGHT, "starts_at", "id"),
        partial_index("ix_events_community_recent", IN_SIGHT, "community_id", "starts_at", "id"),
        partial_index("ix_events_territory_recent", IN_SIGHT, "territory_id", "starts_at", "id"),
        partial_index("ix_events_drafts", "status = 'draft'", "created_at", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int | None] = mapped_column(ForeignKey("communities.id"))
    rehearses_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), unique=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), unique=True)
    other_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    is_private: Mapped[bool] = mapped_column(default=False)
    lang: Mapped[str] = mapped_column(default="fr")
    title: Mapped[str]
    lead: Mapped[str] = mapped_column(default="")
    question: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    body_html: Mapped[str] = mapped_column(default="")
    renderer: Mapped[int] = mapped_column(default=0)
    excerpt: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    mode: Mapped[str] = mapped_column(default="in_person")
    place: Mapped[str] = mapped_column(default="")
    territory_id: Mapped[int | None] = mapped_column(ForeignKey("territories.id"))
    directions: Mapped[str] = mapped_column(default="")
    room_url: Mapped[str] = mapped_column(default="")
    languages: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default=DRAFT)
    published_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    cancelled_reason: Mapped[str] = mapped_column(default="")
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    opens_at: Mapped[datetime | None]
    capacity_in_person: Mapped[int | None]
    capacity_online: Mapped[int | None]
    taken_in_person: Mapped[int] = mapped_column(default=0)
    taken_online: Mapped[int] = mapped_column(default=0)
    waiting_in_person: Mapped[int] = mapped_column(default=0)
    waiting_online: Mapped[int] = mapped_column(default=0)
    last_rank: Mapped[int] = mapped_column(default=0)
    takes_registrations: Mapped[bool] = mapped_column(default=True)
    reminder: Mapped[int | None] = mapped_column(default=1)
    asks_meal: Mapped[bool] = mapped_column(default=False)
    asks_territory: Mapped[bool] = mapped_column(default=False)
    came_in_person: Mapped[int | None]
    came_online: Mapped[int | None]
    origins: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    comments_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    edited_at: Mapped[datetime | None]
    author: Mapped[User] = relationship(lazy="raise", foreign_keys=[author_id])
    thread: Mapped[Thread] = relationship(lazy="raise")
    moves: Mapped[list[EventMove]] = relationship(lazy="raise", viewonly=True, order_by=EventMove.id.desc())

    @property
    def is_draft(self) -> bool:
        return self.status == DRAFT

    @property
    def is_rehearsal(self) -> bool:
        return self.rehearses_id is not None

    @property
    def is_cancelled(self) -> bool:
        return self.status == CANCELLED

    @property
    def is_closed(self) -> bool:
        return self.status == CLOSED

    @property
    def is_published(self) -> bool:
        """Published once, whatever came of it, and neither hidden nor deleted: it can be read."""
        return not self.is_draft and not self.is_hidden and not self.is_deleted

    @property
    def is_past(self) -> bool:
        return self.ends_at <= clock.now()

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= clock.now()

    @property
    def is_under_way(self) -> bool:
        return self.has_begun and not self.is_past

    @property
    def is_announced(self) -> bool:
        """It was published and is not over: people count on it, or on hearing that it is not held, or hidden."""
        return not self.is_draft and not self.is_deleted and not self.is_past

    @property
    def is_in_person(self) -> bool:
        """People may come to it in person."""
        return self.mode != "online"

    @property
    def is_online(self) -> bool:
        """People may join it from elsewhere."""
        return self.mode != "in_person"

    @property
    def people_count(self) -> int:
        """Return how many people have a place or wait for one."""
        return self.taken_in_person + self.taken_online + self.waiting_in_person + self.waiting_online


class EventCommunity(Model):
    """Another community that a meeting concerns, beside the one that leads it."""

    __tablename__ = "event_communities"
    public = True
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True, index=True)


class EventIssue(Model):
    __tablename__ = "event_issues"
    public = True
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"), primary_key=True, index=True)


class EventTag(Model):
    __tablename__ = "event_tags"
    public = True
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"), primary_key=True, index=True)


class EventTerritory(Model):
    """Another place that a meeting is about, beside the one where it is held."""

    __tablename__ = "event_territories"
    public = True
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    territory_id: Mapped[int] = mapped_column(ForeignKey("territories.id"), primary_key=True, index=True)


class EventOrganisation(Model):
    """An organisation that holds a meeting."""

    __tablename__ = "event_organisations"
    public = True
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True, index=True)


class EventFeature(Model):
    """One thing that makes a meeting open to somebody, as a fact (see `FEATURES`), and a few words about it."""

    __tablename__ = "event_features"
    public = True
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    feature: Mapped[str] = mapped_column(primary_key=True, index=True)
    note: Mapped[str] = mapped_column(default="")
