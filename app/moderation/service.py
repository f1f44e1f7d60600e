"""Measures of moderation: the room that owns a content hides or locks it, we keep who did it, when and why."""
from app.comments import service as comments
from app.comments.models import Comment
from app.comments.queries import reading
from app.core.actor import Actor
from app.core.db import db
from app.core.unit import command
from app.ideas import service as ideas
from app.ideas.models import Idea
from app.moderation.models import Measure
from app.updates import service as updates
from app.updates.models import Update


@command
def hide_idea(actor: Actor, idea: Idea, *, reason: str) -> None:
    ideas.hide(actor, idea, reason=reason)
    _record(actor, "hide", reason, idea.community_id, idea_id=idea.id)


@command
def restore_idea(actor: Actor, idea: Idea, *, reason: str) -> None:
    ideas.restore(actor, idea)
    _record(actor, "restore", reason, idea.community_id, idea_id=idea.id)


@command
def lock_idea(actor: Actor, idea: Idea, *, reason: str) -> None:
    comments.lock(actor, reading.thread(idea.thread_id), reason=reason)
    _record(actor, "lock", reason, idea.community_id, idea_id=idea.id)


@command
def unlock_idea(actor: Actor, idea: Idea, *, reason: str) -> None:
    comments.unlock(actor, reading.thread(idea.thread_id))
    _record(actor, "unlock", reason, idea.community_id, idea_id=idea.id)


@command
def hide_comment(actor: Actor, comment: Comment, *, reason: str) -> None:
    comments.hide(actor, comment, reason=reason)
    _record(actor, "hide", reason, comment.thread.community_id, comment_id=comment.id)


@command
def restore_comment(actor: Actor, comment: Comment, *, reason: str) -> None:
    comments.restore(actor, comment)
    _record(actor, "restore", reason, comment.thread.community_id, comment_id=comment.id)


@command
def hide_update(actor: Actor, update: Update, *, reason: str) -> None:
    updates.hide(actor, update, reason=reason)
    _record(actor, "hide", reason, update.community_id, update_id=update.id)


@command
def restore_update(actor: Actor, update: Update, *, reason: str) -> None:
    updates.restore(actor, update)
    _record(actor, "restore", reason, update.community_id, update_id=update.id)


@command
def lock_update(actor: Actor, update: Update, *, reason: str) -> None:
    comments.lock(actor, reading.thread(update.thread_id), reason=reason)
    _record(actor, "lock", reason, update.community_id, update_id=update.id)


@command
def unlock_update(actor: Actor, update: Update, *, reason: str) -> None:
    comments.unlock(actor, reading.thread(update.thread_id))
    _record(actor, "unlock", reason, update.community_id, update_id=update.id)


def _record(actor: Actor, kind: str, reason: str, community_id: int | None, **subject: int) -> None:
    assert actor.id is not None, "a measure is somebody's"
    db.session.add(Measure(kind=kind, by_id=actor.id, reason=reason, community_id=community_id, **subject))
