"""The shape of what is shown: comments in reading order, three levels deep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.comments.models import Comment, Thread

DEEPEST, LONG = 3, 20
# Answers of a branch that are counted; beyond, a page says that there are more.
MOST = 99


@dataclass
class CommentEntry:
    """One comment as this reader sees it: its words, or what is left of it.

    `depth` is where it is shown (0 to 3); `answers` is the comment it answers, where its place does not say so.
    `held_revision_id` is the reader's own change of it that waits (`is_held_open`) or was refused.
    """

    comment: Comment
    is_readable: bool
    is_staff: bool = False
    is_marked: bool = False
    held_revision_id: int | None = None
    is_held_open: bool = False
    depth: int = 0
    answers: Comment | None = None
    is_near: bool = True

    @property
    def id(self) -> int:
        return self.comment.id

    @property
    def root_id(self) -> int:
        return self.comment.root_id or self.comment.id


@dataclass(frozen=True)
class Branch:
    """A root and the beginning of what answers it; `rest` more follow on the branch's own page."""

    root_id: int
    entries: Sequence[CommentEntry]
    rest: int = 0

    @property
    def root(self) -> Comment:
        return self.entries[0].comment

    @property
    def replies(self) -> Sequence[CommentEntry]:
        return self.entries[1:]

    @property
    def size(self) -> int:
        """How many comments answer the root, those of the branch's own page included; `MOST` + 1 for any more."""
        return len(self.replies) + self.rest

    @property
    def is_vast(self) -> bool:
        return self.size > MOST

    def holds(self, comment_id: int | None) -> bool:
        return comment_id is not None and any(entry.id == comment_id for entry in self.entries)

    @property
    def last_id(self) -> int:
        """Where the branch's own page goes on."""
        return max(entry.id for entry in self.entries)


@dataclass(frozen=True)
class ThreadPage:
    """`next` is the cursor of the following page, or None; `at` is the comment that was asked for.

    `beside` has the first comments of other threads, by the thread's id. `is_folded`: a long thread shows
    each branch behind a line that says how many answers it has.
    """

    thread: Thread
    branches: Sequence[Branch]
    sort: str
    next: str | None = None
    is_first: bool = True
    at: int | None = None
    beside: Mapping[int, Sequence[CommentEntry]] = field(default_factory=dict)
    is_unfolded: bool = False

    @property
    def entries(self) -> list[CommentEntry]:
        """All that this reader reads on the page."""
        return [entry for branch in self.branches for entry in branch.entries if entry.is_readable]

    @property
    def open_entries(self) -> list[CommentEntry]:
        """What this reader reads on the page without unfolding anything."""
        return [entry for branch in self.branches for entry in self._open_of(branch) if entry.is_readable]

    def _open_of(self, branch: Branch) -> Sequence[CommentEntry]:
        return branch.entries if not self.is_folded or branch.holds(self.at) else branch.entries[:1]

    @property
    def is_long(self) -> bool:
        return self.thread.comments_count > LONG

    @property
    def is_folded(self) -> bool:
        return self.is_long and not self.is_unfolded


def order_entries(entries: Sequence[CommentEntry], elsewhere: Mapping[int, Comment]) -> list[CommentEntry]:
    """Put comments in reading order, each under what it answers; `elsewhere` has what is answered on other pages."""
    by_id = {entry.id: entry for entry in entries}
    below: dict[int, list[CommentEntry]] = {}
    for entry in sorted(entries, key=lambda one: (one.comment.created_at, one.id), reverse=True):
        parent_id = entry.comment.parent_id or 0
        below.setdefault(parent_id if parent_id in by_id else 0, []).append(entry)
    waiting, in_order = below.pop(0, []), []
    while waiting:
        entry = waiting.pop()
        _settle(entry, by_id.get(entry.comment.parent_id or 0), elsewhere)
        in_order.append(entry)
        waiting += below.pop(entry.id, [])
    return in_order


def _settle(entry: CommentEntry, upper: CommentEntry | None, elsewhere: Mapping[int, Comment]) -> None:
    """Set the depth of a comment, and the one it answers where its place does not say so."""
    if upper is None:
        entry.depth = min(entry.comment.depth, 1)
        entry.answers, entry.is_near = elsewhere.get(entry.comment.parent_id or 0), False
        return
    entry.depth = min(upper.depth + 1, DEEPEST)
    if upper.depth == DEEPEST:
        entry.answers = upper.comment if upper.is_readable else None
