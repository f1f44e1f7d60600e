"""Talk: whoever is answered, whoever wrote what is talked about, and whoever wrote what went into a text."""

from collections.abc import Sequence

from sqlalchemy import select

from app.comments.models import Comment, Thread
from app.comments.queries import reading
from app.comments.signals import CommentPosted, CommentUsed
from app.core.db import db
from app.ideas.models import Idea
from app.notifications.service import notices
from app.plan.queries import holders
from app.votes.models import Vote
from app.votes.signals import IdeaSupported


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
    return holders.list_holder_ids_of_thread(thread.id) if thread.kind == "action" else [thread.author_id]


def tell_of_use(signal: CommentUsed) -> None:
    """Tell the author of a comment that it went into the text it is about."""
    comment = reading.reload_comment(signal.comment_id)
    notices.tell(comment.author_id, "comment.used", str(comment.id), comment_id=comment.id)


TEN = 10


def tell_of_support(signal: IdeaSupported) -> None:
    """Tell the author of the first support, and each time that ten more are reached.

    A number is told once, whatever is withdrawn and given again; one's own support is not told, nor is the first where
    it came with an idea that was joined.
    """
    idea, tens = db.session.get_one(Idea, signal.idea_id), signal.count // TEN
    if signal.by == idea.author_id:
        return
    if tens > (signal.count - signal.more) // TEN:
        notices.tell(idea.author_id, "support.tens", f"{idea.id}-{tens * TEN}", idea_id=idea.id, count=tens * TEN)
    elif signal.by is not None and (signal.count == 1 or (signal.count == 2 and _supports_own(idea))):
        named = {"supporter": signal.by} if signal.is_named else {}
        notices.tell(idea.author_id, "support.first", str(idea.id), idea_id=idea.id, **named)


def _supports_own(idea: Idea) -> bool:
    """Tell whether the author of an idea supports it."""
    own = select(Vote.id).where(Vote.user_id == idea.author_id, Vote.idea_id == idea.id)
    return db.session.scalar(own) is not None
