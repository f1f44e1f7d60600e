"""Every act of talk: ask, change, tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import bindparam, update

from app.accounts import changes, limits, trust
from app.accounts.limits import CountedAct
from app.accounts.submissions import Sending
from app.comments import policy
from app.comments.models import Comment, Thread
from app.comments.queries import before_posting, reading
from app.comments.queries.before_posting import PostedWords
from app.comments.queries.reading import select_newest_id
from app.comments.signals import CommentHeld, CommentPosted, CommentsCounted
from app.communities import sittings
from app.communities.policy import facilitates
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import N_, Conflict, Invalid, NotFound, TooMany
from app.core.permits import require
from app.core.signals import tell
from app.core.text import markdown
from app.core.unit import command

# What a comment is counted as: as one of the hour, and by its pace.
Counted = tuple[list[CountedAct], list[CountedAct]]
SLOW = N_("L'équipe d'animation a ralenti ce fil. Vous pourrez y écrire de nouveau %(time)s.")


@dataclass(frozen=True)
class Receipt:
    """What a form made: the number of a comment, the branch where it stands, and why it waits (codes, or nothing).

    Of a comment that stood already (not `is_new`) it says no more than the number.
    """

    id: int
    root_id: int | None = None
    suspect: str = ""
    is_new: bool = False


def post(
    actor: Actor,
    thread: Thread,
    *,
    body: str,
    intent: str | None = None,
    parent: Comment | None = None,
    form_key: str | None = None,
    lang: str = "fr",
    signs: Iterable[str] = (),
    of_meeting: bool = False,
) -> Receipt:
    """Say something in a thread, or answer a comment of it.

    The same form sent again gives the same comment; so do the same words in the same place, a few minutes later. What
    was said at a meeting (`of_meeting`) is counted as in a sitting. Raise TooMany past the limit of the hour, or too
    soon in a slow thread; NotFound where `parent` left the thread.
    """
    sending = Sending(actor, "comment", form_key, (str(thread.id), body))
    words = PostedWords(body, thread.id, parent.id if parent else 0)
    return _post(actor, words, sending, signs, _list_acts(actor, thread, of_meeting), intent=intent, lang=lang)


@command
def _post(
    actor: Actor, words: PostedWords, sending: Sending, signs: Iterable[str], counted: Counted, **values: Any
) -> Receipt:
    """Post words that did not come before: the thread is read and locked with this question, by no command before."""
    posts, acts = counted
    thread, existing_id, numbers = before_posting.get_posting_state(words, sending, [*posts, *acts])
    if existing_id:
        sending.repeat(existing_id)
        return Receipt(existing_id)
    require(actor, policy.POST, thread)
    _check_pace(actor, thread)
    limits.check(posts, numbers)
    place = _place(actor, thread, words.parent_id)
    suspect = trust.suspect_codes(actor, "comment", words.body, signs=signs, numbers=numbers if acts else {})
    limits.record_acts([*posts, *acts])
    comment = _add(thread, place, suspect, author_id=actor.id, **values, **text_columns(words.body))
    sending.record(comment.id)
    _tell_appearance(comment, is_read=facilitates(actor, thread))
    return Receipt(comment.id, comment.root_id, suspect, is_new=True)


def _list_acts(actor: Actor, thread: Thread, of_meeting: bool) -> Counted:
    """List what a comment counts as: one of the hour, and one of its pace; of a meeting, one of its sitting alone."""
    if of_meeting:
        return sittings.list_acts(actor, thread.community_id), []
    return limits.list_acts("comment", actor), trust.list_acts(actor, "comment")


def _add(thread: Thread, place: dict[str, Any], suspect: str, **values: Any) -> Comment:
    status = "pending" if suspect else "published"
    comment = Comment(thread_id=thread.id, status=status, suspect=suspect, **place, **values)
    db.session.add(comment)
    db.session.flush()
    return comment


def _check_pace(actor: Actor, thread: Thread) -> None:
    """Refuse what comes too soon in a slow thread; it is locked by now, so that two at once wait for one another."""
    seconds = reading.seconds_to_wait(actor, thread)
    if seconds:
        raise TooMany(SLOW, retry_after=seconds)


@command
def admit(actor: Actor, comment: Comment) -> None:
    """Let a pending comment appear."""
    require(actor, policy.ADMIT, comment)
    comment.status, comment.suspect, comment.hidden_reason = "published", "", None
    _tell_appearance(comment)


def take_back(comment: Comment, suspect: str) -> None:
    """Let a comment wait again as it did before it was admitted, inside the command that undoes this."""
    comment.status, comment.suspect = "pending", suspect
    _count(comment.thread_id, -1)


def _tell_appearance(comment: Comment, *, is_read: bool = False) -> None:
    if comment.status == "pending":
        tell(CommentHeld(comment.id, comment.thread_id, by=comment.author_id))
        return
    _count(comment.thread_id, +1, is_read=is_read)
    tell(CommentPosted(comment.id))


@command
def edit(
    actor: Actor, comment: Comment, *, body: str, signs: Iterable[str] = (), waiting: str | None = None
) -> Comment:
    """Correct one's words while the window is open; the change is marked, or waits where it is doubtful.

    What the team hid is written again for it: other words wait, and what is hidden stays so until then.
    Raise Conflict where another change waits than `waiting`, which the page showed; TooMany past the limit.
    """
    require(actor, policy.EDIT, comment)
    if comment.status == "pending" and comment.is_hidden:
        _submit_again(actor, comment, body, waiting, signs)
    elif comment.is_hidden:
        _write_again(actor, comment, body, waiting, signs)
    elif comment.status == "pending":
        if comment.body != body:
            changes.count_change(actor)
        rewrite(comment, body=body)
    elif changes.admit_or_hold(
        actor,
        changes.Change({"body": (comment.body, body)}),
        {"body": body},
        signs=signs,
        waiting=waiting,
        comment_id=comment.id,
    ):
        rewrite(comment, body=body)
    return comment


def _write_again(actor: Actor, comment: Comment, body: str, waiting: str | None, signs: Iterable[str]) -> None:
    """Let other words of a hidden comment wait. Raise Conflict where the page did not show this hiding (`waiting`)."""
    if waiting == "":
        raise Conflict(trust.HIDDEN, reason=comment.hidden_reason)
    changes.hold_again(
        actor,
        changes.Change({"body": (comment.body, body)}),
        {"body": body},
        signs=signs,
        waiting="" if waiting == comment.refusal else waiting,
        comment_id=comment.id,
    )


def _submit_again(actor: Actor, comment: Comment, body: str, waiting: str | None, signs: Iterable[str]) -> None:
    """Let a refused comment wait once more. Raise Conflict where the page did not show this refusal (`waiting`)."""
    if waiting not in (None, comment.refusal):
        raise Conflict(trust.REFUSED, reason=comment.hidden_reason)
    _check_pace(actor, comment.thread)
    if comment.body == body:
        raise Invalid(trust.SAME_WORDS)
    changes.keep_former(actor, {"body": comment.body}, comment_id=comment.id)
    rewrite(comment, body=body)
    comment.suspect = trust.suspect_codes_again(actor, "comment", body, signs=signs)
    comment.submit_again()
    tell(CommentHeld(comment.id, comment.thread_id, by=comment.author_id))


def rewrite(comment: Comment, *, body: str) -> None:
    """Write other words over a comment, inside the command that let them appear."""
    if comment.body != body:
        comment.edited_at = clock.now()
        for column, value in text_columns(body).items():
            setattr(comment, column, value)


def appear_again(comment: Comment, *, body: str) -> None:
    """Show a hidden comment in the words that its author wrote since, inside the command that let them appear."""
    rewrite(comment, body=body)
    comment.show()
    _count(comment.thread_id, +comment.is_visible, is_read=True)


@command
def delete(actor: Actor, comment: Comment) -> None:
    """Take one's words back; the replies stay."""
    require(actor, policy.DELETE, comment)
    changes.drop(comment_id=comment.id)
    was_visible = comment.is_visible
    comment.delete(actor.own_id)
    _count(comment.thread_id, -was_visible)


@command
def hide(actor: Actor, comment: Comment, *, reason: str) -> None:
    require(actor, policy.HIDE, comment)
    was_visible = comment.is_visible
    comment.hide(actor.own_id, reason)
    _count(comment.thread_id, -was_visible)


@command
def restore(actor: Actor, comment: Comment) -> None:
    require(actor, policy.RESTORE, comment)
    comment.show()
    changes.forget_hiding(comment_id=comment.id)
    _count(comment.thread_id, +comment.is_visible)


@command
def lock(actor: Actor, thread: Thread, *, reason: str) -> None:
    """Close a thread to new comments; the reason is shown above it."""
    require(actor, policy.LOCK, thread)
    thread.locked_at, thread.locked_by, thread.locked_reason = clock.now(), actor.id, reason


@command
def unlock(actor: Actor, thread: Thread) -> None:
    require(actor, policy.UNLOCK, thread)
    thread.locked_at = thread.locked_by = thread.locked_reason = None


@command
def slow(actor: Actor, thread: Thread, *, minutes: int, reason: str | None) -> None:
    """Let each person speak once in this many minutes (0: as they like); the reason is shown above the thread."""
    require(actor, policy.SLOW, thread)
    thread.slow_minutes, thread.slow_reason = minutes, reason if minutes else None


def text_columns(body: str) -> dict[str, Any]:
    """Return the text columns of a comment: what was typed, and what it looks like under a heading of the page."""
    return {"body": body, "body_html": markdown.render(body, headings_from=3), "renderer": markdown.VERSION}


def _place(actor: Actor, thread: Thread, parent_id: int) -> dict[str, Any]:
    """Return where a comment stands in the tree; what it answers is read anew, since the thread is locked by now."""
    if not parent_id:
        return {"parent_id": None, "root_id": None, "depth": 0}
    parent = reading.reload_comment(parent_id)
    if parent.thread_id != thread.id:
        raise NotFound()
    require(actor, policy.REPLY, parent)
    return {"parent_id": parent.id, "root_id": parent.root_id or parent.id, "depth": parent.depth + 1}


def _count(thread_id: int, by: int, *, is_read: bool = False) -> None:
    """Move the public count of a thread, and let its subject know; what its own team says (`is_read`) is read."""
    if by == 0:
        return
    counted = run(_counting(has_news=by > 0 and not is_read), counted=thread_id, by=by)
    tell(CommentsCounted(*counted.one()))


@cache
def _counting(*, has_news: bool) -> Any:
    news = {"unread_id": select_newest_id(Thread.id)} if has_news else {}
    values = {"comments_count": Thread.comments_count + bindparam("by"), **news}
    statement = update(Thread).where(Thread.id == bindparam("counted")).values(values)
    counted = statement.returning(Thread.id, Thread.kind, Thread.comments_count)
    return counted.execution_options(synchronize_session=False)
