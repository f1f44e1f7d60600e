from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Model
from app.ideas.models import Idea


class Merge(Model):
    """One idea was joined to another that says the same; it can be parted again, and everything is as before."""

    __tablename__ = "merges"
    public = True
    __table_args__ = (
        Index(
            "uq_merges_idea_now",
            "idea_id",
            unique=True,
            sqlite_where=text("parted_at IS NULL"),
            postgresql_where=text("parted_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"))
    into_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    parted_at: Mapped[datetime | None]
    parted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


@dataclass(frozen=True)
class IdeaPair:
    """Two ideas that a team brings together: `idea` is joined to `other`, or stands beside it."""

    idea: Idea
    other: Idea
