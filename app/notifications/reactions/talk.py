"""Talk: whoever is answered, whoever wrote what is talked about, and whoever wrote what went into a text."""

from collections.abc import Sequence

from app.comments.models import Comment, Thread
from app.comments.queries import reading
from app.comments.signals import CommentPosted, CommentUsed
from app.core.db import db
from app.notifications.service import notices
from app.plan.queries import holders


def tell_of_comment(signal: CommentPosted) -> None:
    """Tell the author of what is answered, and that of the idea or update: each once, and never of their own words.

    The holders of an action are told of what is said under it as an author is.
    """
    comment = db.session.get_one(Comment, signal.comment_id)
    thread = db.session.get_one(Thread, comment.thread_id)
    answered_id = db.session.get_one(Comment, comment.parent_id).author_id if comment.parent_id else None
    if answered_id != comment.author_id:
        notices.tell(answered_id, "comment.reply", str(comment.id), comment_id=comment.id)
    for author_id in _authors(thread):
        if author_id not in (comment.author_id, answered_id):
            notices.tell(author_id, "comment.post", str(comment.id), comment_id=comment.id)


def _authors(thread: Thread) -> Sequence[int | None]:
    """Return who wrote what a thread is about; of an action, who keeps it up to date."""
    return holders.of_thread(thread.id) if thread.kind == "action" else [thread.author_id]


def tell_of_use(signal: CommentUsed) -> None:
    """Tell the author of a comment that it went into the text it is about."""
    comment = reading.present(signal.comment_id)
    notices.tell(comment.author_id, "comment.used", str(comment.id), comment_id=comment.id)
