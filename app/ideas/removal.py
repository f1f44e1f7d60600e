"""Ideas that go: a draft with all that hangs on it, the words of one that never appeared."""

from sqlalchemy import delete

from app.comments.models import Thread
from app.core.db import db, run
from app.ideas import writing
from app.ideas.models import Idea, IdeaCommunity, IdeaIssue, IdeaTag, IdeaTerritory


def erase(idea: Idea) -> None:
    """Delete a draft's row and everything that hangs on it."""
    thread_id = idea.thread_id
    _displace(idea)
    db.session.delete(idea)
    db.session.flush()
    run(delete(Thread).where(Thread.id == thread_id))


def erase_words(idea: Idea, *, by: int) -> None:
    """Take the words and the places out of an idea that never appeared, as its author; what is left is deleted."""
    _displace(idea)
    for column, value in (dict.fromkeys(writing.TEXTS, "") | writing.text_columns("", "")).items():
        setattr(idea, column, value)
    idea.suspect = ""
    idea.delete(by)
    writing.sync_thread(idea)


def _displace(idea: Idea) -> None:
    for table in (IdeaCommunity, IdeaIssue, IdeaTerritory, IdeaTag):
        run(delete(table).where(table.idea_id == idea.id))
