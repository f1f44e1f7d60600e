import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Model


class Entry(Model):
    """One line of the public journal, written once. It names no person. Its number is one more than the last line's.

    `digest` is the SHA-256 of what the line says (with `nonce`, so that nobody guesses what is not shown to them);
    `hash` is the SHA-256 of the hash of the line before (`previous`), then of the digest.
    """

    __tablename__ = "journal"
    public = True
    __table_args__ = (
        Index("ix_journal_kind", "kind", "id"),
        Index("ix_journal_community", "community_id", "id"),
        Index("ix_journal_community_kind", "community_id", "kind", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    kind: Mapped[str]
    community_id: Mapped[int | None] = mapped_column(ForeignKey("communities.id"))
    is_private: Mapped[bool] = mapped_column(default=False)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    nonce: Mapped[str]
    digest: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)


def sealed_fields(entry: Entry) -> dict[str, Any]:
    """Return what a line says, in the form that its digest is made of (docs/decisions/0024-journal.md)."""
    return {
        "n": entry.id,
        "at": entry.at.isoformat(timespec="microseconds"),
        "kind": entry.kind,
        "community": entry.community_id,
        "private": entry.is_private,
        "idea": entry.idea_id,
        "reason": entry.reason,
        "facts": entry.facts,
        "nonce": entry.nonce,
    }


def compute_digest(entry: Entry) -> str:
    """Return the SHA-256 of what a line says: its fields as JSON, by name, in UTF-8, without spaces."""
    text = json.dumps(sealed_fields(entry), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def compute_hash(previous: str, digest: str) -> str:
    """Return the hash of a line from that of the line before and from its own digest."""
    return hashlib.sha256(f"{previous}{digest}".encode()).hexdigest()
