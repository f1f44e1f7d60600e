"""The record of measures: each act of facilitation leaves a row here, tells of it, and puts a line in the journal."""

from typing import Any

from app.contents.models import COLUMNS, Content, container_of
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.signals import tell
from app.journal import service as journal
from app.moderation.measures.models import Measure
from app.moderation.signals import MeasureTaken


def record_on_content(actor: Actor, kind: str, content: Content, reason: str, **more: Any) -> Measure:
    """Record a measure on a content; `more` may have `data` and `undoes_id`. Last in the command."""
    holder = container_of(content)
    more[COLUMNS[type(content)]] = content.id
    return record(actor, kind, reason, community_id=holder.community_id, is_private=holder.is_private, **more)


def record(
    actor: Actor, kind: str, reason: str, *, community_id: int | None = None, is_private: bool = False, **columns: Any
) -> Measure:
    """Record a measure on one subject, by a column of `COLUMNS` or user_id. Last in the command.

    The journal has the kind of the subject, never which one nor whose.
    """
    assert actor.id is not None or kind == "freeze", "somebody takes each measure, but the site alone freezes"
    measure = Measure(kind=kind, by_id=actor.id, reason=reason, community_id=community_id, at=clock.now(), **columns)
    db.session.add(measure)
    db.session.flush()
    tell(MeasureTaken(measure.id))
    on = next(name for name in (*COLUMNS.values(), "user_id") if columns.get(name)).removesuffix("_id")
    journal.record(kind, reason=reason, community_id=community_id, is_private=is_private, on=on)
    return measure
