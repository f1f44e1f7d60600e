from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Model


class Entry(Model):
    """One line of the public journal, written once. It names no person. Its number is one more than the last line's.

    `digest` is the SHA-256 of what the line says (with `nonce`, so that nobody guesses what is not shown to them);
    `hash` is that of the line before, then of the digest.
    """

    __tablename__ = "journal"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    kind: Mapped[str]
    community_id: Mapped[int | None] = mapped_column(ForeignKey("communities.id"), index=True)
    is_private: Mapped[bool] = mapped_column(default=False)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    nonce: Mapped[str]
    digest: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)
