"""The needs that wait for an action of the current plan, the oldest first, and those that wait no more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from app.core.actor import ANYONE
from app.core.db import db
from app.core.paging import Page
from app.ideas.models import CLOSED, Idea, StatusChange
from app.ideas.queries import lists
from app.ideas.queries.lists import Filters
from app.ideas.queries.rows import IdeaRow
from app.journal.models import Entry
from app.moderation.merges.models import Merge

LOOK = 1_000
"""Among how many of the last lines of the journal, and of the last merges, those that wait no more are looked for."""
ACTS = ("link", "status")
"""The kinds of the lines that may take a need out of those that wait; a line on a merge names no idea."""


@dataclass(frozen=True)
class Gap:
    """A need that waits, since `need.published_at`; `last` is the last step that its author or its team took."""

    need: IdeaRow
    last: StatusChange | None


class Exit(NamedTuple):
    """A need that waits no more, and the act that took it out: a `link`, a `merge`, or a step, by its status."""

    at: datetime
    idea_id: int
    act: str
    reason: str
    need: Idea | None = None


def list_gaps(filters: Filters, *, after: str = "") -> Page[Gap]:
    """Return one page of the needs that wait, of those that the filters leave, the same for every reader."""
    page = lists.list_ideas(ANYONE, replace(filters, gap=("1",)), sort="oldest", after=after)
    steps = _get_last_steps([need.id for need in page.items])
    items = [Gap(need, steps.get(need.id)) for need in page.items]
    return Page(items, page.next, page.is_first, page.is_short)


def _get_last_steps(idea_ids: Sequence[int]) -> dict[int, StatusChange]:
    last = select(func.max(StatusChange.id)).where(StatusChange.idea_id.in_(idea_ids)).group_by(StatusChange.idea_id)
    rows = db.session.scalars(select(StatusChange).where(StatusChange.id.in_(last))) if idea_ids else ()
    return {step.idea_id: step for step in rows}


def list_exits(number: int) -> list[Exit]:
    """Return the last needs that were waiting and wait no more, each once, the last to go first.

    A need that waits again is none of them, nor is one that nobody reads any more.
    """
    last: dict[int, Exit] = {}
    for one in sorted([*_read_lines(), *_read_merges()], key=lambda one: one[:2], reverse=True):
        last.setdefault(one.idea_id, one)
    query = select(Idea).where(Idea.id.in_(list(last)), Idea.kind == "need", Idea.is_private.is_(False))
    needs = {need.id: need for need in db.session.scalars(query) if need.is_published and not need.is_gap}
    return [one._replace(need=needs[one.idea_id]) for one in last.values() if one.idea_id in needs][:number]


def _read_lines() -> Iterator[Exit]:
    query = select(Entry).where(Entry.kind.in_(ACTS), Entry.is_private.is_(False), Entry.idea_id.is_not(None))
    for line in db.session.scalars(query.order_by(Entry.id.desc()).limit(LOOK)):
        act = "link" if line.kind == "link" else line.facts["status"]
        if line.facts.get("state") == "accepted" or act in CLOSED:
            yield Exit(line.at, line.idea_id or 0, act, line.reason)


def _read_merges() -> Iterator[Exit]:
    query = select(Merge).where(Merge.parted_at.is_(None)).order_by(Merge.id.desc()).limit(LOOK)
    for merge in db.session.scalars(query):
        yield Exit(merge.at, merge.idea_id, "merge", merge.reason)
