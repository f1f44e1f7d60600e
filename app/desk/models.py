from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models.people import User
from app.core import clock
from app.core.db import Model


class SavedReply(Model):
    """Words that a team uses often, to begin a reason or an answer with."""

    __tablename__ = "saved_replies"
    private_because = "shown to the team that writes them"
    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), index=True)
    title: Mapped[str]
    body: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)


class Assignment(Model):
    """An idea, or a case of reports, is in the hands of one member of the team."""

    __tablename__ = "assignments"
    private_because = "shown to the team that has the thing in hand"
    __table_args__ = (CheckConstraint("(idea_id IS NULL) <> (case_id IS NULL)", name="one_subject"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), unique=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    user: Mapped[User] = relationship(lazy="raise", foreign_keys=[user_id])


class Note(Model):
    """What the team writes to itself about an idea; whoever moderates the idea reads it, and nobody else."""

    __tablename__ = "notes"
    private_because = "shown to the team that writes them"
    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    body: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by: Mapped[User] = relationship(lazy="raise", foreign_keys=[by_id])


class ThreadReadMark(Model):
    """How far a team has read one thread, beyond what it has read of its whole community."""

    __tablename__ = "thread_read_marks"
    private_because = "shown to the team that reads"
    is_trace = True
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), primary_key=True)
    comment_id: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)


class ReadMark(Model):
    """How far the team of a community has read its comments: up to this one."""

    __tablename__ = "read_marks"
    private_because = "shown to the team that reads"
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True)
    comment_id: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
