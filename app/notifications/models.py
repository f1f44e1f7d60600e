"""What people are told, at what pace, in which summary; what each follows, and what is to be told to followers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Model, partial_index

PACES = ("now", "daily", "weekly", "site", "never")
"""When a mail comes: at once, in a summary, not at all (`site`); `never` is not even a notice."""
SILENT = ("site", "never")
"""The paces at which no mail comes."""
SUMMARIES = ("daily", "weekly")
FOLLOWED = ("thread", "community", "tag", "issue", "territory")
"""What can be followed; a thread is that of an idea, of an update or of an action of the plan."""
LEVELS = ("all", "steps", "none")
"""How much of a thread is told: what is said and decided, what is decided alone, nothing at all."""
FRIDAY = 4
COMMENTED, SUPPORTED = "all", "steps"
"""The levels at which one follows what one comments on and supports, before one chooses."""


class Notice(Model):
    """Something a person is told once (`key`): a kind, what it is about, and facts such as a reason.

    It keeps no title nor excerpt of anybody's content: what is shown is read again, with the reader's rights of then.
    What happened to an action of the plan names the idea by which its reader hears of it, if it is by one.
    Its `topic` is that of its kind, its `pace` what the person chose for that. One that took the place of another keeps
    the moment of its mail (`mailed_at`, before `at`) until it has its own.
    """

    __tablename__ = "notices"
    private_because = "shown to the person who is told"
    __table_args__ = (
        Index("ix_notices_user_recent", "user_id", "id"),
        partial_index("ix_notices_unread", "read_at IS NULL", "user_id", "id"),
        partial_index("ix_notices_to_mail", "pace = 'now' AND (mailed_at IS NULL OR mailed_at < at)", "at"),
        partial_index(
            "ix_notices_to_sum_up",
            "pace IN ('daily', 'weekly') AND mailed_at IS NULL AND read_at IS NULL",
            "pace",
            "user_id",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str]
    topic: Mapped[str]
    pace: Mapped[str]
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    update_id: Mapped[int | None] = mapped_column(ForeignKey("updates.id"))
    action_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"))
    bulletin_id: Mapped[int | None] = mapped_column(ForeignKey("bulletins.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    read_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]


class NoticePace(Model):
    """The pace that a person chose for a topic, in the place of the usual one."""

    __tablename__ = "notice_paces"
    private_because = "shown to the person who chose"
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    pace: Mapped[str]


class NoticeSettings(Model):
    """What else a person chose: the day of the weekly summary (0 is Monday), a pause, what one follows by acting.

    Nothing is mailed before `paused_until`. `commented` and `supported` are the levels (see `LEVELS`) at which one
    follows what one comments on, and what one supports.
    """

    __tablename__ = "notice_settings"
    private_because = "shown to the person who chose"
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    weekday: Mapped[int] = mapped_column(default=FRIDAY)
    paused_until: Mapped[datetime | None]
    commented: Mapped[str] = mapped_column(default=COMMENTED)
    supported: Mapped[str] = mapped_column(default=SUPPORTED)


class Summary(Model):
    """The summary of a person for a period, named by its pace and its day: it is written once, by one worker."""

    __tablename__ = "summaries"
    private_because = "the worker reads which ones were sent"
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    pace: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)


class Follow(Model):
    """What a person chose about a thing (`kind`, see `FOLLOWED`): it stands over what they follow by what they do."""

    __tablename__ = "follows"
    private_because = "shown to the person who follows"
    __table_args__ = (
        CheckConstraint("level IN ('all', 'steps', 'none')", name="level"),
        Index("ix_follows_target", "kind", "target_id", "user_id"),
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    level: Mapped[str] = mapped_column(default="all")
    at: Mapped[datetime] = mapped_column(default=clock.now)


class Fact(Model):
    """Something that happened, to be told to whoever follows it: by the worker, up to the person `told_to`."""

    __tablename__ = "facts"
    private_because = "the worker reads it to tell followers"
    __table_args__ = (partial_index("ix_facts_to_tell", "told_at IS NULL", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    update_id: Mapped[int | None] = mapped_column(ForeignKey("updates.id"))
    action_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"))
    bulletin_id: Mapped[int | None] = mapped_column(ForeignKey("bulletins.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    told_to: Mapped[int] = mapped_column(default=0)
    told_at: Mapped[datetime | None]


class ThreadVisit(Model):
    """How far a person has read a thread that they follow: the last comment there was in their last visit (`last_id`).

    It began `at`; what was said after `since_id` was new to them then.
    """

    __tablename__ = "thread_visits"
    private_because = "shown to the person who reads"
    is_trace = True
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), primary_key=True)
    since_id: Mapped[int]
    last_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=clock.now)
