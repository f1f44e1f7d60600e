"""The needs that wait for an action of the current plan, the oldest first, and those that wait no more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from app.core.actor import ANYONE
from app.core.db import db
from app.core.paging import Page
from app.ideas.models import CLOSED, Idea, StatusChange
from app.ideas.queries import lists
from app.ideas.queries.lists import Filters
from app.ideas.queries.rows import IdeaRow
from app.journal.models import Entry

LOOK = 1_000
"""Among how many of the last lines of the journal the needs that wait no more are looked for."""
ACTS = ("link", "status", "merge")
"""The kinds of the lines that take a need out of those that wait."""


@dataclass(frozen=True)
class Gap:
    """A need that waits, since `need.published_at`; `last` is the last step that its author or its team took."""

    need: IdeaRow
    last: StatusChange | None


@dataclass(frozen=True)
class Exit:
    """A need that waits no more, and the line of the journal that says by which act, with its reason."""

    need: Idea
    line: Entry


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
    lines = db.session.scalars(
        select(Entry).where(Entry.kind.in_(ACTS), Entry.is_private.is_(False)).order_by(Entry.id.desc()).limit(LOOK)
    )
    last: dict[int, Entry] = {}
    for line in lines:
        if line.idea_id and _takes_out(line):
            last.setdefault(line.idea_id, line)
    query = select(Idea).where(Idea.id.in_(list(last)), Idea.kind == "need", Idea.is_private.is_(False))
    needs = {need.id: need for need in db.session.scalars(query) if need.is_published and not need.is_gap}
    return [Exit(needs[idea_id], line) for idea_id, line in last.items() if idea_id in needs][:number]


def _takes_out(line: Entry) -> bool:
    """Tell whether a line says that a need was tied to an action, answered so that it waits no more, or merged."""
    if line.kind == "link":
        return line.facts["state"] == "accepted"
    return line.kind == "merge" or line.facts["status"] in CLOSED
