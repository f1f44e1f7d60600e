"""Who finds what: the SQL twin of reading, for entries of the index."""
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, true

from app.comments.models import Thread
from app.communities.queries import seen_by, visible
from app.core.actor import Actor
from app.search.models import Entry
from app.search.reading import Narrow


def narrow_to(actor: Actor, communities: Collection[int] = ()) -> Narrow:
    """Return what leaves, of entries, those that a person may read, and that these communities lead (none: all)."""
    rooms = set(visible(actor).by_id)
    is_of = Thread.community_id.in_(communities) if communities else true()
    is_read = and_(Thread.is_public, seen_by(actor, Thread), is_of)
    shown = rooms & set(communities) if communities else rooms
    others: list[ColumnElement[bool]] = [and_(Entry.kind == "community", Entry.thing_id.in_(shown))]
    others += [] if communities else [Entry.kind == "person"]

    def narrow(query: Select[Any]) -> Select[Any]:
        return query.outerjoin(Thread, Thread.id == Entry.thread_id).where(or_(is_read, *others))

    return narrow
