"""Answers to what happened elsewhere."""

from sqlalchemy import delete, or_, select

from app.accounts.signals import AccountClosed
from app.appeals.models import Appeal
from app.comments.models import Comment
from app.core.db import run
from app.ideas.models import Idea
from app.measures.models import Measure


def forget_appeals(signal: AccountClosed) -> None:
    """Forget what a person who leaves asked about a text of theirs that never appeared; what was judged stays."""
    ideas = select(Idea.id).where(Idea.author_id == signal.user_id, Idea.status == "pending")
    comments = select(Comment.id).where(Comment.author_id == signal.user_id, Comment.status == "pending")
    measures = select(Measure.id).where(or_(Measure.idea_id.in_(ideas), Measure.comment_id.in_(comments)))
    run(delete(Appeal).where(Appeal.measure_id.in_(measures), Appeal.state == "open"))
