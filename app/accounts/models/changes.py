"""Changes of public texts that wait for the team."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Model, partial_index


class HeldRevision(Model):
    """What an author would make of a public text – an idea, a comment, a profile – until its team has read it.

    One row for each text: a later change takes the place of the one that waits. `words` holds the fields of the form,
    empty once nothing waits (`closed`); `suspect` says by codes why it waits; `reason` is why the team refused it.
    `former` holds the words of a first post that was refused, while others of the same text take their place.
    `drift` counts, for each part of the text, the words that a new account changed since the team last read it.
    """

    __tablename__ = "held_revisions"
    public = True
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN idea_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN comment_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN user_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_subject",
        ),
        CheckConstraint("state IN ('open', 'refused', 'closed')", name="state"),
        partial_index("ix_held_revisions_open", "state = 'open'", "at", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), unique=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    state: Mapped[str] = mapped_column(default="closed")
    words: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    suspect: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    former: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    drift: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def version(self) -> str:
        """Name these words: it changes when their author writes others."""
        return f"{self.id}-{self.at:%Y%m%d%H%M%S%f}"

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def is_again(self) -> bool:
        """It would take the place of words that the team hid: they are shown again in these."""
        return "again" in self.suspect.split()

    def hold(self, words: dict[str, Any], suspect: str) -> None:
        self.state, self.words, self.suspect, self.reason, self.at = "open", words, suspect, "", clock.now()

    def close(self) -> None:
        """Forget the words: they were published, taken back, or replaced by others that appeared."""
        self.state, self.words, self.suspect, self.reason = "closed", {}, "", ""
