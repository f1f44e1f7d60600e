"""Reading the journal, and telling whether somebody changed it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.communities.queries import seen_by
from app.core.actor import Actor
from app.core.db import db
from app.core.numbers import LARGEST
from app.core.paging import SIZE, Page, page_by_id
from app.events.models.meetings import Event
from app.events.queries import reading as events
from app.ideas.models import Idea
from app.ideas.queries.reading import readable_by
from app.journal.models import Entry, compute_digest, compute_hash
from app.plan.models.structure import Action, Plan
from app.plan.queries import actions, plans

FIRST = "0" * 64
BATCH = 1_000


@dataclass(frozen=True)
class Filters:
    """Which lines to list; a kind or a community leaves out those that the reader may not open."""

    kind: str = ""
    community_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


def get_last_line() -> tuple[int, str]:
    """Return the number and the hash of the last line; 0 and FIRST of an empty journal."""
    row = db.session.execute(select(Entry.id, Entry.hash).order_by(Entry.id.desc()).limit(1)).first()
    return (row.id, row.hash) if row else (0, FIRST)


def get_ends() -> tuple[datetime | None, tuple[int, str]]:
    """Return when the journal began, None for an empty one, and what `get_last_line` does."""
    began_at = select(func.min(Entry.at)).scalar_subquery()
    row = db.session.execute(select(began_at, Entry.id, Entry.hash).order_by(Entry.id.desc()).limit(1)).first()
    return (row[0], (row.id, row.hash)) if row else (None, (0, FIRST))


def open_to(actor: Actor) -> ColumnElement[bool]:
    """SQL twin of `policy.READ_LINE`."""
    return seen_by(actor, Entry)


def list_entries(actor: Actor, filters: Filters, *, before: int | None = None, size: int = SIZE) -> Page[Entry]:
    """Return a page of lines, the last first.

    The lines that the reader may not open are among them, unless that would tell their kind or their community.
    """
    query = select(Entry).where(Entry.id < before) if before else select(Entry)
    if filters.kind:
        query = query.where(Entry.kind == filters.kind, open_to(actor))
    if filters.community_id:
        query = query.where(Entry.community_id == filters.community_id, open_to(actor))
    query = query.where(Entry.id >= _first_since(filters.since)) if filters.since else query
    query = query.where(Entry.id < _first_since(filters.until)) if filters.until else query
    rows = db.session.scalars(query.order_by(Entry.id.desc()).limit(size + 1)).all()
    return page_by_id(rows, size=size, is_first=not before)


def _first_since(moment: datetime) -> Any:
    """Select the number of the first line of a time, or one that no line has: numbers grow as time does."""
    first = select(Entry.id).where(Entry.at >= moment).order_by(Entry.at, Entry.id).limit(1)
    return func.coalesce(first.scalar_subquery(), LARGEST)


def get_ideas(actor: Actor, entries: Sequence[Entry]) -> dict[int, Idea]:
    """Return, by number, the ideas of these lines that the reader may read now."""
    ids = {entry.idea_id for entry in entries if entry.idea_id}
    rows = db.session.scalars(select(Idea).where(Idea.id.in_(ids), readable_by(actor))) if ids else ()
    return {idea.id: idea for idea in rows}


def get_actions(actor: Actor, entries: Sequence[Entry]) -> dict[int, Action]:
    """Return, by number, the actions of these lines that the reader may read now."""
    ids = {entry.facts["action"] for entry in entries if "action" in (entry.facts or {})}
    return actions.get_actions(actor, ids, ()) if ids else {}


def get_events(actor: Actor, entries: Sequence[Entry]) -> dict[int, Event]:
    """Return, by number, the meetings of these lines that the reader may read now."""
    ids = {entry.facts["event"] for entry in entries if "event" in (entry.facts or {})}
    return events.get_events(actor, ids, ()) if ids else {}


def get_plans(actor: Actor, entries: Sequence[Entry]) -> dict[int, Plan]:
    """Return, by number, the plans of these lines that the reader may read now."""
    ids = {entry.facts["plan"] for entry in entries if "plan" in (entry.facts or {})}
    return {plan.id: plan for plan in plans.list_plans(actor) if plan.id in ids} if ids else {}


def count_by_kind() -> dict[str, int]:
    return dict(db.session.execute(select(Entry.kind, func.count()).group_by(Entry.kind)).tuples().all())


def list_entries_after(after: int) -> Sequence[Entry]:
    """Return at most BATCH lines after this one, in the order in which they were written."""
    return db.session.scalars(select(Entry).where(Entry.id > after).order_by(Entry.id).limit(BATCH)).all()


def list_faults() -> Iterator[str]:
    """Yield, line by line, what in the chain is not as it was written."""
    number, previous = 0, FIRST
    try:
        for entry in db.session.scalars(select(Entry).order_by(Entry.id).execution_options(yield_per=BATCH)):
            yield from _faults_of(entry, number, previous)
            number, previous = entry.id, entry.hash
    except (TypeError, ValueError):
        yield f"one of the lines after {number} can't be read"


def _faults_of(entry: Entry, number: int, previous: str) -> Iterator[str]:
    if entry.id != number + 1:
        yield f"there is no line {number + 1}"
    if entry.previous != previous:
        yield f"line {entry.id} does not follow the line before it"
    if entry.digest != compute_digest(entry) or entry.hash != compute_hash(entry.previous, entry.digest):
        yield f"line {entry.id} was changed"
