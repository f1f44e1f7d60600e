"""The public journal: what was decided and why, one line after the other, each sealed by the one before."""

import secrets
from typing import Any

from app.core import clock, dialect
from app.core.db import db
from app.journal import queries
from app.journal.models import Entry, compute_digest, compute_hash


def record(
    kind: str,
    *,
    reason: str = "",
    community_id: int | None = None,
    is_private: bool = False,
    idea_id: int | None = None,
    **facts: Any,
) -> None:
    """Add a line, last in the command that it tells of. `facts` are codes and numbers, never a name nor a title."""
    dialect.take_turn("journal")
    number, previous = queries.get_last_line()
    entry = Entry(
        id=number + 1,
        at=clock.now(),
        kind=kind,
        community_id=community_id,
        is_private=is_private,
        idea_id=idea_id,
        reason=reason,
        facts=facts,
        nonce=secrets.token_hex(16),
        previous=previous,
    )
    entry.digest = compute_digest(entry)
    entry.hash = compute_hash(previous, entry.digest)
    db.session.add(entry)
    db.session.flush()
