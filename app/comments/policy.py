"""Who may talk, and who may change what was said. A comment comes with its thread."""

from datetime import timedelta

from app.comments.models import Comment, Thread
from app.communities import policy as communities
from app.core import clock
from app.core.actor import Actor
from app.core.permits import Permission, is_of_another

EDIT_WINDOW = timedelta(minutes=30)


def is_talking(_actor: Actor, thread: Thread) -> bool:
    return thread.is_public and thread.is_open and not thread.is_locked


def may_take_part_there(actor: Actor, thread: Thread) -> bool:
    return communities.may_take_part_there(actor, thread)


def may_take_part(actor: Actor, comment: Comment) -> bool:
    return may_take_part_there(actor, comment.thread)


def moderates_thread(actor: Actor, thread: Thread) -> bool:
    return thread.is_public and communities.facilitates(actor, thread)


def is_unlocked(_actor: Actor, thread: Thread) -> bool:
    return not thread.is_locked


def is_locked(_actor: Actor, thread: Thread) -> bool:
    return thread.is_locked


def thread_is_of_another(actor: Actor, thread: Thread) -> bool:
    """The thread of an idea is its author's; the thread of an update is its whole team's."""
    return thread.kind != "idea" or is_of_another(actor, thread)


def is_slowed(actor: Actor, thread: Thread) -> bool:
    """They wait between two comments there; the team does not."""
    return bool(thread.slow_minutes) and not communities.facilitates(actor, thread)


def in_seen_thread(actor: Actor, comment: Comment) -> bool:
    """What it is about is published, where this person sees it."""
    return comment.thread.is_public and communities.sees(actor, comment.thread)


def is_pending(_actor: Actor, comment: Comment) -> bool:
    return comment.status == "pending"


def is_unseen(_actor: Actor, comment: Comment) -> bool:
    """It waits, or was hidden: its author writes it again for the team, at any time."""
    return comment.status == "pending" or comment.is_hidden


def is_visible(_actor: Actor, comment: Comment) -> bool:
    return comment.is_visible


def is_author(actor: Actor, comment: Comment) -> bool:
    return actor.is_someone and comment.author_id == actor.id


def is_not_author(actor: Actor, comment: Comment) -> bool:
    return comment.author_id != actor.id


def is_kept(_actor: Actor, comment: Comment) -> bool:
    return not comment.is_deleted


def is_shown(_actor: Actor, comment: Comment) -> bool:
    return not comment.is_hidden


def is_hidden(_actor: Actor, comment: Comment) -> bool:
    return comment.is_hidden


def is_recent(_actor: Actor, comment: Comment) -> bool:
    return clock.now() - comment.created_at < EDIT_WINDOW


def thread_is_talking(actor: Actor, comment: Comment) -> bool:
    return is_talking(actor, comment.thread)


def moderates_it(actor: Actor, comment: Comment) -> bool:
    return moderates_thread(actor, comment.thread)


def decides_on_it(actor: Actor, comment: Comment) -> bool:
    """The charge of its community, or that of another when nobody but its author has it."""
    is_near = comment.thread.is_public and communities.stands_in(actor, comment.thread, comment.author_id)
    return moderates_it(actor, comment) or is_near


def owns_idea(actor: Actor, comment: Comment) -> bool:
    """The actor wrote the idea that is talked about."""
    return actor.is_someone and comment.thread.kind == "idea" and comment.thread.author_id == actor.id


READ = Permission(
    "comment:read", [in_seen_thread, is_visible], [moderates_it, is_kept], [decides_on_it, is_kept, is_hidden]
)
READ_OWN = Permission("comment:read_own", [is_author, is_kept, in_seen_thread])
READ_ANY = READ | READ_OWN
POST = Permission("thread:post", [may_take_part_there, is_talking])
REPLY = Permission("comment:reply", [may_take_part, thread_is_talking, is_visible])
OWN = Permission("comment:own", [is_author, is_kept, is_shown, in_seen_thread])
EDIT = Permission(
    "comment:edit",
    [is_author, may_take_part, is_kept, is_shown, is_recent, thread_is_talking],
    [is_author, may_take_part, is_kept, is_unseen, thread_is_talking],
)
DELETE = Permission("comment:delete", [is_author, is_kept, is_shown])
MARK_USEFUL = Permission("comment:mark_useful", [may_take_part, is_visible, is_not_author, thread_is_talking])
MARK_USED = Permission("comment:mark_used", [owns_idea, may_take_part, is_visible, is_not_author])
ADMIT = Permission("comment:admit", [moderates_it, is_of_another, is_pending, is_kept, is_shown])
UNPUBLISH = Permission("comment:unpublish", [moderates_it, is_of_another, is_kept])
HIDE = Permission("comment:hide", [decides_on_it, is_of_another, is_kept, is_shown])
RESTORE = Permission("comment:restore", [decides_on_it, is_of_another, is_kept, is_hidden])
MOVE = Permission("comment:move", [moderates_it, is_of_another, is_kept])
LOCK = Permission("thread:lock", [moderates_thread, thread_is_of_another, is_unlocked])
UNLOCK = Permission("thread:unlock", [moderates_thread, thread_is_of_another, is_locked])
SLOW = Permission("thread:slow", [moderates_thread, thread_is_of_another])
TAKE_IN = Permission("thread:take_in", [moderates_thread, is_talking])
TAKE_BACK = Permission("thread:take_back", [moderates_thread])
