"""The versions of a plan, the draft of the next one, a file that waits to be confirmed, how its columns are read."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models.people import User
from app.core import clock
from app.core.db import Model


class PlanVersion(Model):
    """A plan as it was published: `outline` is the JSON of an `Outline`; `number` begins at 1."""

    __tablename__ = "plan_versions"
    public = True
    __table_args__ = (UniqueConstraint("plan_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    number: Mapped[int]
    outline: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by: Mapped[User] = relationship(lazy="raise")


class PlanDraft(Model):
    """The next version of a plan, which the coordination shares until it is published; one for each plan.

    `progress` is what a file said of that of its actions (`news.dump_news`), which is told with the version.
    """

    __tablename__ = "plan_drafts"
    private_because = "the next version of a plan, shown to the coordination"
    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), unique=True)
    outline: Mapped[dict[str, Any]] = mapped_column(JSON)
    progress: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by: Mapped[User] = relationship(lazy="raise")

    @property
    def version(self) -> str:
        """Name these words: it changes when somebody writes others."""
        return f"{self.id}-{self.at:%Y%m%d%H%M%S%f}"


class PlanImport(Model):
    """A file that waits 30 days to be confirmed: its table (`tables.dump_table`), and what was answered about it."""

    __tablename__ = "plan_imports"
    private_because = "shown to whoever sent the file, until they confirm it"
    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plans.id"))
    file_name: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class PlanHeadings(Model):
    """How the columns of a plan's files are read: the key of a column, or "", by the normal form of its heading."""

    __tablename__ = "plan_headings"
    private_because = "what the coordination answered about a file, for the next one of that plan"
    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), unique=True)
    headings: Mapped[dict[str, str]] = mapped_column(JSON)
