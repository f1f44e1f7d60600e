"""What ties an action to the ideas that it came from, and an update to the ideas and actions that it concerns."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models.people import User
from app.core import clock
from app.core.db import Model, partial_index
from app.ideas.models import Idea
from app.plan.models.structure import Action

ANSWERS = ("accepted", "declined")
OPEN = "ended_at IS NULL AND (answer IS NULL OR answer = 'accepted')"
WAITING = "answer IS NULL AND ended_at IS NULL"


@dataclass(frozen=True)
class LinkPair:
    """An idea and an action that may be linked."""

    idea: Idea
    action: Action


class Link(Model):
    """An idea feeds an action (a need: the action answers it): who proposed it and why, who answered and why.

    It is waiting until `answer`, in force once that is "accepted" and until `ended_at`.
    """

    REREAD_WITH = LOCK_WITH = ("action", "idea")
    __tablename__ = "links"
    public = True
    __table_args__ = (
        CheckConstraint("answer IN ('accepted', 'declined')", name="answer"),
        partial_index("uq_links_standing", OPEN, "action_id", "idea_id", unique=True),
        partial_index("ix_links_waiting", WAITING, "proposed_at", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"), index=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    proposed_by: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    proposed_at: Mapped[datetime] = mapped_column(default=clock.now)
    answer: Mapped[str | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None]
    answer_reason: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_reason: Mapped[str] = mapped_column(default="")
    action: Mapped[Action] = relationship(lazy="raise")
    idea: Mapped[Idea] = relationship(lazy="raise")
    proposer: Mapped[User] = relationship(lazy="raise", foreign_keys=[proposed_by])
    answerer: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[answered_by])
    ender: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[ended_by])

    @property
    def is_waiting(self) -> bool:
        return self.answer is None and self.ended_at is None

    @property
    def is_in_force(self) -> bool:
        return self.answer == "accepted" and self.ended_at is None


class UpdateLink(Model):
    """An update concerns an idea or an action."""

    __tablename__ = "update_links"
    public = True
    __table_args__ = (
        CheckConstraint("(idea_id IS NULL) <> (action_id IS NULL)", name="one_subject"),
        UniqueConstraint("update_id", "idea_id"),
        UniqueConstraint("update_id", "action_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    update_id: Mapped[int] = mapped_column(ForeignKey("updates.id"))
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
