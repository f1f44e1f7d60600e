"""Answers to what happened elsewhere."""

from app.accounts import trust
from app.admission.service import frozen_accounts
from app.comments.models import Comment
from app.comments.signals import CommentHeld
from app.core.db import db
from app.ideas.models import Idea
from app.ideas.signals import IdeaHeld


def freeze_author(signal: IdeaHeld | CommentHeld) -> None:
    """Freeze an account whose post came after too many others; those that appeared before it stay."""
    post: Idea | Comment = (
        db.session.get_one(Idea, signal.idea_id)
        if isinstance(signal, IdeaHeld)
        else db.session.get_one(Comment, signal.comment_id)
    )
    if post.author_id and trust.BURST in post.suspect.split():
        frozen_accounts.freeze(post.author_id)
