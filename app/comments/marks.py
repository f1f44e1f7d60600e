"""The marks of comments: useful to a reader, and gone into the text that they are about."""

from sqlalchemy import delete, update

from app.comments import policy
from app.comments.models import Comment, Useful
from app.comments.signals import CommentUsed
from app.core import clock
from app.core.actor import Actor
from app.core.db import run
from app.core.dialect import delete_once, insert_once
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command


@command
def mark_useful(actor: Actor, comment: Comment) -> None:
    require(actor, policy.MARK_USEFUL, comment)
    if insert_once(Useful, user_id=actor.id, comment_id=comment.id):
        _count_useful(comment.id, +1)


@command
def unmark_useful(actor: Actor, comment: Comment) -> None:
    require(actor, policy.MARK_USEFUL, comment)
    mark = delete(Useful).where(Useful.user_id == actor.id, Useful.comment_id == comment.id)
    if delete_once(mark):
        _count_useful(comment.id, -1)


@command
def mark_used(actor: Actor, comment: Comment) -> None:
    """Say that this comment went into the text it is about."""
    require(actor, policy.MARK_USED, comment)
    if comment.used_at is None:
        comment.used_at, comment.used_by = clock.now(), actor.id
        tell(CommentUsed(comment.id))


@command
def unmark_used(actor: Actor, comment: Comment) -> None:
    require(actor, policy.MARK_USED, comment)
    comment.used_at = comment.used_by = None


def _count_useful(comment_id: int, by: int) -> None:
    run(update(Comment).where(Comment.id == comment_id).values(useful_count=Comment.useful_count + by))
