from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Model, partial_index
from app.ideas.models import Idea


class Handover(Model):
    """One community offers an idea to another, which accepts or returns it; it stays where it is meanwhile."""

    __tablename__ = "handovers"
    public = True
    __table_args__ = (
        CheckConstraint("state IN ('open', 'accepted', 'returned', 'cancelled')", name="state"),
        partial_index("ix_handovers_open", "state = 'open'", "at", "id"),
        Index(
            "uq_handovers_open_idea",
            "idea_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    from_id: Mapped[int | None] = mapped_column(ForeignKey("communities.id"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), index=True)
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    state: Mapped[str] = mapped_column(default="open")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answer: Mapped[str] = mapped_column(default="")


class MoveRequest(Model):
    """An author asks that another community lead their idea; the team that leads it grants or refuses it.

    `closed`: its author took it back, or the idea was moved meanwhile. `answer` is what the team said.
    """

    __tablename__ = "move_requests"
    public = True
    __table_args__ = (
        CheckConstraint("state IN ('open', 'granted', 'refused', 'closed')", name="state"),
        partial_index("ix_move_requests_open", "state = 'open'", "at", "id"),
        Index(
            "uq_move_requests_open_idea",
            "idea_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    state: Mapped[str] = mapped_column(default="open")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answer: Mapped[str] = mapped_column(default="")

    def close(self, state: str, by: int | None, answer: str = "") -> None:
        self.state, self.answer, self.decided_at, self.decided_by = state, answer, clock.now(), by


@dataclass(frozen=True)
class Offer:
    """A hand-over, with the idea that one community offers to another."""

    handover: Handover
    idea: Idea

    @property
    def id(self) -> int:
        return self.handover.id
