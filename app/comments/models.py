from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models.people import ImportedAuthor, User
from app.core import clock
from app.core.db import Model, partial_index
from app.core.moderable import Moderable

ROOT = "root_id IS NULL"
PENDING = "status = 'pending' AND hidden_at IS NULL AND deleted_at IS NULL"
INTENTS = ("appreciate", "wonder", "suggest", "offer")


class Thread(Model):
    """Where people talk about a subject; the subject owns it and keeps its title, community and visibility in step.

    `slow_minutes` is how long each person waits between two comments (0: no slow mode), for `slow_reason`.
    `unread_id` is the newest comment when somebody but the team last spoke, until the team marked the thread as read:
    what the team has not read comes no later.
    """

    __tablename__ = "threads"
    public = True
    __table_args__ = (partial_index("ix_threads_unread", "unread_id IS NOT NULL", "community_id", "unread_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title: Mapped[str]
    community_id: Mapped[int | None] = mapped_column(ForeignKey("communities.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    is_public: Mapped[bool] = mapped_column(default=False)
    is_open: Mapped[bool] = mapped_column(default=False)
    is_private: Mapped[bool] = mapped_column(default=False)
    slow_minutes: Mapped[int] = mapped_column(default=0)
    slow_reason: Mapped[str | None]
    locked_at: Mapped[datetime | None]
    locked_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    locked_reason: Mapped[str | None]
    comments_count: Mapped[int] = mapped_column(default=0)
    unread_id: Mapped[int | None]

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None


class Comment(Moderable, Model):
    """One message; `root_id` is null on a root, `depth` is 0 there.

    `status` is published or pending; `suspect` says (by codes, with spaces) why it waits. `source_parent_id` names what
    it answered in its source, where that did not come with it.
    """

    REREAD_WITH = LOCK_WITH = ("thread",)
    __tablename__ = "comments"
    public = True
    __table_args__ = (
        CheckConstraint("(author_id IS NULL) <> (imported_author_id IS NULL)", name="one_author"),
        UniqueConstraint("source", "source_id"),
        Index("ix_comments_thread", "thread_id", "id"),
        Index("ix_comments_branch", "root_id", "id"),
        Index("ix_comments_author", "author_id", "id"),
        partial_index("ix_comments_pending", PENDING, "created_at", "id"),
        partial_index("ix_comments_oldest", ROOT, "thread_id", "created_at", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"))
    root_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"), index=True)
    depth: Mapped[int] = mapped_column(default=0)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    imported_author_id: Mapped[int | None] = mapped_column(ForeignKey("imported_authors.id"))
    status: Mapped[str] = mapped_column(default="published")
    suspect: Mapped[str] = mapped_column(default="")
    intent: Mapped[str | None]
    body: Mapped[str]
    body_html: Mapped[str]
    renderer: Mapped[int]
    lang: Mapped[str] = mapped_column(default="fr")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    edited_at: Mapped[datetime | None]
    useful_count: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    source: Mapped[str | None]
    source_id: Mapped[str | None]
    source_parent_id: Mapped[str | None]
    source_stance: Mapped[str | None]
    source_votes: Mapped[int | None]
    author: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[author_id])
    imported_author: Mapped[ImportedAuthor | None] = relationship(lazy="raise")
    thread: Mapped[Thread] = relationship(lazy="raise")

    @property
    def version(self) -> str:
        """Name these words: it changes when their author writes others."""
        return f"{self.edited_at or self.created_at:%Y%m%d%H%M%S%f}"

    @property
    def is_visible(self) -> bool:
        return self.status == "published" and not self.is_hidden and not self.is_deleted


partial_index("ix_comments_useful", ROOT, Comment.thread_id, Comment.useful_count.desc(), Comment.id)


class Useful(Model):
    __tablename__ = "useful"
    public = True
    __table_args__ = (UniqueConstraint("user_id", "comment_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
