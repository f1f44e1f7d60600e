"""Answers to what happened elsewhere: what hangs on a place goes with it, and a name with its person."""

from sqlalchemy import delete, update

from app.accounts.signals import AccountClosed
from app.core import clock
from app.core.db import db, run
from app.events.signals import GuestsForgotten, PlacesForgotten
from app.forum.models import WAITING, ForumGoing, ForumInterest, ForumTopic, ForumTopicHost
from app.forum.service import interests


def forget_places(signal: PlacesForgotten) -> None:
    """Forget what somebody pressed from a place that is deleted; what they pitched stays."""
    ids = signal.registration_ids
    if not ids:
        return
    forums = db.session.scalars(interests.select_forums_of(ids)).all()
    run(delete(ForumInterest).where(ForumInterest.registration_id.in_(ids)))
    for forum_id in forums:
        interests.fold(forum_id)
    run(delete(ForumGoing).where(ForumGoing.registration_id.in_(ids)))
    run(delete(ForumTopicHost).where(ForumTopicHost.registration_id.in_(ids)))
    run(update(ForumTopic).where(ForumTopic.registration_id.in_(ids)).values(registration_id=None))


def erase_waiting(signal: AccountClosed) -> None:
    """Erase what a person who leaves had pitched, and nobody had let onto the wall: its words go."""
    mine = update(ForumTopic).where(ForumTopic.author_id == signal.user_id, ForumTopic.state == WAITING)
    run(mine.values(title="", why="", idea_id=None, deleted_at=clock.now(), deleted_by=signal.user_id))


def forget_guests(signal: GuestsForgotten) -> None:
    """Take the name of guests off the topics that they pitched."""
    mine = ForumTopic.registration_id.in_(signal.registration_ids)
    held = ForumTopicHost.registration_id.in_(signal.registration_ids)
    if signal.registration_ids:
        run(update(ForumTopicHost).where(held, ForumTopicHost.name != "").values(name=""))
        run(update(ForumTopic).where(mine, ForumTopic.host_name != "").values(host_name=""))
