"""Who runs a meeting on the day: charges at the door and of the minutes, and the network of the hall."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models.people import User
from app.core import clock
from app.core.db import Model

DOOR, SECRETARY = CHARGES = ("door", "secretary")
CHARGE_HOURS = 24
"""How long after the end of its meeting a charge still holds."""


class EventCharge(Model):
    """A charge that the team of a meeting gave to a person; it ends by itself, a day after (`CHARGE_HOURS`)."""

    __tablename__ = "event_charges"
    public = True
    __table_args__ = (CheckConstraint("kind IN ('door', 'secretary')", name="kind"),)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    given_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    user: Mapped[User] = relationship(lazy="raise", foreign_keys=[user_id])


class EventHall(Model):
    """The network of a hall, as a hash under a key, for the time that people meet in it."""

    __tablename__ = "event_halls"
    private_because = "shown to whoever keeps the door"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    network_hash: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    until: Mapped[datetime] = mapped_column(index=True)
