"""Many ideas at once: filters, sorts and pages of what is public."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, defer

from app.communities.cached_statements import MOST
from app.communities.queries import get_visible_rooms
from app.core import dialect
from app.core.actor import Actor
from app.core.db import db
from app.core.paging import SIZE, Order, Page, format_cursor, page_of, parse_cursor
from app.ideas.indexes import IS_GAP, IS_MOVE, IS_OPEN_NEED, IS_QUIET
from app.ideas.models import OPEN, Idea, IdeaCommunity, IdeaIssue, IdeaTag, IdeaTerritory, StatusChange
from app.ideas.queries import index_walks, word_search
from app.ideas.queries.course import ANY_COURSE, Course
from app.ideas.queries.facet_counts import get_counts
from app.ideas.queries.index_walks import Ids, IndexWalk, Tests
from app.ideas.queries.reading import in_public, is_public, with_author
from app.ideas.queries.rows import IdeaRow, get_rows, select_among, select_rows
from app.ideas.queries.word_search import WordSearch
from app.search.query.parser import Query

SORTS = {
    "recent": (Order(Idea.published_at, Idea.thread_id), "published_at", datetime),
    "supported": (Order(Idea.votes_count, Idea.thread_id), "votes_count", int),
    "discussed": (Order(Idea.comments_count, Idea.thread_id), "comments_count", int),
    "least_discussed": (
        Order(Idea.comments_count, Idea.thread_id, descending=False, id_descending=False),
        "comments_count",
        int,
    ),
    "oldest": (
        Order(Idea.published_at, Idea.thread_id, descending=False, id_descending=False),
        "published_at",
        datetime,
    ),
}
AXES = ("community", "issue", "territory", "kind", "status", "tag", "gap")
TABLES: dict[str, Any] = {
    "community": IdeaCommunity.community_id,
    "issue": IdeaIssue.issue_id,
    "territory": IdeaTerritory.territory_id,
    "tag": IdeaTag.tag_id,
}
COLUMNS: dict[str, Any] = {"kind": Idea.kind, "status": Idea.status, "author": Idea.author_id}
WORDS = "words"
NO_WORDS = Query()
# A walk goes so many times as far as it should take.
MARGIN = 4
# An idea that is gathered is read in the table, and costs as much as so many that are walked along an index.
WEIGHT = 4


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; ids for the axes, a query for the words. Empty means all.

    `gap` has one value, "1": the needs that wait for an action of the current plan. `course` is what figures count.
    `is_placeless`: what names no place.
    `inside` are the private communities that were asked for by somebody who sees them: without one, lists and counts
    hold what is public, to everybody.
    """

    community: tuple[int, ...] = ()
    issue: tuple[int, ...] = ()
    territory: tuple[int, ...] = ()
    kind: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    tag: tuple[int, ...] = ()
    gap: tuple[str, ...] = ()
    words: Query = NO_WORDS
    author: int | None = None
    course: Course = ANY_COURSE
    inside: tuple[int, ...] = ()
    is_placeless: bool = False

    def seen_by(self, actor: Actor) -> "Filters":
        """Open the private communities that are asked for to those who see them, and to nobody else."""
        rooms = get_visible_rooms(actor).by_id if self.community else {}
        return replace(self, inside=tuple(n for n in self.community if n in rooms and rooms[n].is_private))

    def without(self, axis: str) -> "Filters":
        return replace(self, **{axis: getattr(NO_FILTERS, axis)})

    def only(self, axis: str) -> "Filters":
        return Filters(**{axis: getattr(self, axis)}, inside=self.inside)

    def axes(self) -> list[str]:
        """Name what the list is narrowed by, without its words."""
        return [axis for axis in (*AXES, "course", "author") if getattr(self, axis)]

    @property
    def found(self) -> WordSearch:
        """The words, as the index is asked for them."""
        return word_search.prepare_search(self.words, self.inside)

    def tests(self) -> list[ColumnElement[bool]]:
        """Return what must hold of an idea that may be listed, to be asked of one that something else finds."""
        beside = {"issue": self.issue, "territory": self.territory, "tag": self.tag}
        clauses = [_probe(TABLES[axis], ids) for axis, ids in beside.items() if ids]
        read = dialect.unindexed
        if self.community:
            in_lead = read(Idea.community_id).in_(self.community)
            clauses.append(or_(in_lead, _probe(TABLES["community"], self.community)))
        if self.kind:
            clauses.append(read(Idea.kind).in_(self.kind))
        if self.status:
            clauses.append(read(Idea.status).in_(self.status))
        if self.gap:
            clauses += [IS_OPEN_NEED, read(Idea.is_tied).is_(False), read(Idea.is_private).is_(False)]
        if self.author:
            clauses.append(read(Idea.author_id) == self.author)
        if self.is_placeless:
            clauses.append(~dialect.has_row(select(IdeaTerritory.idea_id).where(IdeaTerritory.idea_id == Idea.id)))
        clauses += self.course.tests()
        return [*clauses, word_search.has_words(self.found)] if self.words else clauses

    def source(self, axis: str) -> Ids:
        """Select the ideas that one axis leaves, or the words, from an index that holds them together."""
        if axis == WORDS:
            return word_search.select_ids(self.found)
        if axis == "gap":
            return select(Idea.id).where(IS_GAP)
        if axis == "course":
            return self.course.source()
        if axis in COLUMNS:
            values = [self.author] if axis == "author" else getattr(self, axis)
            return select(Idea.id).where(in_public(), COLUMNS[axis].in_(values))
        column = TABLES[axis]
        others = select(column.class_.idea_id).where(column.in_(getattr(self, axis)))
        if axis != "community":
            return others
        either = others.union_all(select(Idea.id).where(is_public(), Idea.community_id.in_(self.community))).subquery()
        return select(either.c.idea_id)


NO_FILTERS = Filters()


def _probe(column: InstrumentedAttribute[int], ids: Sequence[int]) -> ColumnElement[bool]:
    """Match the ideas that have one of these values, as a test of each idea (EXISTS), not as a search."""
    table = column.class_
    return dialect.has_row(select(table.idea_id).where(table.idea_id == Idea.id, column.in_(ids)))


def estimate_number(filters: Filters) -> float:
    """Return about how many ideas the filters leave, as if each had nothing to do with another.

    It is counted for the public's lists, words by the index. What has no count of its own has few ideas.
    """
    counts = get_counts()
    total = counts["all"]
    number = float(filters.found.number) if filters.words else float(total)
    if filters.course:
        number *= filters.course.estimate() / max(total, 1)
    for axis in filters.without("course").axes():
        values = () if axis == "author" else getattr(filters, axis)
        number *= min(sum(counts.get(f"{axis}:{value}", 0) for value in values) / max(total, 1), 1)
    return number


@cache
def select_ideas() -> Select[tuple[Idea]]:
    """Select ideas with who wrote them, without their texts."""
    return select(Idea).options(*with_author(), defer(Idea.body, raiseload=True), defer(Idea.body_html, raiseload=True))


def list_ideas(
    actor: Actor, filters: Filters, *, sort: str = "recent", after: str = "", size: int = SIZE
) -> Page[IdeaRow]:
    """Return one page of a list; `after` is the cursor that the page before gave. Raise NotFound for a broken one.

    It looks at `index_walks.LOOK` ideas at the most; a page that these do not fill is short, and goes on from the last.
    """
    order, value, kind = SORTS[sort]
    walk = IndexWalk(order, parse_cursor(after, kind) if after else None)
    found, last = _find(filters.seen_by(actor), walk, size + 1)
    page = page_of(found, value, number="thread_id", size=size, is_first=not after)
    return replace(page, next=format_cursor(*last), is_short=True) if last else page


def _find(filters: Filters, walk: IndexWalk, number: int) -> tuple[Sequence[IdeaRow], Any]:
    """Return the first ideas, and the cursor of the last one looked at where more may follow."""
    along = _axis_in_order(filters, walk.order)
    if along:
        values = getattr(filters, along)
        walk = replace(walk, along=(COLUMNS[along], values if along == "author" else values[0]))
    if filters.gap and walk.order is SORTS["oldest"][0]:
        walk = replace(walk, part=IS_GAP)
    elif filters.course.published and walk.order.column is Idea.published_at:
        walk = replace(walk, part=and_(walk.part, *filters.course.between()))
    tests = (filters.without(along) if along else filters).tests()
    if not tests:
        return get_rows(_select_along(walk, number)), None
    narrowed = [*filters.axes(), *([WORDS] if filters.words else [])]
    sizes = {axis: estimate_number(filters.only(axis)) for axis in narrowed}
    rarest = min(sizes, key=sizes.__getitem__, default="")
    fewest = sizes.get(rarest, math.inf)
    length = number * get_counts()["all"] / max(estimate_number(filters), 1)
    if filters.inside or fewest <= min(index_walks.LOOK, length / WEIGHT):
        return _gather(filters, "community" if filters.inside else rarest, walk, number), None
    return _walk(filters, walk, number, tests=tests, length=length, few=rarest if fewest <= index_walks.LOOK else "")


@lru_cache(maxsize=MOST)
def _select_along(walk: IndexWalk, number: int) -> Select[Any]:
    return walk.follow(select_rows().where(in_public())).limit(number)


def _walk(
    filters: Filters,
    walk: IndexWalk,
    number: int,
    *,
    tests: Tests,
    length: float,
    few: str,
) -> tuple[Sequence[IdeaRow], Any]:
    """Do as `_find` does by a walk of this length or so; where it is not enough, gather the axis `few`, if any."""
    limit = min(index_walks.LOOK, math.ceil(MARGIN * length))
    found = _read(walk.first(tests, number, limit=limit), walk.order)
    if len(found) == number or get_counts()["all"] <= limit:
        return found, None
    if few:
        return _gather(filters, few, walk, number), None
    if limit < index_walks.LOOK:
        found = _read(walk.first(tests, number, limit=index_walks.LOOK), walk.order)
    return found, walk.last() if len(found) < number else None


def _axis_in_order(filters: Filters, order: Order) -> str:
    """Name the axis of one value whose ideas lie in this order in an index of their own; an empty text without one."""
    axes = [axis for axis in ("status", "kind") if len(getattr(filters, axis)) == 1]
    axes = ["author"] if filters.author else axes
    return axes[0] if axes and order is SORTS["recent"][0] and not filters.course.published else ""


def _gather(filters: Filters, axis: str, walk: IndexWalk, number: int) -> Sequence[IdeaRow]:
    tests = [in_public(filters.inside), *filters.without(axis).tests()]
    return _read(
        index_walks.select_filtered(filters.source(axis), replace(walk, along=None), tests, number), walk.order
    )


def _read(ids: Ids, order: Order) -> Sequence[IdeaRow]:
    return get_rows(select_among(ids, order))


def list_for_home(new_count: int, waiting_count: int) -> tuple[list[IdeaRow], list[IdeaRow]]:
    """Return, in one query, the latest ideas and the latest of those that wait for feedback; none is in both."""
    found = get_rows(_select_for_home(new_count, waiting_count))
    waiting = [idea for idea in found if idea.comments_count == 0 and idea.status in OPEN][:waiting_count]
    return [idea for idea in found if idea not in waiting][:new_count], waiting


@cache
def _select_for_home(new_count: int, waiting_count: int) -> Select[Any]:
    order = SORTS["recent"][0]
    new = order.apply(select(Idea.id).where(in_public())).limit(new_count + waiting_count)
    silent = order.apply(select(Idea.id, Idea.status.in_(OPEN).label("is_open")).where(IS_QUIET))
    seen = silent.limit(index_walks.LOOK).subquery()
    quiet = select(seen.c.id).where(seen.c.is_open).limit(waiting_count)
    both = union_all(new.subquery().select(), quiet.subquery().select()).subquery()
    return select_among(select(both.c.id), order)


def list_last_steps(limit: int, *, by_hand: bool = False) -> Sequence[tuple[StatusChange, Idea]]:
    """Return the last steps that public ideas made after their publication, with the idea.

    `by_hand` leaves out those that derive from an action of the plan.
    """
    return [(step, idea) for step, idea in db.session.execute(_select_moves(limit, by_hand))]


@cache
def _select_moves(limit: int, by_hand: bool) -> Select[tuple[StatusChange, Idea]]:
    newest = StatusChange.at.desc(), StatusChange.id.desc()
    is_listed = select(Idea.id).where(Idea.id == StatusChange.idea_id, in_public()).limit(1).scalar_subquery()
    passes = and_(is_listed.is_not(None), StatusChange.action_id.is_(None)) if by_hand else is_listed.is_not(None)
    steps = select(StatusChange.id, passes.label("passes")).where(IS_MOVE)
    seen = steps.order_by(*newest).limit(index_walks.LOOK).subquery()
    last = select(seen.c.id).where(seen.c.passes).limit(limit)
    query = select(StatusChange, Idea).join(Idea, Idea.id == StatusChange.idea_id)
    query = query.where(dialect.among(StatusChange.id, last)).order_by(*newest)
    return query.options(defer(Idea.body, raiseload=True), defer(Idea.body_html, raiseload=True))


def without_community() -> ColumnElement[bool]:
    """Match the public ideas that no community leads."""
    return and_(in_public(), Idea.community_id.is_(None))
