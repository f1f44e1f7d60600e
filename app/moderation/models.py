from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Model

KINDS = ("hide", "restore", "lock", "unlock")


class Measure(Model):
    """Who did what to which content, when and why; never changed once written."""

    __tablename__ = "measures"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN idea_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN comment_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN update_id IS NULL THEN 0 ELSE 1 END) = 1", name="one_subject"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    community_id: Mapped[int | None] = mapped_column(ForeignKey("communities.id"), index=True)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"), index=True)
    update_id: Mapped[int | None] = mapped_column(ForeignKey("updates.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
