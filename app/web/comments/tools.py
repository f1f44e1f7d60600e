"""What can be done with a comment, and what is counted of it, drawn once for as long as it shows the same."""

from typing import NamedTuple

from flask import g
from markupsafe import Markup

from app.accounts import changes
from app.accounts.models.changes import HeldRevision
from app.comments import policy
from app.comments.models import Comment
from app.web.comments.acts import Acts
from app.web.frame.drawings import TOKEN, draw, draw_once
from app.web.frame.filters import person
from app.web.frame.session import me


class Facts(NamedTuple):
    """All that these tools show, but for those of the team."""

    id: int
    author: str
    acts: Acts
    is_marked: bool
    is_used: bool
    useful_count: int
    source: str | None
    source_stance: str | None
    source_votes: int | None
    held_revision_id: int | None
    is_hidden: bool = False


def draw_tools(comment: Comment, acts: Acts, *, is_marked: bool) -> Markup:
    """Draw the tools of whoever has these rights over a comment."""
    tools = draw_once("comments/_tools.html", _read(comment, acts, is_marked=is_marked))
    if not me().is_staff:
        return tools
    return tools + draw("moderation/_comment_tools.html", said=comment, acts=acts, csrf=TOKEN)


def draw_mark(comment: Comment, acts: Acts, *, is_marked: bool) -> Markup:
    """Draw the mark « utile » alone."""
    return draw_once("comments/_useful.html", _read(comment, acts, is_marked=is_marked))


def _read(comment: Comment, acts: Acts, *, is_marked: bool) -> Facts:
    return Facts(
        comment.id,
        person(comment),
        acts,
        is_marked,
        comment.used_at is not None,
        comment.useful_count,
        comment.source,
        comment.source_stance,
        comment.source_votes,
        held.id if (held := find_held_revision(comment)) else None,
        comment.is_hidden,
    )


def find_held_revision(comment: Comment) -> HeldRevision | None:
    """Return the reader's own change of a comment that waits or was refused; all are read once per request."""
    if not policy.is_author(me(), comment):
        return None
    if "held_revisions" not in g:
        g.held_revisions = changes.of_comments(me())
    found: HeldRevision | None = g.held_revisions.get(comment.id)
    return found
