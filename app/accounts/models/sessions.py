"""What is kept of sign-ins, of forms sent, and of what was asked at an address."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models.people import User
from app.core import clock
from app.core.db import Model


class Session(Model):
    """One signed-in browser; only a hash of its token is kept, and a coarse label ("Firefox, Windows")."""

    __tablename__ = "sessions"
    private_because = "shown to the person who is signed in"
    is_trace = True
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    device: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


class Attempt(Model):
    """One act that is counted for a limit; `key_hash` is a keyed hash of an account or an address."""

    __tablename__ = "attempts"
    private_because = "counted for limits and shown to nobody"
    is_trace = True
    __table_args__ = (Index("ix_attempts_kind_key_hash_at", "kind", "key_hash", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    key_hash: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)


class AccountRequest(Model):
    """What was asked at an address: one row whether or not somebody has it, which goes as the worker answers it.

    `user_id` is the account that would have this address; `data` is what was typed to open one, or to come.
    """

    __tablename__ = "account_requests"
    private_because = "the worker alone reads it"
    __table_args__ = (
        CheckConstraint("kind IN ('reset', 'confirmation', 'registration', 'new_address', 'event')", name="kind"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    email: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    user: Mapped[User | None] = relationship(lazy="raise")


class Submission(Model):
    """A form already taken: sent a second time, it gets the first result."""

    __tablename__ = "submissions"
    private_because = "read when the same form comes again"
    is_trace = True
    __table_args__ = (UniqueConstraint("user_id", "form_key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    form_key: Mapped[str]
    result: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
