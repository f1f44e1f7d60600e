"""To read the journal, and to tell whether somebody changed it."""
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.communities.queries import seen_by
from app.core.actor import Actor
from app.core.db import db
from app.core.paging import SIZE, Page, page_by_id
from app.ideas.models import Idea
from app.ideas.queries.reading import readable_by
from app.moderation.models.journal import Entry
from app.moderation.models.measures import Measure

FIRST = "0" * 64
PART = 1_000


@dataclass(frozen=True)
class Filters:
    """What of the journal is asked for; a kind or a community leaves out the lines that the reader may not open."""

    kind: str = ""
    community_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


def said(entry: Entry) -> dict[str, Any]:
    """Give what a line says, as it is sealed: docs/decisions/0024-journal.md has the form."""
    return {
        "n": entry.id, "at": entry.at.isoformat(timespec="microseconds"), "kind": entry.kind,
        "community": entry.community_id, "private": entry.is_private, "idea": entry.idea_id, "reason": entry.reason,
        "facts": entry.facts, "nonce": entry.nonce}


def digest(entry: Entry) -> str:
    """Give the SHA-256 of what a line says: its fields as JSON, by name, in UTF-8, without spaces."""
    written = json.dumps(said(entry), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def sealed(previous: str, digest: str) -> str:
    """Give the hash of a line from that of the line before."""
    return hashlib.sha256(f"{previous}{digest}".encode()).hexdigest()


def last() -> tuple[int, str]:
    """Give the number and the hash of the last line."""
    row = db.session.execute(select(Entry.id, Entry.hash).order_by(Entry.id.desc()).limit(1)).first()
    return (row.id, row.hash) if row else (0, FIRST)


def begun_at() -> datetime | None:
    return db.session.scalar(select(func.min(Entry.at)))


def open_to(actor: Actor) -> ColumnElement[bool]:
    """SQL twin of `policy.READ_LINE`."""
    return seen_by(actor, Entry)


def listing(actor: Actor, asked: Filters, *, before: int | None = None, size: int = SIZE) -> Page[Entry]:
    """Give a page of lines, the last first; sealed ones too, where a filter would not tell what they say."""
    query = select(Entry).where(Entry.id < before) if before else select(Entry)
    if asked.kind:
        query = query.where(Entry.kind == asked.kind, open_to(actor))
    if asked.community_id:
        query = query.where(Entry.community_id == asked.community_id, open_to(actor))
    query = query.where(Entry.at >= asked.since) if asked.since else query
    query = query.where(Entry.at < asked.until) if asked.until else query
    rows = db.session.scalars(query.order_by(Entry.id.desc()).limit(size + 1)).all()
    return page_by_id(rows, size=size, is_first=not before)


def ideas_of(actor: Actor, entries: Sequence[Entry]) -> dict[int, Idea]:
    """Give the ideas that these lines tell of, and that the reader may read now."""
    told = {entry.idea_id for entry in entries if entry.idea_id}
    rows = db.session.scalars(select(Idea).where(Idea.id.in_(told), readable_by(actor))) if told else ()
    return {idea.id: idea for idea in rows}


def part(after: int) -> Sequence[Entry]:
    """Give some lines after this one, in the order in which they were written."""
    return db.session.scalars(select(Entry).where(Entry.id > after).order_by(Entry.id).limit(PART)).all()


def faults() -> Iterator[str]:
    """Say, line by line, what in the journal is not as it was written."""
    number, previous = 0, FIRST
    try:
        for entry in db.session.scalars(select(Entry).order_by(Entry.id).execution_options(yield_per=PART)):
            yield from _faults_of(entry, number, previous)
            number, previous = entry.id, entry.hash
    except (TypeError, ValueError):
        yield f"one of the lines after {number} can't be read"
    yield from _untold()


def _faults_of(entry: Entry, number: int, previous: str) -> Iterator[str]:
    if entry.id != number + 1:
        yield f"there is no line {number + 1}"
    if entry.previous != previous:
        yield f"line {entry.id} does not follow the line before it"
    if entry.digest != digest(entry) or entry.hash != sealed(entry.previous, entry.digest):
        yield f"line {entry.id} was changed"


def _untold() -> Iterator[str]:
    """Find measures that no line tells of: the end of the journal may have been cut off."""
    begun = select(func.min(Entry.at)).scalar_subquery()
    taken = select(Measure.kind, func.count()).where(Measure.at >= begun).group_by(Measure.kind)
    told = dict(db.session.execute(select(Entry.kind, func.count()).group_by(Entry.kind)).tuples().all())
    for kind, count in sorted(db.session.execute(taken).tuples()):
        if count > told.get(kind, 0):
            yield f"{count - told.get(kind, 0)} measure(s) of the kind {kind} are told by no line"
