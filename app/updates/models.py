from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models.people import User
from app.comments.models import Thread
from app.core import clock
from app.core.db import Model
from app.core.moderable import Moderable


class Update(Moderable, Model):
    LOCK_WITH = ("thread",)
    __tablename__ = "updates"
    public = True
    __table_args__ = (
        Index("ix_updates_recent", "published_at", "id"),
        Index("ix_updates_community_recent", "community_id", "published_at", "id"),
        Index("ix_updates_author", "author_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), unique=True)
    title: Mapped[str]
    body: Mapped[str]
    body_html: Mapped[str]
    renderer: Mapped[int]
    excerpt: Mapped[str]
    lang: Mapped[str] = mapped_column(default="fr")
    published_at: Mapped[datetime] = mapped_column(default=clock.now)
    edited_at: Mapped[datetime | None]
    comments_count: Mapped[int] = mapped_column(default=0)
    is_private: Mapped[bool] = mapped_column(default=False)
    author: Mapped[User] = relationship(lazy="raise", foreign_keys=[author_id])
    thread: Mapped[Thread] = relationship(lazy="raise")

    @property
    def is_public(self) -> bool:
        return not self.is_hidden and not self.is_deleted
