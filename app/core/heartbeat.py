"""The sign of life of the workers: one row for each machine, written every minute by a job that they all may take."""

import socket
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock, dialect
from app.core.db import Model, db
from app.core.unit import command

RETENTION = timedelta(days=30)


class Heartbeat(Model):
    __tablename__ = "heartbeats"
    private_because = "read by /readyz, which is never kept"
    machine: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)


@command
def beat() -> None:
    """Write that a worker of this machine is at work, and forget machines that were not seen for long."""
    db.session.execute(delete(Heartbeat).where(Heartbeat.at < clock.now() - RETENTION))
    machine, now = socket.gethostname(), clock.now()
    if not dialect.insert_once(Heartbeat, machine=machine, at=now):
        db.session.execute(update(Heartbeat).where(Heartbeat.machine == machine).values(at=now))


def find_last() -> datetime | None:
    """Return when a worker was last at work; None when none ever was."""
    return db.session.scalar(select(func.max(Heartbeat.at)))
