"""A comment as a page shows it to its reader: what is said, then what this person can do with it.

It is drawn once for as long as it shows the same, whoever reads (`drawings.draw_once`). What the team alone can do is
drawn each time.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from flask import g
from markupsafe import Markup

from app.comments import policy
from app.comments.models import Comment, Thread
from app.comments.queries.tree import CommentEntry, ThreadPage
from app.core.permits import can
from app.web.frame import local_drafts
from app.web.frame.drawings import TOKEN, draw, draw_once
from app.web.frame.filters import person
from app.web.frame.session import me, rooms

Rights = frozenset[str]
# What a comment has tools for.
TOOLS = (
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


class Row(NamedTuple):
    """A comment in its place, as it was drawn; of one that is not read, that is what is left of it.

    `local_draft` names what the browser of its author forgets now.
    """

    comment: Comment
    drawn: Markup
    is_readable: bool = False
    rights: Rights = frozenset()
    local_draft: str | None = None


class Remains(NamedTuple):
    """What is left of a comment that is not read."""

    id: int
    depth: int
    is_deleted: bool
    reason: str | None


class CommentView(NamedTuple):
    """All that is shown of a comment, but for what its team can do with it.

    `author_id` is that of an open account; `is_mine` says that its author reads, `is_sent_again` that their other words
    wait to be read; `hidden` is the reason why it is hidden, for whoever reads it all the same.
    `answers_id` and `answers_name` are what it answers, where its place on the page does not say so; `is_near`: that is
    on the page too.
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
    is_hidden: bool
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
    is_new: bool
    has_focus: bool
    rights: Rights
    is_marked: bool
    useful_count: int
    source: str | None
    is_orphan: bool
    source_stance: str | None
    source_votes: int | None
    held_revision_id: int | None


def read(talk: ThreadPage, new_ids: Collection[int] = ()) -> dict[int, list[Row]]:
    """Return what stands on a page, in its order: the rows of each branch, by the number of its root."""
    return {
        branch.root_id: [_draw_row(talk, entry, is_new=entry.id in new_ids) for entry in branch.entries]
        for branch in talk.branches
    }


def _draw_row(talk: ThreadPage, entry: CommentEntry, *, is_new: bool) -> Row:
    comment = entry.comment
    if not entry.is_readable:
        reason = None if comment.is_deleted else comment.hidden_reason
        remains = Remains(comment.id, entry.depth, comment.is_deleted, reason)
        return Row(comment, draw_once("comments/_gone.html", remains))
    view = _read_view(talk.thread, entry, is_new=is_new, has_focus=comment.id == talk.at)
    return Row(
        comment,
        draw_once("comments/_comment.html", view),
        is_readable=True,
        rights=view.rights,
        local_draft=local_drafts.name_of_comment(comment) if view.has_focus and view.may_change else None,
    )


def list_rights(comment: Comment) -> Rights:
    """Return the names of what this person can do with a comment.

    Whoever has no charge has the same rights over all that others published in one thread: they are asked once for it.
    """
    actor = me()
    if actor.is_staff or not comment.is_visible or policy.is_author(actor, comment):
        return _ask_rights(comment)
    known: dict[tuple[int | None, int], Rights] = g.setdefault("rights_in_threads", {})
    key = (actor.id, comment.thread_id)
    if key not in known:
        known[key] = _ask_rights(comment)
    return known[key]


def _ask_rights(comment: Comment) -> Rights:
    return frozenset(name for name in TOOLS if can(me(), name, comment))


def _read_view(thread: Thread, entry: CommentEntry, *, is_new: bool = False, has_focus: bool = False) -> CommentView:
    comment, answers, rights = entry.comment, entry.answers, list_rights(entry.comment)
    room = rooms().by_id.get(thread.community_id or 0)
    author = comment.author if comment.author and not comment.author.closed_at else None
    organisation = author.organisation if author and author.shows_organisation else None
    is_hidden = comment.is_hidden
    return CommentView(
        id=comment.id,
        author=person(comment),
        author_id=author.id if author else None,
        organisation=organisation.name if organisation else None,
        is_staff=entry.is_staff,
        is_by_idea_author=_is_by_idea_author(thread, comment),
        colour=room.colour if room else "neutral",
        created_at=comment.created_at,
        is_edited=comment.edited_at is not None,
        is_pending=comment.status == "pending",
        is_used=comment.used_at is not None,
        is_hidden=is_hidden,
        hidden=comment.hidden_reason if is_hidden else None,
        may_change=(has_focus or is_hidden) and "comment:edit" in rights,
        is_mine=policy.is_author(me(), comment),
        is_sent_again=is_hidden and entry.is_held_open,
        intent=comment.intent,
        body_html=comment.body_html,
        lang=comment.lang,
        depth=entry.depth,
        answers_id=answers.id if answers else None,
        answers_name=person(answers) if answers else None,
        is_near=entry.is_near,
        is_new=is_new,
        has_focus=has_focus,
        rights=rights,
        is_marked=entry.is_marked,
        useful_count=comment.useful_count,
        source=comment.source,
        is_orphan=comment.source_parent_id is not None,
        source_stance=comment.source_stance,
        source_votes=comment.source_votes,
        held_revision_id=entry.held_revision_id,
    )


def _is_by_idea_author(thread: Thread, comment: Comment) -> bool:
    return thread.kind == "idea" and comment.author_id is not None and comment.author_id == thread.author_id


def draw_mark(comment: Comment, *, is_marked: bool) -> Markup:
    """Draw the mark « utile » of a comment alone."""
    view = _read_view(comment.thread, CommentEntry(comment, is_readable=True, is_marked=is_marked))
    return draw("comments/_useful.html", view=view, csrf=TOKEN)
