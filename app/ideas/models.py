from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import ImportedAuthor, User
from app.comments.models import Thread
from app.core import clock
from app.core.db import Model
from app.core.moderable import Moderable

KINDS = ("aspiration", "need", "idea", "project")
PUBLIC = (
    "published", "under_review", "retained", "planned", "underway", "achieved", "declined", "archived", "withdrawn")
STATUSES = ("draft", "pending", *PUBLIC)
OPEN = ("published", "under_review", "retained", "planned", "underway", "achieved", "declined")
NEXT = {
    "published": ("under_review", "retained", "declined", "archived"),
    "under_review": ("published", "retained", "declined", "archived"),
    "retained": ("under_review", "planned", "declined", "archived"),
    "planned": ("retained", "underway", "declined", "archived"),
    "underway": ("planned", "achieved", "declined", "archived"),
    "achieved": ("underway", "archived"),
    "declined": ("under_review", "archived"),
    "archived": ("published", "under_review"),
    "withdrawn": (),
}


class Idea(Moderable, Model):
    """One contribution of any kind; its lead community may be null on an imported one."""

    __tablename__ = "ideas"
    __table_args__ = (
        CheckConstraint("(author_id IS NULL) <> (imported_author_id IS NULL)", name="one_author"),
        CheckConstraint("kind IN ('aspiration', 'need', 'idea', 'project')", name="kind"),
        UniqueConstraint("source", "source_id"),
        Index("ix_ideas_recent", "published_at", "id"),
        Index("ix_ideas_supported", "votes_count", "id"),
        Index("ix_ideas_discussed", "comments_count", "id"),
        Index("ix_ideas_community_recent", "community_id", "published_at", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(default="idea")
    status: Mapped[str] = mapped_column(default="draft")
    title: Mapped[str] = mapped_column(default="")
    slug: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    body_html: Mapped[str] = mapped_column(default="")
    renderer: Mapped[int] = mapped_column(default=0)
    excerpt: Mapped[str] = mapped_column(default="")
    search_text: Mapped[str] = mapped_column(default="", deferred=True)
    lang: Mapped[str] = mapped_column(default="fr")
    community_id: Mapped[int | None] = mapped_column(ForeignKey("communities.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    imported_author_id: Mapped[int | None] = mapped_column(ForeignKey("imported_authors.id"))
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    saved_at: Mapped[datetime] = mapped_column(default=clock.now)
    published_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    status_at: Mapped[datetime | None] = mapped_column(index=True)
    votes_count: Mapped[int] = mapped_column(default=0)
    comments_count: Mapped[int] = mapped_column(default=0)
    revisions_count: Mapped[int] = mapped_column(default=0)
    source: Mapped[str | None]
    source_id: Mapped[str | None]
    source_figures: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    author: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[author_id])
    imported_author: Mapped[ImportedAuthor | None] = relationship(lazy="raise")
    thread: Mapped[Thread] = relationship(lazy="raise")

    @property
    def is_draft(self) -> bool:
        return self.status == "draft"

    @property
    def is_public(self) -> bool:
        """A public status, and neither hidden nor deleted."""
        return self.status in PUBLIC and not self.is_hidden and not self.is_deleted

    @property
    def is_open(self) -> bool:
        """Open to comments and support: public, and not out of the way."""
        return self.is_public and self.status in OPEN


class IdeaCommunity(Model):
    """Another community an idea concerns, beside its lead."""

    __tablename__ = "idea_communities"
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True, index=True)


class IdeaIssue(Model):
    __tablename__ = "idea_issues"
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"), primary_key=True, index=True)


class IdeaTerritory(Model):
    __tablename__ = "idea_territories"
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), primary_key=True)
    territory_id: Mapped[int] = mapped_column(ForeignKey("territories.id"), primary_key=True, index=True)


class IdeaTag(Model):
    __tablename__ = "idea_tags"
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"), primary_key=True, index=True)


class Revision(Model):
    """One published text of an idea, kept for ever; `number` begins at 1."""

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("idea_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"))
    number: Mapped[int]
    title: Mapped[str]
    body: Mapped[str]
    body_html: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class StatusChange(Model):
    """A step on the road: who, when, and the reason the public reads."""

    __tablename__ = "status_changes"
    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    status: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    reason: Mapped[str] = mapped_column(default="")
    by: Mapped[User | None] = relationship(lazy="raise")
