"""How far an action is: who keeps it up to date, and what they say of it. None of it is part of a version."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models.people import User
from app.core import clock
from app.core.db import Model, partial_index
from app.core.moderable import Moderable
from app.plan.models.structure import Action


class Holder(Model):
    """The charge of keeping an action up to date, given to a person by the coordination until it ends."""

    __tablename__ = "holders"
    public = True
    __table_args__ = (partial_index("uq_holders_living", "ended_at IS NULL", "action_id", "user_id", unique=True),)
    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    given_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    user: Mapped[User] = relationship(lazy="raise", foreign_keys=[user_id])


class Bulletin(Moderable, Model):
    """What was said of an action on a day: where it is, what blocks; milestones and values point at it.

    `state_before` differs from `state` where the action moved; `percent` is how far it was right after (0 to 100).
    """

    REREAD_WITH = LOCK_WITH = ("action",)
    __tablename__ = "bulletins"
    public = True
    __table_args__ = (Index("ix_bulletins_action", "action_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("actions.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    body: Mapped[str]
    body_html: Mapped[str]
    renderer: Mapped[int]
    blocker: Mapped[str] = mapped_column(default="")
    lang: Mapped[str] = mapped_column(default="fr")
    state_before: Mapped[str]
    state: Mapped[str]
    percent: Mapped[int]
    edited_at: Mapped[datetime | None]
    action: Mapped[Action] = relationship(lazy="raise", foreign_keys=[action_id])
    author: Mapped[User] = relationship(lazy="raise", foreign_keys=[author_id])

    @property
    def is_public(self) -> bool:
        return not self.is_hidden and not self.is_deleted

    @property
    def has_moved(self) -> bool:
        return self.state != self.state_before


class IndicatorValue(Model):
    """What an indicator was on a day, as a bulletin said."""

    __tablename__ = "indicator_values"
    public = True
    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicators.id"), index=True)
    bulletin_id: Mapped[int] = mapped_column(ForeignKey("bulletins.id"), index=True)
    measured_on: Mapped[date]
    value: Mapped[float]
