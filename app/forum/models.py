"""The tables of a Forum ouvert: where it stands, its rooms and its hours, what people pitch."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, synonym

from app.accounts.models.people import User
from app.core import clock
from app.core.db import Model, partial_index
from app.core.moderable import Moderable
from app.events.models.meetings import Event
from app.ideas.models import Idea

BEFORE, MARKETPLACE, SESSIONS, CONVERGENCE, CLOSED = PHASES = (
    "before",
    "marketplace",
    "sessions",
    "convergence",
    "closed",
)
SESSION, PLENARY = SLOT_KINDS = ("session", "plenary")
WAITING, OPEN, WITHDRAWN = TOPIC_STATES = ("waiting", "open", "withdrawn")
AWAITS = "state = 'waiting' AND hidden_at IS NULL AND deleted_at IS NULL"


class Forum(Model):
    """A meeting that is held for a question (`event.question`); its number is that of the meeting.

    `phase` is where the people are: it is moved by a press, never by the clock. `announcement` is a line that stands on
    the pages that are read while it runs ("": none).
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
    announcement: Mapped[str] = mapped_column(default="")
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
    is_noisy: Mapped[bool] = mapped_column(default=False)
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

    def is_on(self, event: Event, moment: datetime) -> bool:
        """Tell whether a moment is within it."""
        return self.starts_at(event) <= moment < self.ends_at(event)


class ForumTopic(Moderable, Model):
    """What somebody pitches (*sujet*); once it has a room and an hour it is a *séance*.

    Its host is a member (`author_id`), or a guest or somebody for whom the team wrote (`host_name`, "" once it is
    erased); `registration_id` is the place that whoever pitched it has at the meeting (no key: no row of a public
    table hangs on a private one, and what deletes a place clears it). It waits for the team, is open,
    or was withdrawn; `joined_id` is the topic that it was joined to, `again_of_id` the one that it is held again for,
    `idea_id` the idea that it comes from. Who is interested is in `forum_interests`, who is there in `forum_goings`:
    `interest_count` and `going_count` are what was last counted; `hands` are those raised in the room, as the team
    typed them. `sent_as` names the form that pitched it, so that it makes one topic however often it is sent.
    """

    NOUN = "topic"
    LOCK_WITH = REREAD_WITH = ("forum",)
    __tablename__ = "forum_topics"
    public = True
    __table_args__ = (
        CheckConstraint("author_id IS NULL OR host_name = ''", name="one_host"),
        CheckConstraint("state IN ('waiting', 'open', 'withdrawn')", name="state"),
        CheckConstraint("(slot_id IS NULL) = (room_id IS NULL)", name="cell"),
        CheckConstraint("hands >= 0 AND interest_count >= 0 AND going_count >= 0", name="counts"),
        UniqueConstraint("slot_id", "room_id"),
        UniqueConstraint("forum_id", "sent_as"),
        partial_index("ix_forum_topics_waiting", AWAITS, "created_at", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forums.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    registration_id: Mapped[int | None] = mapped_column(index=True)
    host_name: Mapped[str] = mapped_column(default="")
    lang: Mapped[str] = mapped_column(default="fr")
    title: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), index=True)
    wants_step_free: Mapped[bool] = mapped_column(default=False)
    wants_online: Mapped[bool] = mapped_column(default=False)
    wants_quiet: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(default=OPEN)
    hands: Mapped[int] = mapped_column(default=0)
    interest_count: Mapped[int] = mapped_column(default=0)
    going_count: Mapped[int] = mapped_column(default=0)
    joined_id: Mapped[int | None] = mapped_column(ForeignKey("forum_topics.id"), index=True)
    again_of_id: Mapped[int | None] = mapped_column(ForeignKey("forum_topics.id"), index=True)
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("forum_slots.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("forum_rooms.id"), index=True)
    placed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    placed_at: Mapped[datetime | None]
    sent_as: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    edited_at: Mapped[datetime | None]
    forum: Mapped[Forum] = relationship(lazy="raise")
    author: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[author_id])
    idea: Mapped[Idea | None] = relationship(lazy="raise")

    @property
    def is_waiting(self) -> bool:
        return self.state == WAITING

    @property
    def is_withdrawn(self) -> bool:
        return self.state == WITHDRAWN

    @property
    def is_joined(self) -> bool:
        return self.joined_id is not None

    @property
    def is_placed(self) -> bool:
        """It has a room and an hour."""
        return self.slot_id is not None

    @property
    def is_in_sight(self) -> bool:
        """Shown to whoever reads its forum: it waits for nobody, and was neither hidden nor deleted."""
        return not (self.is_waiting or self.is_hidden or self.is_deleted)

    @property
    def is_on_the_wall(self) -> bool:
        """In sight, and a topic of its own: neither withdrawn nor joined to another."""
        return self.is_in_sight and not self.is_withdrawn and not self.is_joined

    @property
    def people_count(self) -> int:
        """Count who is interested: presses and raised hands."""
        return self.interest_count + self.hands

    def take_cell(self, slot_id: int, room_id: int, *, by: int) -> None:
        """Have a room and an hour, or others, from a member of the team."""
        self.slot_id, self.room_id, self.placed_by, self.placed_at = slot_id, room_id, by, clock.now()

    def leave_cell(self) -> None:
        """Free its room and its hour: nobody is there any more."""
        self.going_count = 0
        self.slot_id = self.room_id = self.placed_by = self.placed_at = None


class ForumTopicHost(Model):
    """Somebody who offers to hold a topic with its host; they do once the host accepted (`accepted_at`), and are named.

    They are a member (`user_id`), or a guest (`name`, "" once it is erased).
    """

    __tablename__ = "forum_topic_hosts"
    public = True
    topic_id: Mapped[int] = mapped_column(ForeignKey("forum_topics.id"), primary_key=True)
    registration_id: Mapped[int] = mapped_column(primary_key=True, index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    accepted_at: Mapped[datetime | None]
    user: Mapped[User | None] = relationship(lazy="raise")


class ForumInterest(Model):
    """A participant is interested in a topic: nobody else is shown it, only how many are."""

    __tablename__ = "forum_interests"
    private_because = "who is interested is shown to nobody but themselves"
    registration_id: Mapped[int] = mapped_column(ForeignKey("event_registrations.id"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("forum_topics.id"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class ForumGoing(Model):
    """Where a participant said that they are at an hour: at a topic, or taking a pause (None). They alone see it."""

    __tablename__ = "forum_goings"
    private_because = "where somebody is, is shown to nobody but themselves"
    registration_id: Mapped[int] = mapped_column(ForeignKey("event_registrations.id"), primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("forum_slots.id"), primary_key=True, index=True)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("forum_topics.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class ForumFold(Model):
    """When the presses about the topics of a forum were last counted into their public numbers."""

    __tablename__ = "forum_folds"
    private_because = "it says when counting is due again"
    forum_id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
