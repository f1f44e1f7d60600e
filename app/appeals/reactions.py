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
    ideas, said = (select(model.id).where(model.author_id == signal.user_id, model.status == "pending")
                   for model in (Idea, Comment))
    theirs = select(Measure.id).where(or_(Measure.idea_id.in_(ideas), Measure.comment_id.in_(said)))
    run(delete(Appeal).where(Appeal.measure_id.in_(theirs), Appeal.state == "open"))
