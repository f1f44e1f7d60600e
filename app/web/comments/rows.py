"""A comment as a page shows it, drawn once for as long as it shows the same."""

from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup

from app.comments import policy
from app.comments.models import Comment, Thread
from app.comments.queries.tree import Entry, ThreadPage
from app.core.permits import can
from app.web.comments import tools
from app.web.frame import local_drafts
from app.web.frame.drawings import draw_once
from app.web.frame.filters import person
from app.web.frame.session import me, rooms


class Remains(NamedTuple):
    """What is left of a comment that is not read."""

    id: int
    depth: int
    is_deleted: bool
    reason: str | None


class Facts(NamedTuple):
    """All that a page shows of a comment, but for its tools.

    `author_id` is that of an open account; `is_mine` says that its author reads, `is_sent_again` that their other words
    wait to be read; `hidden` is the reason why it is hidden, for whoever reads it all the same.
    `answers_id` and `answers_name` are what it answers, where its place on the page does not say so; `is_near`: that is
    on the page too. `local_draft` names what the browser of its author forgets now.
    """

    id: int
    author: str
    author_id: int | None
    organisation: str | None
    is_staff: bool
    is_by_idea_author: bool
    colour: str
    created_at: datetime
    is_edited: bool
    is_pending: bool
    is_used: bool
    hidden: str | None
    may_change: bool
    is_mine: bool
    is_sent_again: bool
    intent: str | None
    body_html: str
    lang: str
    depth: int
    answers_id: int | None
    answers_name: str | None
    is_near: bool
    has_focus: bool
    local_draft: str | None


def draw(talk: ThreadPage) -> dict[int, Markup]:
    """Draw what stands on a page, by the number of each comment, with a hole for its tools."""
    return {entry.id: _draw(talk, entry) for branch in talk.branches for entry in branch.entries}


def _draw(talk: ThreadPage, entry: Entry) -> Markup:
    comment = entry.comment
    if entry.is_readable:
        return draw_once("comments/_comment.html", _read(talk, entry))
    reason = None if comment.is_deleted else comment.hidden_reason
    return draw_once("comments/_gone.html", Remains(comment.id, entry.depth, comment.is_deleted, reason))


def _read(talk: ThreadPage, entry: Entry) -> Facts:
    comment, answers = entry.comment, entry.answers
    has_focus = comment.id == talk.at
    room = rooms().by_id.get(talk.thread.community_id or 0)
    author = comment.author if comment.author and not comment.author.closed_at else None
    organisation = author.organisation if author and author.shows_organisation else None
    may_change = (has_focus or comment.is_hidden) and can(me(), "comment:edit", comment)
    return Facts(
        id=comment.id,
        author=person(comment),
        author_id=author.id if author else None,
        organisation=organisation.name if organisation else None,
        is_staff=entry.is_staff,
        is_by_idea_author=_is_by_idea_author(talk.thread, comment),
        colour=room.colour if room else "neutral",
        created_at=comment.created_at,
        is_edited=comment.edited_at is not None,
        is_pending=comment.status == "pending",
        is_used=comment.used_at is not None,
        hidden=comment.hidden_reason if comment.is_hidden else None,
        may_change=may_change,
        is_mine=policy.is_author(me(), comment),
        is_sent_again=_is_sent_again(comment),
        intent=comment.intent,
        body_html=comment.body_html,
        lang=comment.lang,
        depth=entry.depth,
        answers_id=answers.id if answers else None,
        answers_name=person(answers) if answers else None,
        is_near=entry.is_near,
        has_focus=has_focus,
        local_draft=local_drafts.name_of_comment(comment) if has_focus and may_change else None,
    )


def _is_sent_again(comment: Comment) -> bool:
    held_revision = tools.find_held_revision(comment) if comment.is_hidden else None
    return held_revision is not None and held_revision.is_open


def _is_by_idea_author(thread: Thread, comment: Comment) -> bool:
    return thread.kind == "idea" and comment.author_id is not None and comment.author_id == thread.author_id
