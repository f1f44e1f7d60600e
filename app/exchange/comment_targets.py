"""Find where imported comments go (their idea, what they answer), and write them there."""

from collections import deque
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import func, select, tuple_, update

from app.comments import service as comments
from app.comments.models import Comment, Thread
from app.comments.signals import CommentsCounted
from app.core.db import db, run
from app.core.errors import N_, DomainError
from app.core.signals import tell
from app.core.unit import command
from app.exchange import authors, fields, html
from app.exchange.ideas import REFUSALS, Key
from app.exchange.lines import FileLine
from app.exchange.report import NOT_STORED, WITH_IDEA, Report, RowError
from app.ideas.models import Idea

UNKNOWN_IDEA, SEVERAL_IDEAS = (
    N_("l'idée du commentaire n'est pas connue"),
    N_("l'idée du commentaire est dans plusieurs sources"),
)
ON_ANOTHER = N_("le commentaire répond à un autre, qui est sur une autre idée")
HIGHEST = 50
"""How far up one looks for a comment that is there: what stands above may go round in a ring."""


class CommentRow(NamedTuple):
    """A valid row; `columns` are those of the comment that need no look-up, `ancestors` has the nearest one first."""

    line: FileLine
    id: str
    idea_id: str
    ancestors: list[str]
    author: str
    body: str
    is_html: bool
    columns: dict[str, Any]

    @property
    def parent_id(self) -> str | None:
        return self.ancestors[0] if self.ancestors else None


class CommentTarget(NamedTuple):
    """Where a comment goes; `thread_id` is None in a dry run on an idea that would be added."""

    source: str
    idea_id: str
    thread_id: int | None


class PlacedComment(NamedTuple):
    """A row, with where its comment goes."""

    row: CommentRow
    place: CommentTarget
    answers: str | None = None
    """The comment that it hangs from: its parent, or the nearest one above that is there."""

    @property
    def key(self) -> Key:
        return self.place.source, self.row.id

    @property
    def parent_key(self) -> Key | None:
        return (self.place.source, self.answers) if self.answers else None

    @property
    def is_orphan(self) -> bool:
        return self.answers != self.row.parent_id

    @property
    def author_name(self) -> authors.Name:
        return self.place.source, self.row.author


class Placer:
    """Add batches of comments to the ideas of an import."""

    def __init__(
        self,
        ideas: set[Key],
        left_out: Collection[str],
        missing: dict[str, list[str]],
        report: Report,
        *,
        dry_run: bool,
    ):
        self.report, self.dry_run = report, dry_run
        self.left_out, self.missing = left_out, missing
        # Two sources of an id are enough to tell that it has several.
        self.sources: dict[str, tuple[str, ...]] = {}
        for source, name in sorted(ideas):
            self.sources[name] = (*self.sources.get(name, ()), source)[:2]
        self.dry_places: dict[Key, CommentTarget] = {}

    def add(self, batch: list[CommentRow]) -> None:
        """Write what can be, each under the nearest comment that is there; refuse the rest."""
        new = self._converted(self._without_existing(self._place(batch)))
        ready = self._with_parent(new)
        if self.dry_run:
            self.dry_places |= {placement.key: placement.place for placement in ready}
            self._count(ready, len(ready))
        elif ready:
            self._add_all([_render(placement) for placement in ready])

    def _add_all(self, ready: list[PlacedComment]) -> None:
        """Write a batch; where it can't be, write its rows one by one and refuse those that can't."""
        try:
            self._count(ready, _add(ready))
        except REFUSALS as refusal:
            if len(ready) > 1:
                for placement in ready:
                    self._add_all(self._with_parent([placement]))
            elif ready:
                self._refuse(ready[0].row, refusal if isinstance(refusal, DomainError) else RowError(NOT_STORED))

    def _count(self, ready: list[PlacedComment], count: int) -> None:
        self.report.added_count += count
        self.report.orphan_count += sum(placement.is_orphan for placement in ready)

    def _refuse(self, row: CommentRow, refusal: DomainError) -> None:
        self.report.refuse(row.line.number, refusal)
        self.missing[row.id] = row.ancestors

    def _place(self, batch: list[CommentRow]) -> list[PlacedComment]:
        places = self._places({row.idea_id for row in batch})
        placements = []
        for row in batch:
            candidates = places.get(row.idea_id, [])
            if len(candidates) == 1:
                placements.append(PlacedComment(row, candidates[0]))
            elif not candidates and row.idea_id in self.left_out:
                self.report.leave_out(WITH_IDEA)
            else:
                self._refuse(row, RowError(SEVERAL_IDEAS if candidates else UNKNOWN_IDEA, row.idea_id))
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
            convert = html.to_markdown if placement.row.is_html else html.text_to_markdown
            try:
                body = fields.within("body", convert(placement.row.body), fields.COMMENT)
            except RowError as error:
                self._refuse(placement.row, error)
            else:
                found.append(placement._replace(row=placement.row._replace(body=body)))
        return found

    def _with_parent(self, placements: list[PlacedComment]) -> list[PlacedComment]:
        """Hang each row from its parent, or else from the nearest comment above that is there, or from the thread."""
        above = {placement.key: self._list_above(placement) for placement in placements}
        known = _comments_by_key([key for keys in above.values() for key in keys])
        threads = {key: comment.thread_id for key, comment in known.items()}
        places: dict[Key, CommentTarget] = {}
        ready = []
        for placement in placements:
            key = next((key for key in above[placement.key] if key in threads or self._is_placed(key, places)), None)
            parent = key and (places.get(key) or self.dry_places.get(key))
            if key and not _is_beside(placement.place, parent or None, threads.get(key)):
                self._refuse(placement.row, RowError(ON_ANOTHER, placement.row.parent_id or ""))
            else:
                ready.append(placement._replace(answers=key[1] if key else None))
                places[placement.key] = placement.place
        return ready

    def _is_placed(self, key: Key, places: dict[Key, CommentTarget]) -> bool:
        return key in places or key in self.dry_places

    def _list_above(self, placement: PlacedComment) -> list[Key]:
        """Return what stands above a row, the nearest first; above what does not come in, what the file said of it."""
        waiting, found = deque(placement.row.ancestors), dict[str, None]()
        while waiting and len(found) < HIGHEST:
            name = waiting.popleft()
            if name not in found:
                found[name] = None
                waiting.extendleft(reversed(self.missing.get(name, ())))
        return [(placement.place.source, name) for name in found if name != placement.row.id]


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
        parent = comments_by_key.get(placement.parent_key) if placement.parent_key else None
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
        source_parent_id=placement.row.parent_id if placement.is_orphan else None,
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
