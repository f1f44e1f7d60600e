from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Model, index_of

# Of something that was said: told for as long as the reader may read it where it was said.
TALK = ("comment.post", "comment.reply", "comment.used")


class Notice(Model):
    """Something a person is told once (`key`): a kind, what it is about, and facts such as a reason.

    It keeps no title nor excerpt of anybody's content: what is shown is read again, with the reader's rights of then.
    One that took the place of another keeps the moment of its mail (`mailed_at`, before `at`) until it has its own.
    """

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_user_recent", "user_id", "id"),
        index_of("ix_notices_unread", "read_at IS NULL", "user_id", "id"),
        index_of("ix_notices_to_mail", "mailed_at IS NULL OR mailed_at < at", "at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str]
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    update_id: Mapped[int | None] = mapped_column(ForeignKey("updates.id"))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    read_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]
