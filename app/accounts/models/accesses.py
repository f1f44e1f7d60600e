"""Who read what an account keeps to itself."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Model


class Access(Model):
    """Somebody with a charge read what an account keeps to itself: who, whose, what and when.

    Whoever takes a list away in a file (`what` is "export") is both who did it and whose line it is;
    so is whoever reads who comes to a meeting (`event_id`).
    """

    __tablename__ = "accesses"
    private_because = "shown to the person whose account it is and to administrators"
    id: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    what: Mapped[str]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
