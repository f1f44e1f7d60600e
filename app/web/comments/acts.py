"""What whoever reads a comment may do with it, asked once for all that others published in a thread."""

from flask import g

from app.comments import policy
from app.comments.models import Comment, Thread
from app.core.permits import can
from app.web.frame.session import me

NAMES = (
    "comment:admit",
    "comment:delete",
    "comment:edit",
    "comment:hide",
    "comment:mark_used",
    "comment:mark_useful",
    "comment:move",
    "comment:own",
    "comment:reply",
    "comment:restore",
    "content:contest",
    "content:report",
)
Acts = frozenset[str]


def on(comment: Comment) -> Acts:
    """Return the names of the acts, of those that a comment has tools for.

    Whoever has no charge has the same rights over all that others published in one thread.
    """
    actor = me()
    if actor.is_staff or not comment.is_visible or policy.is_author(actor, comment):
        return _ask(comment)
    known: dict[tuple[int | None, int], Acts] = g.setdefault("acts", {})
    key = (actor.id, comment.thread_id)
    if key not in known:
        known[key] = _ask(comment)
    return known[key]


def within(thread: Thread) -> Acts:
    """Return the same of whatever others published in a thread, for somebody without a charge."""
    return on(Comment(id=0, thread_id=thread.id, thread=thread, status="published"))


def _ask(comment: Comment) -> Acts:
    return frozenset(name for name in NAMES if can(me(), name, comment))
