"""Addresses that do not exist: notices are no longer mailed to them, until a mail leaves or the person asks."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock, dialect
from app.core.db import Model, db
from app.core.unit import command

# How many times a server says that an address does not exist before notices stop; how long that is believed.
REFUSALS = 2
RETENTION = timedelta(days=365)


class DeadAddress(Model):
    """An address that its server says does not exist (5.1.1), so many times since a mail last left for it.

    `at` is the first of these times.
    """

    __tablename__ = "dead_addresses"
    private_because = "shown to the person and to administrators"
    address: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=clock.now)


def is_dead(address: str) -> bool:
    """Tell whether the server of an address said twice that it does not exist."""
    query = select(DeadAddress.times).where(DeadAddress.address == address)
    return (db.session.scalar(query) or 0) >= REFUSALS


def record_refusal(address: str) -> None:
    """Count one more time, in the command that records a refusal."""
    row = {"address": address, "times": 1, "at": clock.now()}
    dialect.add_many(DeadAddress.__table__, "times", [row])


@command
def revive(*addresses: str) -> None:
    """Forget that these addresses did not exist: the next mails to them are tried."""
    db.session.execute(delete(DeadAddress).where(DeadAddress.address.in_(addresses)))


@command
def purge() -> None:
    """Try anew, after a year, the addresses that did not exist."""
    db.session.execute(delete(DeadAddress).where(DeadAddress.at < clock.now() - RETENTION))
