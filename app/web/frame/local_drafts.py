"""What a browser keeps of a form while it is typed (`keep.js`), and may forget once the site has it.

The session says so, and no address: a link from elsewhere shall not make anybody lose what they typed.
"""

from flask import session

from app.comments.models import Comment
from app.web.frame.session import me

KEY = "received"


def name_of(form: str) -> str:
    """Name what is kept of a form of this person, as its page does."""
    return f"{form}:{me().own_id}"


def name_of_idea(idea_id: int | None) -> str:
    """Name what is kept of the form of an idea; None is a new one."""
    return name_of(f"idea-{idea_id or 'new'}")


def name_of_comment(comment: Comment) -> str:
    """Name what is kept of the form that a comment was written in."""
    return name_of(f"comment-{comment.thread_id}-{comment.parent_id or 0}")


def mark_received(name: str) -> None:
    """Let the next page say that this text was received."""
    session[KEY] = name


def pop_received() -> str | None:
    """Return the name of the text that was just received, once; None when there is none."""
    return session.pop(KEY) if me().is_someone and KEY in session else None
