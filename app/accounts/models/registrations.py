"""What was typed to open an account, until somebody confirms its address."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Model


class Registration(Model):
    """What somebody typed to open an account at an address, theirs or not; `password` is a hash.

    Whoever reads the mails of the address opens the account of the registration whose password they know. Several may
    wait for one address.
    """

    __tablename__ = "registrations"
    private_because = "no account exists yet: whoever confirms the address is shown it"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(index=True)
    password: Mapped[str]
    words: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)

    @property
    def place(self) -> str:
        """Where it came from, in so few signs that many networks have the same; empty where it is not known."""
        return str(self.words.get("place", ""))
