"""Texts that people accept."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Model

CHARTER = "charter"


class Consent(Model):
    """A person accepted one version of a document (charter, privacy)."""

    __tablename__ = "consents"
    private_because = "shown to the person who accepted"
    __table_args__ = (UniqueConstraint("user_id", "document", "version"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    document: Mapped[str]
    version: Mapped[str]
    accepted_at: Mapped[datetime] = mapped_column(default=clock.now)


class Document(Model):
    """One version of a text that people accept (charter); the last one is in force.

    The first is the one that ships, which nobody here wrote: it is kept once a second one is published.
    """

    __tablename__ = "documents"
    public = True
    __table_args__ = (UniqueConstraint("name", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    number: Mapped[int]
    body: Mapped[str]
    body_en: Mapped[str] = mapped_column(default="")
    summary: Mapped[str]
    asks_again: Mapped[bool] = mapped_column(default=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
