from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Model

COLOURS = ("food", "school", "transit", "housing", "fifth", "neutral")


class Community(Model):
    """A room animated by facilitators; `colour` names a palette entry, never a value."""

    __tablename__ = "communities"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str | None]
    description: Mapped[str] = mapped_column(default="")
    description_en: Mapped[str | None]
    colour: Mapped[str] = mapped_column(default="neutral")
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class Membership(Model):
    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("user_id", "community_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), index=True)
    joined_at: Mapped[datetime] = mapped_column(default=clock.now)


class Facilitator(Model):
    """The charge of one community, given by somebody, perhaps for a time; leaving changes nothing here."""

    __tablename__ = "facilitators"
    __table_args__ = (UniqueConstraint("user_id", "community_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), index=True)
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    granted_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime | None]

    @property
    def last_moment(self) -> datetime | None:
        """Give the last second of the charge, whose date is its last day."""
        return self.expires_at - timedelta(seconds=1) if self.expires_at else None
