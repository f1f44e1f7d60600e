"""A comment as a page shows it to its reader: what is said, then what this person can do with it.

Each of the two is drawn once for as long as it shows the same, whoever reads (`drawings.draw_once`). What the team
alone can do is drawn each time.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from flask import g
from markupsafe import Markup

from app.accounts import changes
from app.accounts.models.changes import HeldRevision
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
    """A comment in its place; of one that is not read, `said` is what is left of it, and nothing else is shown.

    `local_draft` names what the browser of its author forgets now.
    """

    comment: Comment
    depth: int
    is_readable: bool
    said: Markup
    tools: Markup = Markup()
    rights: Rights = frozenset()
    is_new: bool = False
    has_focus: bool = False
    local_draft: str | None = None


class Remains(NamedTuple):
    """What is left of a comment that is not read."""

    id: int
    depth: int
    is_deleted: bool
    reason: str | None


class Words(NamedTuple):
    """All that is shown of what a comment says.

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


class Tools(NamedTuple):
    """All that is shown of what can be done with a comment, but for what its team can, and what is counted of it."""

    id: int
    author: str
    rights: Rights
    is_marked: bool
    is_used: bool
    useful_count: int
    source: str | None
    source_stance: str | None
    source_votes: int | None
    held_revision_id: int | None
    is_hidden: bool = False


def read(talk: ThreadPage, new_ids: Collection[int] = ()) -> dict[int, list[Row]]:
    """Return what stands on a page, in its order: the rows of each branch, by the number of its root."""
    return {
        branch.root_id: [_read_row(talk, entry, is_new=entry.id in new_ids) for entry in branch.entries]
        for branch in talk.branches
    }


def _read_row(talk: ThreadPage, entry: CommentEntry, *, is_new: bool) -> Row:
    comment = entry.comment
    if not entry.is_readable:
        reason = None if comment.is_deleted else comment.hidden_reason
        remains = Remains(comment.id, entry.depth, comment.is_deleted, reason)
        return Row(comment, entry.depth, is_readable=False, said=draw_once("comments/_gone.html", remains))
    rights, has_focus = list_rights(comment), comment.id == talk.at
    may_change = (has_focus or comment.is_hidden) and "comment:edit" in rights
    return Row(
        comment,
        entry.depth,
        is_readable=True,
        said=draw_once("comments/_said.html", _read_words(talk.thread, entry, may_change=may_change)),
        tools=draw_once("comments/_tools.html", _read_tools(comment, rights, is_marked=entry.is_marked)),
        rights=rights,
        is_new=is_new,
        has_focus=has_focus,
        local_draft=local_drafts.name_of_comment(comment) if has_focus and may_change else None,
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


def _read_words(thread: Thread, entry: CommentEntry, *, may_change: bool) -> Words:
    comment, answers = entry.comment, entry.answers
    room = rooms().by_id.get(thread.community_id or 0)
    author = comment.author if comment.author and not comment.author.closed_at else None
    organisation = author.organisation if author and author.shows_organisation else None
    held_revision = find_held_revision(comment) if comment.is_hidden else None
    return Words(
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
        hidden=comment.hidden_reason if comment.is_hidden else None,
        may_change=may_change,
        is_mine=policy.is_author(me(), comment),
        is_sent_again=held_revision is not None and held_revision.is_open,
        intent=comment.intent,
        body_html=comment.body_html,
        lang=comment.lang,
        depth=entry.depth,
        answers_id=answers.id if answers else None,
        answers_name=person(answers) if answers else None,
        is_near=entry.is_near,
    )


def _is_by_idea_author(thread: Thread, comment: Comment) -> bool:
    return thread.kind == "idea" and comment.author_id is not None and comment.author_id == thread.author_id


def _read_tools(comment: Comment, rights: Rights, *, is_marked: bool) -> Tools:
    held_revision = find_held_revision(comment)
    return Tools(
        comment.id,
        person(comment),
        rights,
        is_marked,
        comment.used_at is not None,
        comment.useful_count,
        comment.source,
        comment.source_stance,
        comment.source_votes,
        held_revision.id if held_revision else None,
        comment.is_hidden,
    )


def find_held_revision(comment: Comment) -> HeldRevision | None:
    """Return the reader's own change of a comment that waits or was refused; all are read once per request."""
    if not policy.is_author(me(), comment):
        return None
    if "held_revisions" not in g:
        g.held_revisions = changes.get_revisions_of_comments(me())
    found: HeldRevision | None = g.held_revisions.get(comment.id)
    return found


def draw_mark(comment: Comment, *, is_marked: bool) -> Markup:
    """Draw the mark « utile » of a comment alone."""
    return draw(
        "comments/_useful.html", view=_read_tools(comment, list_rights(comment), is_marked=is_marked), csrf=TOKEN
    )
