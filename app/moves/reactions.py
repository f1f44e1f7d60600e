"""Answers to what happened elsewhere."""
from sqlalchemy import delete, update

from app.accounts.signals import AccountClosed
from app.core import clock
from app.core.db import run
from app.ideas.signals import IdeaMoved
from app.moves.models import MoveRequest


def erase_requests(signal: AccountClosed) -> None:
    """Erase what a person who leaves still asked of the place of their ideas: nobody has answered those words."""
    run(delete(MoveRequest).where(MoveRequest.by_id == signal.user_id, MoveRequest.state == "open"))


def close_request(signal: IdeaMoved) -> None:
    """Close what the author of an idea asked of its place, once they withdraw it."""
    if signal.status == "withdrawn":
        theirs = update(MoveRequest).where(MoveRequest.idea_id == signal.idea_id, MoveRequest.state == "open")
        run(theirs.values(state="closed", decided_at=clock.now()))
