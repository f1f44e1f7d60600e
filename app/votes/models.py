from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models.people import User
from app.core import clock
from app.core.db import Model, partial_index


class Vote(Model):
    """One member's support of one idea; `is_named` is the choice to appear by name.

    `inherited_from` is the idea, merged into this one, that the person had supported: they may withdraw it.
    """

    __tablename__ = "votes"
    public = True
    __table_args__ = (
        UniqueConstraint("user_id", "idea_id"),
        partial_index("ix_votes_inherited", "inherited_from IS NOT NULL", "idea_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), index=True)
    is_named: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    inherited_from: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"))
    user: Mapped[User] = relationship(lazy="raise")


Index("ix_votes_named", Vote.idea_id, Vote.at, Vote.id, sqlite_where=Vote.is_named, postgresql_where=Vote.is_named)


class DeclinedVote(Model):
    """A support that came with a merge was taken back: no other merge gives it again."""

    __tablename__ = "declined_votes"
    public = True
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
