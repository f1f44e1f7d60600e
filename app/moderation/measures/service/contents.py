"""Measures on contents and threads: the room that owns one hides or locks it, the record says who, when and why."""

from types import ModuleType

from app.accounts import profiles
from app.accounts.models.people import Profile, User
from app.comments import service as comments
from app.comments.models import Comment
from app.comments.queries import reading
from app.contents.models import Content
from app.core.actor import Actor
from app.core.errors import N_, Conflict
from app.core.unit import command
from app.events.models.meetings import Event
from app.events.service import life
from app.forum.models import ForumTopic
from app.forum.service import topics
from app.ideas import service as ideas
from app.ideas.models import Idea
from app.moderation.measures.service.record import record_on_content
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action
from app.plan.service import actions, bulletins
from app.updates import service as updates
from app.updates.models import Update

Subject = Idea | Update | Action | Event
OWNERS: dict[type, ModuleType] = {
    Idea: ideas,
    Comment: comments,
    Update: updates,
    Action: actions,
    Bulletin: bulletins,
    Event: life,
    ForumTopic: topics,
    Profile: profiles,
}
"""The service of the room that hides and restores each kind of content."""
SAME_PACE = N_("Le rythme de ce fil est déjà celui-là.")


@command
def hide(actor: Actor, content: Content, *, reason: str) -> None:
    """Take a content out of sight; it is kept, and so is what answers it. Raise Forbidden without the right to."""
    OWNERS[type(content)].hide(actor, content, reason=reason)
    record_on_content(actor, "hide", content, reason)


@command
def restore(actor: Actor, content: Content, *, reason: str) -> None:
    """Show a content again. Raise Forbidden without the right to."""
    OWNERS[type(content)].restore(actor, content)
    record_on_content(actor, "restore", content, reason)


@command
def hide_profile(actor: Actor, user: User, *, reason: str, version: str = "") -> None:
    """Hide what a person says of themselves; `version` names the words that were read, once they wait.

    Raise Forbidden without the right to, Conflict for other words.
    """
    profile = profiles.get_or_add_profile(user)
    profiles.check_version(profile, version)
    hide(actor, profile, reason=reason)


@command
def restore_profile(actor: Actor, profile: Profile, *, reason: str, version: str) -> None:
    """Show a profile again, in the words that `version` names. Raise as `hide_profile` does."""
    profiles.check_version(profile, version)
    restore(actor, profile, reason=reason)


@command
def lock(actor: Actor, subject: Subject, *, reason: str) -> None:
    """Close the thread of an idea, an update or an action to new comments. Raise Forbidden without the right to."""
    comments.lock(actor, reading.lock_thread(subject.thread_id), reason=reason)
    record_on_content(actor, "lock", subject, reason)


@command
def unlock(actor: Actor, subject: Subject, *, reason: str) -> None:
    """Open the thread of an idea, an update or an action to comments again. Raise Forbidden without the right to."""
    open_again(actor, subject)
    record_on_content(actor, "unlock", subject, reason)


def open_again(actor: Actor, subject: Subject) -> None:
    comments.unlock(actor, reading.lock_thread(subject.thread_id))


@command
def slow(
    actor: Actor,
    subject: Subject,
    *,
    minutes: int,
    reason: str,
    thread_reason: str | None = None,
    undoes_id: int | None = None,
) -> None:
    """Let each person speak once in this many minutes under an idea, an update or an action; 0 ends it.

    `thread_reason` is the reason to read above the thread, when it is not that of the measure. Raise Forbidden without
    the right to, Conflict where nothing would change.
    """
    thread = reading.lock_thread(subject.thread_id)
    if thread.slow_minutes == minutes:
        raise Conflict(SAME_PACE)
    data = {"minutes": minutes, "before": thread.slow_minutes, "before_reason": thread.slow_reason}
    comments.slow(actor, thread, minutes=minutes, reason=thread_reason or reason)
    record_on_content(actor, "slow" if minutes else "lift", subject, reason, data=data, undoes_id=undoes_id)
