"""The needs that wait for an action of the plan, the oldest first, and those that wait no more."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true, union_all
from sqlalchemy.orm import aliased

from app.core.actor import ANYONE
from app.core.db import constant, db
from app.core.paging import Page
from app.ideas.indexes import IS_GAP, IS_MOVE
from app.ideas.models import CLOSED, IN_PLAN, Idea, StatusChange
from app.ideas.queries import lists, place_counts
from app.ideas.queries.lists import NO_FILTERS, Filters
from app.ideas.queries.rows import IdeaRow
from app.journal.models import Entry
from app.moderation.merges.models import Merge
from app.plan.models.links import Link
from app.plan.models.structure import Action
from app.plan.queries import actions, ties
from app.reference import extents

LOOK = 100
"""Among how many of the last lines of each kind, and of the last merges, those that wait no more are looked for."""
ACTS = ("link", "status", "kind")
"""The kinds of the lines that may take a need out of those that wait; a line on a merge names no idea."""


@dataclass(frozen=True)
class Gap:
    """A need that waits, since `need.published_at`; `last` is the last step that its author or its team took."""

    need: IdeaRow
    last: StatusChange | None


class Exit(NamedTuple):
    """A need that waits no more, and the act that took it out: a `link`, a `merge`, a change of `kind`, or a step.

    A step is named by its status. By a merge, what was linked may be `joined` to a need, which its link answers from
    then on. `action` is that of the link, where everybody reads it.
    """

    at: datetime
    idea_id: int
    act: str
    reason: str
    action_id: int | None = None
    need: Idea | None = None
    action: Action | None = None


class Answer(NamedTuple):
    """An action that answers a need since a moment: by a link of its own, or when what has one was `joined` to it."""

    at: datetime
    action_id: int
    is_joined: bool


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


def list_exits(number: int, filters: Filters = NO_FILTERS) -> list[Exit]:
    """Return the last needs that were waiting and wait no more, each once, the last to go first.

    A need that waits again is none of them, nor is one that nobody reads any more.
    """
    return _name_actions(_find_exits(filters)[:number])


def _find_exits(filters: Filters, since: datetime | None = None) -> list[Exit]:
    """Return the exits since a moment, or else those among the last lines, the last first."""
    acts = sorted([*_read_lines(since), *_read_merges(since)], key=lambda one: one[:2], reverse=True)
    ids = {one.idea_id for one in acts}
    needs, answers, found = _get_needs(ids, filters), _get_answers(ids), dict[int, Exit]()
    for one in acts:
        need = needs.get(one.idea_id)
        answer = answers.get(one.idea_id)
        if need and one.idea_id not in found and _is_why(one, need, answer):
            action_id = answer.action_id if answer and one.act in ("link", "joined") else None
            found[need.id] = one._replace(need=need, action_id=action_id)
    return list(found.values())


def _read_lines(since: datetime | None) -> Iterator[Exit]:
    """Yield what the lines of each kind say, each kind along its index."""
    columns = Entry.at, Entry.idea_id, Entry.kind, Entry.reason, Entry.facts
    tests: list[ColumnElement[bool]] = [Entry.is_private.is_(False), Entry.idea_id.is_not(None)]
    if since:
        tests.append(Entry.id >= select(func.min(Entry.id)).where(Entry.at >= since).scalar_subquery())
    walks = [
        select(*columns).where(Entry.kind == kind, *tests).order_by(Entry.id.desc()).limit(None if since else LOOK)
        for kind in map(constant, ACTS)
    ]
    for at, idea_id, kind, reason, facts in db.session.execute(union_all(*(select(one.subquery()) for one in walks))):
        act = facts["status"] if kind == "status" else kind
        if facts.get("state") == "accepted" or act in CLOSED or facts.get("from") == "need":
            yield Exit(at, idea_id, act, reason, facts.get("action"))


def _read_merges(since: datetime | None) -> Iterator[Exit]:
    query = select(Merge).where(Merge.parted_at.is_(None))
    query = query.where(Merge.at >= since) if since else query.limit(LOOK)
    for merge in db.session.scalars(query.order_by(Merge.id.desc())):
        yield Exit(merge.at, merge.idea_id, "merge", merge.reason)
        yield Exit(merge.at, merge.into_id, "joined", merge.reason)


def _get_needs(ids: Collection[int], filters: Filters) -> dict[int, Idea]:
    """Return, of what was or is a need, what everybody reads under these filters; merged ones too."""
    query = lists.select_ideas().where(Idea.id.in_(ids), Idea.is_private.is_(False), *filters.tests())
    return {need.id: need for need in db.session.scalars(query) if need.is_published} if ids else {}


def _get_answers(ids: Collection[int]) -> dict[int, Answer]:
    """Return, of each of these needs, what has answered it for the longest."""
    tied = ties.select_tied().where(or_(Idea.id.in_(ids), Idea.merged_into.in_(ids)))
    joined = tied.join(Merge, and_(Merge.idea_id == Idea.id, Merge.parted_at.is_(None)))
    queries = (
        tied.with_only_columns(Idea.id, Link.answered_at, Link.action_id, false()),
        joined.with_only_columns(Merge.into_id, Merge.at, Link.action_id, true()),
    )
    found: dict[int, Answer] = {}
    for need_id, *facts in db.session.execute(union_all(*queries)) if ids else ():
        answer = Answer(*facts)
        found[need_id] = min(answer, found.get(need_id, answer))
    return found


def _is_why(one: Exit, need: Idea, answer: Answer | None) -> bool:
    """Tell whether a need waits no more by this act."""
    if need.is_gap:
        return False
    if need.kind != "need":
        return one.act == "kind"
    if answer and (need.is_merged or need.is_tied):
        joined, linked = ("joined", answer.at), ("link", answer.action_id)
        return (one.act, one.at) == joined if answer.is_joined else (one.act, one.action_id) == linked
    return one.act == ("merge" if need.is_merged else need.status)


def _name_actions(exits: list[Exit]) -> list[Exit]:
    ids = {one.action_id for one in exits if one.action_id}
    found = actions.get_actions(ANYONE, ids, ()) if ids else {}
    return [one._replace(action=found.get(one.action_id or 0)) for one in exits]


def count_moves(filters: Filters, since: datetime) -> Moves:
    """Count what waits under these filters, what came since a moment to wait, and what waits no more.

    What came was published since, or came back to wait by an act. A need that waits because another plan became the
    current one came by no act of its own, and is in the first number alone.
    """
    said, exits = place_counts.count_places(filters).at(extents.ALL), _find_exits(filters, since)
    is_new = or_(Idea.published_at >= since, *map(Idea.id.in_, _select_back(since)))
    came = db.session.scalar(select(func.count(Idea.id)).where(IS_GAP, *filters.tests(), is_new)) or 0
    at_once = [one for one in exits if one.need and one.need.published_at and one.need.published_at >= since]
    return Moves(said.waiting if said else 0, came + len(at_once), len(exits))


def _select_back(since: datetime) -> Iterator[Select[Any]]:
    """Yield the ideas that may wait again since a moment: by a step, since they were parted, as they became needs.

    Before it they were in the plan or closed, joined to another, or had the link of what was joined to them.
    """
    before = aliased(StatusChange)
    former = select(before.status).where(before.idea_id == StatusChange.idea_id, before.at < since)
    former = former.order_by(before.id.desc()).limit(1).correlate(StatusChange)
    was_out = former.scalar_subquery().in_([*IN_PLAN, *CLOSED])
    yield select(StatusChange.idea_id).where(IS_MOVE, StatusChange.at >= since, was_out)
    is_parted = Merge.at < since, Merge.parted_at >= since
    yield select(Merge.idea_id).where(*is_parted)
    parted = aliased(Idea)
    yield select(Merge.into_id).join(parted, parted.id == Merge.idea_id).where(*is_parted, parted.is_tied)
    yield select(Entry.idea_id).where(Entry.kind == "kind", Entry.at >= since)
