"""Compare every counter with its recount, every copied flag with its source, and put them right when asked."""
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, false, func, select, update
from sqlalchemy.orm import aliased

from app.accounts.models.people import User
from app.comments.models import Comment, Thread, Useful
from app.communities.models import Community
from app.core.db import db, run
from app.core.unit import command
from app.ideas import counting
from app.ideas.models import Idea, Revision
from app.ideas.queries.facet_rows import Facets
from app.measures.models import Measure
from app.updates.models import Update
from app.votes.models import Vote


@dataclass(frozen=True)
class Counter:
    """A column, and the statement that counts again what it says."""

    model: Any
    column: str
    recount: Any

    @property
    def name(self) -> str:
        return f"{self.model.__tablename__}.{self.column}"


@dataclass(frozen=True)
class Difference:
    """What is kept and what was counted: numbers, or the values under which an idea is counted.

    `id` is that of the row, or says which ideas a count of facets is of.
    """

    counter: str
    id: int | str
    kept: int | str
    counted: int | str


def counters() -> list[Counter]:
    """Return every counter of the platform; one that is added is added here."""
    return [
        Counter(Thread, "comments_count", _visible_comments(Thread.id)),
        Counter(Idea, "comments_count", _visible_comments(Idea.thread_id)),
        Counter(Update, "comments_count", _visible_comments(Update.thread_id)),
        Counter(Idea, "votes_count", _count(Vote.idea_id, Idea.id)),
        Counter(Idea, "revisions_count", _count(Revision.idea_id, Idea.id)),
        Counter(Comment, "useful_count", _count(Useful.comment_id, Comment.id)),
        Counter(User, "admitted_count", _admissions()),
        *(Counter(model, "is_private", _is_private(model)) for model in (Idea, Thread, Update)),
    ]


def _count(column: Any, key: Any) -> ScalarSelect[int]:
    return select(func.count()).where(column == key).correlate(key.class_).scalar_subquery()


def _visible_comments(key: Any) -> ScalarSelect[int]:
    """Count what the public reads: the rule of `Comment.is_visible`."""
    query = select(func.count()).where(Comment.thread_id == key, Comment.status == "published", Comment.in_sight())
    return query.correlate(key.class_).scalar_subquery()


def _admissions() -> ScalarSelect[int]:
    """Count what the teams let appear of an account, and did not take back within the minute."""
    undoing = aliased(Measure)
    query = select(func.count()).select_from(Measure).outerjoin(Idea, Idea.id == Measure.idea_id)
    query = query.outerjoin(Comment, Comment.id == Measure.comment_id)
    author = func.coalesce(Idea.author_id, Comment.author_id, Measure.user_id)
    query = query.where(Measure.kind.in_(("publish", "publish_change")), author == User.id,
                        ~select(undoing.id).where(undoing.undoes_id == Measure.id).exists())
    return query.correlate(User).scalar_subquery()


def _is_private(model: Any) -> Any:
    """Ask the community that leads a content whether it is private."""
    lead = select(Community.is_private).where(Community.id == model.community_id).correlate(model).scalar_subquery()
    return func.coalesce(lead, false())


def differences() -> list[Difference]:
    """Return every counter that differs from its recount."""
    return [*(Difference(counter.name, *row) for counter in counters() for row in _wrong(counter)), *_facets()]


def _facets() -> Iterator[Difference]:
    for idea_id, kept, true in counting.list_wrong():
        yield Difference("idea_facets.codes", idea_id, _words(kept), _words(true))
    for (with_axis, with_value, axis, value), n, counted in counting.list_wrong_counts():
        yield Difference("facet_counts.n", f"{axis}:{value} with {with_axis}:{with_value}", n, counted)


def _words(facets: Facets | None) -> str:
    if facets is None:
        return "in no list"
    is_private, codes = facets
    return " ".join(["private"] * is_private + sorted(codes))


def _wrong(counter: Counter) -> list[Any]:
    column = getattr(counter.model, counter.column)
    rows = select(counter.model.id.label("id"), column.label("kept"), counter.recount.label("counted")).subquery()
    query = select(rows.c.id, rows.c.kept, rows.c.counted).where(rows.c.kept != rows.c.counted)
    return [tuple(row) for row in db.session.execute(query.order_by(rows.c.id))]


@command
def repair() -> list[Difference]:
    """Put every wrong counter right; return what was wrong."""
    repaired_differences = differences()
    for counter in counters():
        is_wrong = getattr(counter.model, counter.column) != counter.recount
        run(update(counter.model).where(is_wrong).values({counter.column: counter.recount})
            .execution_options(synchronize_session=False))
    counting.repair()
    return repaired_differences
