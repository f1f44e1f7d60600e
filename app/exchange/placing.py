"""Find where imported comments go (their idea, what they answer), and write them there."""
from typing import Any, NamedTuple

from sqlalchemy import func, select, tuple_, update

from app.comments import service as comments
from app.comments.models import Comment, Thread
from app.comments.signals import CommentsCounted
from app.core.db import db, run
from app.core.signals import tell
from app.core.unit import command
from app.exchange import authors, html
from app.exchange.ideas import Key
from app.exchange.lines import Line
from app.exchange.report import Report
from app.ideas.models import Idea


class Given(NamedTuple):
    """What a row says, checked; `columns` are those of the comment that need no look-up."""

    line: Line
    id: str
    idea_id: str
    parent_id: str | None
    author: str
    body: str
    columns: dict[str, Any]


class Place(NamedTuple):
    """Where a comment goes; `thread_id` is None in a dry run on an idea that would be added."""

    source: str
    idea_id: str
    thread_id: int | None


class Placed(NamedTuple):
    given: Given
    place: Place


class Placer:
    """Take batches of comments on the ideas of an import."""

    def __init__(self, ideas: set[Key], report: Report, *, dry_run: bool):
        self.ideas, self.report, self.dry_run = ideas, report, dry_run
        self.sources = sorted({source for source, _id in ideas})
        self.would_be: dict[Key, Place] = {}

    def take(self, batch: list[Given]) -> list[Given]:
        """Write what can be; return the rows whose parent is not there yet."""
        ready, late = self._with_parent(self._new(self._placed(batch)))
        if self.dry_run:
            self.would_be |= {(one.place.source, one.given.id): one.place for one in ready}
            self.report.added += len(ready)
        else:
            self.report.added += _add([_render(one) for one in ready]) if ready else 0
        return late

    def _placed(self, batch: list[Given]) -> list[Placed]:
        places = self._places({one.idea_id for one in batch})
        placed = []
        for one in batch:
            found = places.get(one.idea_id, [])
            if len(found) == 1:
                placed.append(Placed(one, found[0]))
            else:
                why = "is in several sources" if found else "is not known"
                self.report.refuse(one.line.number, f"idea_id {one.idea_id} {why}")
        return placed

    def _places(self, ids: set[str]) -> dict[str, list[Place]]:
        rows = db.session.execute(
            select(Idea.source, Idea.source_id, Idea.thread_id)
            .where(Idea.source.in_(self.sources), Idea.source_id.in_(ids))).all()
        threads = {(source, source_id): thread_id for source, source_id, thread_id in rows}
        keys = [(source, name) for name in ids for source in self.sources if (source, name) in self.ideas]
        places: dict[str, list[Place]] = {}
        for key in keys:
            if key in threads or self.dry_run:
                places.setdefault(key[1], []).append(Place(*key, threads.get(key)))
        return places

    def _new(self, placed: list[Placed]) -> list[Placed]:
        known = _rows([(one.place.source, one.given.id) for one in placed])
        self.report.known += len(known)
        return [one for one in placed if (one.place.source, one.given.id) not in known]

    def _with_parent(self, placed: list[Placed]) -> tuple[list[Placed], list[Given]]:
        """Part the comments whose parent (if they have one) is there from those that come too early."""
        asked = [(one.place.source, one.given.parent_id) for one in placed if one.given.parent_id]
        threads = {key: parent.thread_id for key, parent in _rows(asked).items()}
        here = dict(self.would_be)
        ready, late = [], []
        for one in placed:
            key = (one.place.source, one.given.parent_id or "")
            if one.given.parent_id and key not in threads and key not in here:
                late.append(one.given)
            elif one.given.parent_id and not _is_beside(one.place, here.get(key), threads.get(key)):
                self.report.refuse(one.given.line.number, f"parent_id {one.given.parent_id} is on another idea")
            else:
                ready.append(one)
                here[one.place.source, one.given.id] = one.place
        return ready, late


def _is_beside(place: Place, parent: Place | None, parent_thread: int | None) -> bool:
    """Tell whether the parent, of this file or here already, is in the thread where the answer goes."""
    return place == parent if parent else place.thread_id == parent_thread


def _rows(keys: list[tuple[str, Any]]) -> dict[Key, Comment]:
    """Return the comments of these (source, id) that are here already."""
    if not keys:
        return {}
    rows = db.session.scalars(select(Comment).where(tuple_(Comment.source, Comment.source_id).in_(keys)))
    return {(row.source or "", row.source_id or ""): row for row in rows}


@command
def _add(placed: list[Placed]) -> int:
    """Write a batch, all of it or none, and count its threads again."""
    written = _rows([(one.place.source, one.given.id) for one in placed])
    placed = [one for one in placed if (one.place.source, one.given.id) not in written]
    written = _rows([(one.place.source, one.given.parent_id) for one in placed if one.given.parent_id])
    people = authors.find_or_add([(one.place.source, one.given.author) for one in placed])
    for one in placed:
        parent = written[one.place.source, one.given.parent_id] if one.given.parent_id else None
        comment = _comment(one, people[one.place.source, one.given.author], parent)
        db.session.add(comment)
        written[one.place.source, one.given.id] = comment
    db.session.flush()
    _count({one.place.thread_id for one in placed})
    return len(placed)


def _render(one: Placed) -> Placed:
    """Turn the body into Markdown and HTML: slow, so before the write."""
    body = html.text_to_markdown(one.given.body)
    return one._replace(given=one.given._replace(columns=one.given.columns | comments.texts(body)))


def _comment(one: Placed, author_id: int, parent: Comment | None) -> Comment:
    place = {}
    if parent is not None:
        if parent in db.session.new:
            db.session.flush()
        place = {"parent_id": parent.id, "root_id": parent.root_id or parent.id, "depth": parent.depth + 1}
    return Comment(
        thread_id=one.place.thread_id, source=one.place.source, imported_author_id=author_id, **one.given.columns,
        **place)


def _count(thread_ids: set[int | None]) -> None:
    """Count the public comments of these threads again, and let their subjects know."""
    visible = select(func.count()).where(
        Comment.thread_id == Thread.id, Comment.status == "published", Comment.in_sight())
    statement = update(Thread).where(Thread.id.in_(thread_ids)).values(comments_count=visible.scalar_subquery())
    run(statement.execution_options(synchronize_session=False))
    counts = select(Thread.id, Thread.comments_count).where(Thread.id.in_(thread_ids))
    for thread_id, count in db.session.execute(counts).tuples().all():
        tell(CommentsCounted(thread_id, count))
