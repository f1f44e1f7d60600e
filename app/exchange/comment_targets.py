"""Find where imported comments go (their idea, what they answer), and write them there."""

from typing import Any, NamedTuple

from sqlalchemy import func, select, tuple_, update

from app.comments import service as comments
from app.comments.models import Comment, Thread
from app.comments.signals import CommentsCounted
from app.core.db import db, run
from app.core.signals import tell
from app.core.unit import command
from app.exchange import authors, fields, html
from app.exchange.ideas import Key
from app.exchange.lines import FileLine, Report, RowError
from app.ideas.models import Idea


class CommentRow(NamedTuple):
    """A valid row; `columns` are those of the comment that need no look-up."""

    line: FileLine
    id: str
    idea_id: str
    parent_id: str | None
    author: str
    body: str
    columns: dict[str, Any]


class CommentTarget(NamedTuple):
    """Where a comment goes; `thread_id` is None in a dry run on an idea that would be added."""

    source: str
    idea_id: str
    thread_id: int | None


class PlacedComment(NamedTuple):
    """A row, with where its comment goes."""

    row: CommentRow
    place: CommentTarget

    @property
    def key(self) -> Key:
        return self.place.source, self.row.id

    @property
    def parent_key(self) -> Key | None:
        return (self.place.source, self.row.parent_id) if self.row.parent_id else None

    @property
    def author_name(self) -> authors.Name:
        return self.place.source, self.row.author


class Placer:
    """Add batches of comments to the ideas of an import."""

    def __init__(self, ideas: set[Key], report: Report, *, dry_run: bool):
        self.report, self.dry_run = report, dry_run
        # Two sources of an id are enough to tell that it has several.
        self.sources: dict[str, tuple[str, ...]] = {}
        for source, name in sorted(ideas):
            self.sources[name] = (*self.sources.get(name, ()), source)[:2]
        self.dry_places: dict[Key, CommentTarget] = {}

    def add(self, batch: list[CommentRow]) -> list[CommentRow]:
        """Write what can be; return the rows whose parent is not there."""
        ready, late = self._with_parent(self._converted(self._without_existing(self._place(batch))))
        if self.dry_run:
            self.dry_places |= {placement.key: placement.place for placement in ready}
            self.report.added_count += len(ready)
        else:
            self.report.added_count += _add([_render(placement) for placement in ready]) if ready else 0
        return late

    def _place(self, batch: list[CommentRow]) -> list[PlacedComment]:
        places = self._places({row.idea_id for row in batch})
        placements = []
        for row in batch:
            candidates = places.get(row.idea_id, [])
            if len(candidates) == 1:
                placements.append(PlacedComment(row, candidates[0]))
            else:
                why = "is in several sources" if candidates else "is not known"
                self.report.refuse(row.line.number, f"idea_id {row.idea_id} {why}")
        return placements

    def _places(self, ids: set[str]) -> dict[str, list[CommentTarget]]:
        """Return, by the id of an idea in its source, the places that it may be: one in each source that has it."""
        keys = [(source, name) for name in ids for source in self.sources.get(name, ())]
        query = select(Idea.source, Idea.source_id, Idea.thread_id)
        rows = db.session.execute(query.where(tuple_(Idea.source, Idea.source_id).in_(keys)))
        threads = {(source, source_id): thread_id for source, source_id, thread_id in rows}
        places: dict[str, list[CommentTarget]] = {}
        for key in keys:
            if key in threads or self.dry_run:
                places.setdefault(key[1], []).append(CommentTarget(*key, threads.get(key)))
        return places

    def _without_existing(self, placements: list[PlacedComment]) -> list[PlacedComment]:
        existing = _comments_by_key([placement.key for placement in placements])
        self.report.present_count += len(existing)
        return [placement for placement in placements if placement.key not in existing]

    def _converted(self, placements: list[PlacedComment]) -> list[PlacedComment]:
        """Write the bodies as Markdown; refuse those that are too long."""
        found = []
        for placement in placements:
            try:
                body = fields.within("body", html.text_to_markdown(placement.row.body), fields.COMMENT)
            except RowError as error:
                self.report.refuse(placement.row.line.number, str(error))
            else:
                found.append(placement._replace(row=placement.row._replace(body=body)))
        return found

    def _with_parent(self, placements: list[PlacedComment]) -> tuple[list[PlacedComment], list[CommentRow]]:
        """Part the rows whose parent, if they have one, is there from the others."""
        parents = _comments_by_key([placement.parent_key for placement in placements if placement.parent_key])
        threads = {key: parent.thread_id for key, parent in parents.items()}
        places: dict[Key, CommentTarget] = {}
        ready, late = [], []
        for placement in placements:
            key = placement.parent_key
            parent = key and (places.get(key) or self.dry_places.get(key))
            if key and key not in threads and not parent:
                late.append(placement.row)
            elif key and not _is_beside(placement.place, parent or None, threads.get(key)):
                self.report.refuse(placement.row.line.number, f"parent_id {placement.row.parent_id} is on another idea")
            else:
                ready.append(placement)
                places[placement.key] = placement.place
        return ready, late


def _is_beside(place: CommentTarget, parent: CommentTarget | None, parent_thread: int | None) -> bool:
    """Tell whether the parent, of this file or here already, is in the thread where the answer goes."""
    return place == parent if parent else place.thread_id == parent_thread


def _comments_by_key(keys: list[Key]) -> dict[Key, Comment]:
    """Return the comments of these (source, id) that are here already."""
    if not keys:
        return {}
    found = db.session.scalars(select(Comment).where(tuple_(Comment.source, Comment.source_id).in_(keys)))
    return {(comment.source or "", comment.source_id or ""): comment for comment in found}


@command
def _add(placements: list[PlacedComment]) -> int:
    """Write a batch, all of it or none, and count its threads again."""
    existing = _comments_by_key([placement.key for placement in placements])
    placements = [placement for placement in placements if placement.key not in existing]
    comments_by_key = _comments_by_key([placement.parent_key for placement in placements if placement.parent_key])
    people = authors.get_or_add_authors([placement.author_name for placement in placements])
    for placement in placements:
        parent = comments_by_key[placement.parent_key] if placement.parent_key else None
        comment = _comment(placement, people[placement.author_name], parent)
        db.session.add(comment)
        comments_by_key[placement.key] = comment
    db.session.flush()
    _count({placement.place.thread_id for placement in placements})
    return len(placements)


def _render(placement: PlacedComment) -> PlacedComment:
    """Add the text columns, made of the body: slow, so before the write."""
    columns = placement.row.columns | comments.text_columns(placement.row.body)
    return placement._replace(row=placement.row._replace(columns=columns))


def _comment(placement: PlacedComment, author_id: int, parent: Comment | None) -> Comment:
    position = {}
    if parent is not None:
        if parent in db.session.new:
            db.session.flush()
        position = {"parent_id": parent.id, "root_id": parent.root_id or parent.id, "depth": parent.depth + 1}
    return Comment(
        thread_id=placement.place.thread_id,
        source=placement.place.source,
        imported_author_id=author_id,
        **placement.row.columns,
        **position,
    )


def _count(thread_ids: set[int | None]) -> None:
    """Count the public comments of these threads again, and let their subjects know."""
    visible = select(func.count()).where(
        Comment.thread_id == Thread.id, Comment.status == "published", Comment.in_sight()
    )
    statement = update(Thread).where(Thread.id.in_(thread_ids)).values(comments_count=visible.scalar_subquery())
    run(statement.execution_options(synchronize_session=False))
    counts = select(Thread.id, Thread.kind, Thread.comments_count).where(Thread.id.in_(thread_ids))
    for thread_id, kind, count in db.session.execute(counts).tuples().all():
        tell(CommentsCounted(thread_id, kind, count))
