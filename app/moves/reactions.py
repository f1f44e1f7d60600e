"""Answers to what happened elsewhere."""

from sqlalchemy import delete, update

from app.accounts.signals import AccountClosed
from app.core import clock
from app.core.db import run
from app.ideas.signals import IdeaMoved
from app.moves.models import MoveRequest


def erase_requests(signal: AccountClosed) -> None:
    """Erase the open requests of a person who leaves: nobody has answered those words."""
    run(delete(MoveRequest).where(MoveRequest.by_id == signal.user_id, MoveRequest.state == "open"))


def close_request(signal: IdeaMoved) -> None:
    """Close the request to move an idea once its author withdraws the idea."""
    if signal.status == "withdrawn":
        requests = update(MoveRequest).where(MoveRequest.idea_id == signal.idea_id, MoveRequest.state == "open")
        run(requests.values(state="closed", decided_at=clock.now()))
