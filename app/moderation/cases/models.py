from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models.people import User
from app.contents.models import COLUMNS, Content, container_of
from app.core import clock
from app.core.db import Model, partial_index

REASONS = ("spam", "insult", "personal", "false", "off_topic", "other")
STATES = ("open", "handled", "dismissed")
ONE_SUBJECT = (
    "(CASE WHEN idea_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN comment_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN update_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN action_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN bulletin_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN event_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN topic_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN profile_id IS NULL THEN 0 ELSE 1 END) = 1"
)
NOUNS = tuple(column.removesuffix("_id") for column in COLUMNS.values())


class Case(Model):
    """What members reported of one content: several reports are one case, until it is handled or dismissed.

    `community_id` is where the content stood when the case was opened; who decides follows the content.
    """

    __tablename__ = "cases"
    public = True
    __table_args__ = (
        CheckConstraint(ONE_SUBJECT, name="one_subject"),
        CheckConstraint("state IN ('open', 'handled', 'dismissed')", name="state"),
        partial_index("ix_cases_open", "state = 'open'", "opened_at", "id"),
        Index("ix_cases_decided", "state", "decided_at", "id"),
        *(
            Index(
                f"uq_cases_open_{noun}",
                f"{noun}_id",
                unique=True,
                sqlite_where=text("state = 'open'"),
                postgresql_where=text("state = 'open'"),
            )
            for noun in NOUNS
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    update_id: Mapped[int | None] = mapped_column(ForeignKey("updates.id"))
    action_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"))
    bulletin_id: Mapped[int | None] = mapped_column(ForeignKey("bulletins.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("forum_topics.id"))
    profile_id: Mapped[int | None] = mapped_column(ForeignKey("profiles.id"))
    community_id: Mapped[int | None] = mapped_column(ForeignKey("communities.id"), index=True)
    state: Mapped[str] = mapped_column(default="open")
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(default="")
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measures.id"))


class Report(Model):
    """One member flags one content, once a case: a reason of the short list, and words."""

    __tablename__ = "reports"
    public = True
    __table_args__ = (UniqueConstraint("case_id", "user_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    reason: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    user: Mapped[User] = relationship(lazy="raise")


class CaseStep(Model):
    """A case was closed or opened again: by whom, when and why, with which measure."""

    __tablename__ = "case_steps"
    public = True
    __table_args__ = (CheckConstraint("state IN ('open', 'handled', 'dismissed')", name="state"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    state: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    reason: Mapped[str]
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measures.id"))
    by: Mapped[User] = relationship(lazy="raise")


@dataclass(frozen=True)
class CaseFile:
    """A case, with its content as it is now."""

    case: Case
    content: Content

    @property
    def id(self) -> int:
        return self.case.id

    @property
    def community_id(self) -> int | None:
        return container_of(self.content).community_id

    @property
    def is_private(self) -> bool:
        return container_of(self.content).is_private

    @property
    def concerned_id(self) -> int | None:
        return self.content.author_id


@dataclass(frozen=True)
class CaseLine(CaseFile):
    """A case in a list, with how many reported it for each reason."""

    reasons: Counter[str]


@dataclass(frozen=True)
class OwnReport(CaseFile):
    """What one person reported, with what became of it."""

    report: Report
