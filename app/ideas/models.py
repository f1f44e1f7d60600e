from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models.people import ImportedAuthor, User
from app.comments.models import Thread
from app.core import clock
from app.core.db import Model, partial_index
from app.core.moderable import Moderable

KINDS = ("aspiration", "need", "idea", "project")
PUBLIC = (
    "published",
    "under_review",
    "retained",
    "planned",
    "underway",
    "achieved",
    "declined",
    "archived",
    "withdrawn",
)
DRAFT = "draft"
UNPUBLISHED = (DRAFT, "pending")
STATUSES = (*UNPUBLISHED, *PUBLIC)
OPEN = ("published", "under_review", "retained", "planned", "underway", "achieved", "declined")
CLOSED = ("declined", "archived", "withdrawn")
"""The public statuses in which a need waits for nothing more."""
IN_PLAN = ("planned", "underway", "achieved")
"""The statuses that derive from an action of the plan: no team sets them."""
LINKED = ("retained", *IN_PLAN)
"""The statuses in which an idea may be linked to an action of the plan."""
LIVING = "published_at IS NULL AND dropped_at IS NULL"
ASKED = f"asked_at IS NOT NULL AND reviewed_at IS NULL AND {LIVING}"


class Idea(Moderable, Model):
    """One contribution of any kind; its lead community may be null on an imported one.

    `spot`: where it is, in a few words. `is_private` follows the lead community; `suspect` says (by codes, with
    spaces) why a pending one waits. `answered_at`: when the community last answered and left it at the step where it
    is. `action_id`: the action of the plan from which its status derives; None where a team set it. `is_tied`: an
    action of the plan answers it (`plan/ties.py` sees to it).
    """

    LOCK_WITH = ("thread",)
    __tablename__ = "ideas"
    public = True
    __table_args__ = (
        CheckConstraint("(author_id IS NULL) <> (imported_author_id IS NULL)", name="one_author"),
        CheckConstraint("kind IN ('aspiration', 'need', 'idea', 'project')", name="kind"),
        UniqueConstraint("source", "source_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(default="idea")
    status: Mapped[str] = mapped_column(default="draft")
    title: Mapped[str] = mapped_column(default="")
    slug: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    body_html: Mapped[str] = mapped_column(default="")
    spot: Mapped[str] = mapped_column(default="")
    renderer: Mapped[int] = mapped_column(default=0)
    excerpt: Mapped[str] = mapped_column(default="")
    search_text: Mapped[str] = mapped_column(default="", deferred=True)
    lang: Mapped[str] = mapped_column(default="fr")
    community_id: Mapped[int | None] = mapped_column(ForeignKey("communities.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    imported_author_id: Mapped[int | None] = mapped_column(ForeignKey("imported_authors.id"))
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    saved_at: Mapped[datetime] = mapped_column(default=clock.now)
    published_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    status_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    votes_count: Mapped[int] = mapped_column(default=0)
    comments_count: Mapped[int] = mapped_column(default=0)
    revisions_count: Mapped[int] = mapped_column(default=0)
    is_private: Mapped[bool] = mapped_column(default=False)
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"))
    action_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"))
    is_tied: Mapped[bool] = mapped_column(default=False)
    suspect: Mapped[str] = mapped_column(default="")
    source: Mapped[str | None]
    source_id: Mapped[str | None]
    source_figures: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    author: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[author_id])
    imported_author: Mapped[ImportedAuthor | None] = relationship(lazy="raise")
    thread: Mapped[Thread] = relationship(lazy="raise")

    @property
    def version(self) -> str:
        """Name these words: it changes when their author writes others, and when the team refuses them.

        Those of a draft, which saves itself as it is typed, have one name.
        """
        return DRAFT if self.is_draft else f"{self.saved_at:%Y%m%d%H%M%S%f}{self.refusal}"

    @property
    def is_draft(self) -> bool:
        return self.status == DRAFT

    @property
    def is_merged(self) -> bool:
        return self.merged_into is not None

    @property
    def is_set_by_hand(self) -> bool:
        """At a step of the plan that a team once set, without an action of the plan."""
        return self.status in IN_PLAN and self.action_id is None

    @property
    def is_published(self) -> bool:
        """A public status, and neither hidden nor deleted: it can be read, also when it was merged into another."""
        return self.status in PUBLIC and not self.is_hidden and not self.is_deleted

    @property
    def is_public(self) -> bool:
        """Published, and not merged: what lists and counts hold."""
        return self.is_published and not self.is_merged

    @property
    def is_open(self) -> bool:
        """Open to comments and support: public, and not out of the way."""
        return self.is_public and self.status in OPEN

    @property
    def is_gap(self) -> bool:
        """A need that everybody reads and that waits: no action of the plan answers it (`plan/queries/ties.py`)."""
        is_open_need = self.kind == "need" and self.status not in CLOSED
        return is_open_need and self.is_public and not self.is_private and not self.is_tied


class IdeaCommunity(Model):
    """Another community an idea concerns, beside its lead."""

    __tablename__ = "idea_communities"
    public = True
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True)


class IdeaIssue(Model):
    __tablename__ = "idea_issues"
    public = True
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"), primary_key=True)


class IdeaTerritory(Model):
    __tablename__ = "idea_territories"
    public = True
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), primary_key=True)
    territory_id: Mapped[int] = mapped_column(ForeignKey("territories.id"), primary_key=True)


class IdeaTag(Model):
    __tablename__ = "idea_tags"
    public = True
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"), primary_key=True)


class Revision(Model):
    """One published text of an idea, kept for ever; `number` begins at 1.

    `hidden_at`: the idea was hidden in these words, and appeared again in others.
    """

    __tablename__ = "revisions"
    public = True
    __table_args__ = (UniqueConstraint("idea_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"))
    number: Mapped[int]
    title: Mapped[str]
    body: Mapped[str]
    body_html: Mapped[str]
    spot: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    hidden_at: Mapped[datetime | None]


class StatusChange(Model):
    """A step of an idea: who, when, and the reason the public reads; `community_id` led the idea then.

    `stays`: the community answered and left the idea where it was. `action_id`: it derives from this action.
    """

    __tablename__ = "status_changes"
    public = True
    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    status: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    reason: Mapped[str] = mapped_column(default="")
    community_id: Mapped[int | None] = mapped_column(ForeignKey("communities.id"))
    stays: Mapped[bool] = mapped_column(default=False)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"), index=True)
    by: Mapped[User | None] = relationship(lazy="raise")

    @property
    def is_answer(self) -> bool:
        """A step that the team explained; publishing and withdrawing are its author's."""
        return bool(self.reason) and self.status != "withdrawn"


class Answer(Model):
    """What a community says of an idea, from its draft to its publication with a status and a public reason.

    One draft lives at a time, and the team shares it: `by_id` and `at` tell who wrote its present words.
    `asked_at`: a colleague was asked to read it; `reviewed_at`: the colleague agreed (or, with `remark`, not).
    """

    __tablename__ = "answers"
    public = True
    __table_args__ = (
        partial_index("uq_answers_living", LIVING, "idea_id", unique=True),
        partial_index("ix_answers_asked", ASKED, "asked_at", "id"),
    )
    REREAD_WITH = ("idea",)
    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    status: Mapped[str]
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    asked_at: Mapped[datetime | None]
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    remark: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    idea: Mapped[Idea] = relationship(lazy="raise")
    by: Mapped[User] = relationship(lazy="raise", foreign_keys=[by_id])
    reviewer: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[reviewed_by])

    @property
    def is_asked(self) -> bool:
        return self.asked_at is not None and self.reviewed_at is None

    @property
    def is_rewritten(self) -> bool:
        """Whoever read it wrote other words, and asks for somebody to agree to them."""
        return self.is_asked and self.reviewed_by == self.by_id

    @property
    def is_agreed(self) -> bool:
        return self.reviewed_at is not None and not self.remark

    @property
    def is_returned(self) -> bool:
        return self.reviewed_at is not None and bool(self.remark)

    @property
    def version(self) -> str:
        """Name these words: it changes when somebody writes others."""
        return f"{self.id}-{self.at:%Y%m%d%H%M%S%f}"


class Relation(Model):
    """Two ideas that speak of the same thing (`related`), or one that was made out of another (`split`)."""

    __tablename__ = "relations"
    public = True
    __table_args__ = (
        UniqueConstraint("idea_id", "other_id"),
        CheckConstraint("kind IN ('related', 'split')", name="kind"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    kind: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
