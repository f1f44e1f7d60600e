"""Who comes to a meeting: members and guests, their places, what they were told by mail."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models.people import User
from app.core import clock
from app.core.db import Model, partial_index
from app.events.models.meetings import Event

UNCONFIRMED, IN, WAITING, CANCELLED = STATES = ("unconfirmed", "in", "waiting", "cancelled")
# The kind of mail that asks an address to confirm.
CONFIRM = "confirm"
MOST_IN_A_PARTY = 4
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 6


class Registrant(Model):
    """Somebody who comes to one meeting without an account; whoever came in unannounced has no address.

    Two meetings never meet through an address: each has its own. Who is forgotten leaves a row that names nobody.
    """

    __tablename__ = "registrants"
    private_because = "shown to themselves, by the key of their page, and to the team of the meeting"
    __table_args__ = (UniqueConstraint("event_id", "email"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None]
    lang: Mapped[str] = mapped_column(default="fr")
    consent_document: Mapped[str] = mapped_column(default="")
    consent_version: Mapped[str] = mapped_column(default="")
    consented_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    confirmed_at: Mapped[datetime | None]


class EventRegistration(Model):
    """A place at a meeting, or one that is waited for: that of a member or of a guest, for a party of 1 to 4.

    `rank` is the order of arrival, given when it is confirmed; who was passed over keeps it. `needs` and `answers` are
    erased some days after. `arrival_key` is the browser's own for the press that let them in, and `state_before` what
    they were until it, where they had no place: undoing it gives that back.
    """

    REREAD_WITH = LOCK_WITH = ("event",)
    __tablename__ = "event_registrations"
    private_because = "shown to whoever registered and to the team of the meeting"
    __table_args__ = (
        CheckConstraint("(user_id IS NULL) <> (registrant_id IS NULL)", name="one_person"),
        CheckConstraint("mode IN ('in_person', 'online')", name="mode"),
        CheckConstraint("party BETWEEN 1 AND 4", name="party"),
        CheckConstraint("state IN ('unconfirmed', 'in', 'waiting', 'cancelled')", name="state"),
        UniqueConstraint("event_id", "user_id"),
        UniqueConstraint("event_id", "code"),
        Index("ix_event_registrations_list", "event_id", "state", "mode", "rank"),
        partial_index("ix_event_registrations_unconfirmed", "state = 'unconfirmed'", "created_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    registrant_id: Mapped[int | None] = mapped_column(ForeignKey("registrants.id"), unique=True)
    mode: Mapped[str]
    party: Mapped[int] = mapped_column(default=1)
    state: Mapped[str]
    rank: Mapped[int | None]
    passed_over_at: Mapped[datetime | None]
    code: Mapped[str]
    meal: Mapped[str] = mapped_column(default="")
    territory_id: Mapped[int | None] = mapped_column(ForeignKey("territories.id"))
    needs: Mapped[str] = mapped_column(default="")
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    wants_name_shown: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    confirmed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    arrived_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    arrival_key: Mapped[str | None]
    state_before: Mapped[str | None]
    is_walk_in: Mapped[bool] = mapped_column(default=False)
    event: Mapped[Event] = relationship(lazy="raise")
    user: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[user_id])
    registrant: Mapped[Registrant | None] = relationship(lazy="raise")

    @property
    def is_coming(self) -> bool:
        """They have a place, or wait for one."""
        return self.state in (IN, WAITING)

    @property
    def is_online(self) -> bool:
        """They join from elsewhere: they chose so, or the meeting is held online alone now."""
        return self.mode == "online" or not self.event.is_in_person


class EventMail(Model):
    """A service mail of a kind about a registration, for a date of the meeting: asked for `at`, written once."""

    __tablename__ = "event_mails"
    private_because = "the worker reads which ones were written"
    __table_args__ = (partial_index("ix_event_mails_waiting", "written_at IS NULL", "at"),)
    registration_id: Mapped[int] = mapped_column(ForeignKey("event_registrations.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    written_at: Mapped[datetime | None]


class CalendarAddress(Model):
    """The secret address of a person's own calendar, until they revoke it."""

    __tablename__ = "calendar_addresses"
    private_because = "shown to the person whose calendar it is"
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
