"""What every content that can be hidden or deleted carries: who, when and why."""

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, and_
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock


class Moderable:
    """Columns of a content that is hidden (by its facilitators) or deleted (by its author), never lost.

    `hidden_reason` outlives the hiding of what was refused and submitted again, until it is published.
    """

    hidden_at: Mapped[datetime | None]
    hidden_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    hidden_reason: Mapped[str | None]
    deleted_at: Mapped[datetime | None]
    deleted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def refusal(self) -> str:
        """Name the hiding that is on now, for a page that showed it; an empty text without one."""
        return f"hidden-{self.hidden_at:%Y%m%d%H%M%S%f}" if self.hidden_at else ""

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    @classmethod
    def in_sight(cls) -> ColumnElement[bool]:
        """SQL twin of `not is_hidden and not is_deleted`."""
        return and_(cls.hidden_at.is_(None), cls.deleted_at.is_(None))

    def hide(self, by: int, reason: str) -> None:
        self.hidden_at, self.hidden_by, self.hidden_reason = clock.now(), by, reason

    def show(self) -> None:
        self.hidden_at = self.hidden_by = self.hidden_reason = None

    def submit_again(self) -> None:
        """Let what was refused wait once more; the former reason stays, for whoever reads it now."""
        self.hidden_at = self.hidden_by = None

    def delete(self, by: int) -> None:
        self.deleted_at, self.deleted_by = clock.now(), by
