"""The needs that wait for an action of the plan, the oldest first, and those that wait no more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from app.core.actor import ANYONE
from app.core.db import db
from app.core.paging import Page
from app.ideas.indexes import IS_GAP, IS_MOVE
from app.ideas.models import CLOSED, IN_PLAN, Idea, StatusChange
from app.ideas.queries import lists, place_counts
from app.ideas.queries.lists import NO_FILTERS, Filters
from app.ideas.queries.rows import IdeaRow
from app.journal.models import Entry
from app.moderation.merges.models import Merge
from app.plan.models.structure import Action
from app.plan.queries import actions
from app.reference import spots

LOOK = 300
"""Among how many of the last lines of the journal, and of the last merges, those that wait no more are looked for."""
ACTS = ("link", "status", "kind")
"""The kinds of the lines that may take a need out of those that wait; a line on a merge names no idea."""


@dataclass(frozen=True)
class Gap:
    """A need that waits, since `need.published_at`; `last` is the last step that its author or its team took."""

    need: IdeaRow
    last: StatusChange | None


class Exit(NamedTuple):
    """A need that waits no more, and the act that took it out: a `link`, a `merge`, a change of `kind`, or a step.

    A step is named by its status. `action` is that of a link, where everybody reads it.
    """

    at: datetime
    idea_id: int
    act: str
    reason: str
    action_id: int | None = None
    need: Idea | None = None
    action: Action | None = None


@dataclass(frozen=True)
class Moves:
    """How many needs wait, how many of them came in a time, and how many left in it."""

    waiting: int
    came: int
    left: int


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


def list_exits(number: int, filters: Filters = NO_FILTERS, *, since: datetime | None = None) -> list[Exit]:
    """Return the last needs that were waiting and wait no more, each once, the last to go first.

    A need that waits again is none of them, nor is one that nobody reads any more.
    """
    last: dict[int, Exit] = {}
    for one in sorted([*_read_lines(since), *_read_merges(since)], key=lambda one: one[:2], reverse=True):
        last.setdefault(one.idea_id, one)
    needs = _get_needs(last, filters)
    found = [one._replace(need=needs[one.idea_id]) for one in last.values() if one.idea_id in needs]
    return _name_actions([one for one in found if _is_out(one)][:number])


def _read_lines(since: datetime | None) -> Iterator[Exit]:
    columns = Entry.at, Entry.idea_id, Entry.kind, Entry.reason, Entry.facts
    query = select(*columns).where(Entry.kind.in_(ACTS), Entry.is_private.is_(False), Entry.idea_id.is_not(None))
    query = query.where(Entry.at >= since) if since else query
    for at, idea_id, kind, reason, facts in db.session.execute(query.order_by(Entry.id.desc()).limit(LOOK)):
        act = facts["status"] if kind == "status" else kind
        if facts.get("state") == "accepted" or act in CLOSED or facts.get("from") == "need":
            yield Exit(at, idea_id, act, reason, facts.get("action"))


def _read_merges(since: datetime | None) -> Iterator[Exit]:
    query = select(Merge).where(Merge.parted_at.is_(None))
    query = query.where(Merge.at >= since) if since else query
    for merge in db.session.scalars(query.order_by(Merge.id.desc()).limit(LOOK)):
        yield Exit(merge.at, merge.idea_id, "merge", merge.reason)


def _get_needs(exits: Mapping[int, Exit], filters: Filters) -> dict[int, Idea]:
    """Return, of what was or is a need, what everybody reads under these filters; merged ones too."""
    query = lists.select_ideas().where(Idea.id.in_(list(exits)), Idea.is_private.is_(False), *filters.tests())
    return {need.id: need for need in db.session.scalars(query) if need.is_published} if exits else {}


def _is_out(one: Exit) -> bool:
    need = one.need
    return need is not None and not need.is_gap and (need.kind == "need") != (one.act == "kind")


def _name_actions(exits: list[Exit]) -> list[Exit]:
    ids = {one.action_id for one in exits if one.action_id}
    found = actions.get_actions(ANYONE, ids, ()) if ids else {}
    return [one._replace(action=found.get(one.action_id or 0)) for one in exits]


def count_moves(filters: Filters, since: datetime) -> Moves:
    """Count what waits under these filters, what came since a moment to wait, and what waits no more.

    What came was published since, or went back from the plan or from a closed status. A need that waits because
    another plan became the current one came by no act of its own, and is in the first number alone.
    """
    said = place_counts.count_places(filters).at(spots.ALL)
    tests = [IS_GAP, *filters.tests(), or_(Idea.published_at >= since, Idea.id.in_(_select_back(since)))]
    came = db.session.scalar(select(func.count(Idea.id)).where(*tests)) or 0
    return Moves(said.waiting if said else 0, came, len(list_exits(LOOK, filters, since=since)))


def _select_back(since: datetime) -> Select[tuple[int]]:
    """Select the ideas that made a step since a moment, from the plan or from a closed status."""
    before = aliased(StatusChange)
    former = select(before.status).where(before.idea_id == StatusChange.idea_id, before.id < StatusChange.id)
    former = former.order_by(before.id.desc()).limit(1).correlate(StatusChange)
    was_out = former.scalar_subquery().in_([*IN_PLAN, *CLOSED])
    return select(StatusChange.idea_id).where(IS_MOVE, StatusChange.at >= since, was_out)
