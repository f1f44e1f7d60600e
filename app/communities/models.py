from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, UniqueConstraint, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models.people import User
from app.core import clock
from app.core.db import NOW, Model, partial_index

COLOURS = ("food", "school", "transit", "housing", "fifth", "neutral")


class Community(Model):
    """A room animated by facilitators; `colour` names a palette entry, never a value.

    `is_private` is chosen once, when it is created: what was said among members never becomes public by a setting.
    `wants_review`: an answer is read by a colleague before it is published; `answer_days` and `stalled_days`: after
    how many days an idea without an answer, or a step without a follow-up, waits on the desk.
    """

    __tablename__ = "communities"
    public = True
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str | None]
    description: Mapped[str] = mapped_column(default="")
    description_en: Mapped[str | None]
    colour: Mapped[str] = mapped_column(default="neutral")
    position: Mapped[int] = mapped_column(default=0)
    is_private: Mapped[bool] = mapped_column(default=False)
    wants_review: Mapped[bool] = mapped_column(default=False)
    answer_days: Mapped[int] = mapped_column(default=30)
    stalled_days: Mapped[int] = mapped_column(default=90)
    archived_at: Mapped[datetime | None]

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class CommunityIssue(Model):
    """An issue that a community covers, as the coordination says."""

    __tablename__ = "community_issues"
    public = True
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issues.id"), primary_key=True, index=True)


class Membership(Model):
    __tablename__ = "memberships"
    public = True
    __table_args__ = (UniqueConstraint("user_id", "community_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), index=True)
    joined_at: Mapped[datetime] = mapped_column(default=clock.now)


class Facilitator(Model):
    """The charge of one community, given by somebody, perhaps for a time; leaving changes nothing here."""

    __tablename__ = "facilitators"
    public = True
    __table_args__ = (UniqueConstraint("user_id", "community_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), index=True)
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    granted_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime | None]

    @property
    def last_moment(self) -> datetime | None:
        """Return the last second of the charge, whose date is its last day."""
        return self.expires_at - timedelta(seconds=1) if self.expires_at else None

    @classmethod
    def running(cls) -> ColumnElement[bool]:
        """Match the charges that have not come to their end."""
        return or_(cls.expires_at.is_(None), cls.expires_at > NOW)


class Restriction(Model):
    """Somebody may not take part for a time (`suspend`), for good (`block`) or until a review (`freeze`).

    `community_id` is null when it is for the whole site; `by_id` is null when the site did it by itself. One that is
    administrative is about the account (it was stolen), not about what it wrote: it is no measure of moderation.
    """

    __tablename__ = "restrictions"
    public = True
    __table_args__ = (
        CheckConstraint("kind IN ('suspend', 'block', 'freeze')", name="kind"),
        partial_index("ix_restrictions_frozen", "kind = 'freeze' AND lifted_at IS NULL", "at", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    community_id: Mapped[int | None] = mapped_column(ForeignKey("communities.id"), index=True)
    kind: Mapped[str]
    reason: Mapped[str]
    is_administrative: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    until: Mapped[datetime | None]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Sitting(Model):
    """Somebody in charge of a community types what was said at a meeting, until a time or until they end it."""

    __tablename__ = "sittings"
    private_because = "shown to whoever types what was said at a meeting"
    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    until: Mapped[datetime]


class Invitation(Model):
    """The way into a private community: bound to one address, for a time, once; only a hash of its token is kept.

    The address is emptied once it has served: `used_by` says who came.
    """

    __tablename__ = "invitations"
    private_because = "shown to the team of a private community and to whoever has the link"
    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), index=True)
    email: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    revoked_at: Mapped[datetime | None]
    guest: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[used_by])

    @property
    def state(self) -> str:
        """Say where it stands: open, used, revoked or expired."""
        if self.used_at or self.revoked_at:
            return "used" if self.used_at else "revoked"
        return "open" if self.expires_at > clock.now() else "expired"
