"""Answers to what happened elsewhere."""

from sqlalchemy import delete, select, update

from app.accounts.signals import AccountClosed
from app.comments.signals import CommentsCounted
from app.core import clock
from app.core.db import db, run
from app.core.signals import tell
from app.ideas.models import LINKED
from app.ideas.signals import IdeaMoved
from app.plan.models.links import Link
from app.plan.models.progress import Holder
from app.plan.models.structure import Action
from app.plan.queries import holders
from app.plan.queries.links import is_in_force, is_waiting
from app.plan.signals import HolderRelieved, LinkEnded


def copy_comments_count(signal: CommentsCounted) -> None:
    """Copy the thread's public count beside the action's title."""
    if signal.kind == "action":
        run(update(Action).where(Action.thread_id == signal.thread_id).values(comments_count=signal.count))


def end_charges(signal: AccountClosed) -> None:
    """End the charges of a person who leaves."""
    for holder in holders.lock_holders(Holder.user_id == signal.user_id):
        holder.ended_at, holder.ended_by = clock.now(), signal.user_id
        tell(HolderRelieved(holder.id, by=signal.user_id))


def erase_proposals(signal: AccountClosed) -> None:
    """Erase the links that a person who leaves had proposed: nobody has answered those words."""
    run(delete(Link).where(Link.proposed_by == signal.user_id, is_waiting()))


def end_links(signal: IdeaMoved) -> None:
    """End the links of an idea that is no longer retained: its author withdrew it, or its team answered otherwise."""
    if signal.status in LINKED or signal.stays:
        return
    links = select(Link).where(Link.idea_id == signal.idea_id, is_in_force()).order_by(Link.id)
    for link in db.session.scalars(links).all():
        link.ended_at, link.ended_by = clock.now(), signal.by
        tell(LinkEnded(link.id, by=signal.by, is_of_step=True))
