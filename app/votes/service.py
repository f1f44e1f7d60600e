"""One member supports one idea, once."""

from typing import Any

from sqlalchemy import bindparam, delete, update

from app.core import clock
from app.core.actor import Actor
from app.core.db import run
from app.core.dialect import insert_once
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.ideas.service import count_vote
from app.votes.models import DeclinedVote, Vote
from app.votes.signals import IdeaSupported

_WITHDRAWAL = (
    delete(Vote)
    .where(Vote.user_id == bindparam("person"), Vote.idea_id == bindparam("idea"))
    .returning(Vote.inherited_from)
    .execution_options(synchronize_session=False)
)
_FORGET_DECLINED = (
    delete(DeclinedVote)
    .where(DeclinedVote.user_id == bindparam("person"), DeclinedVote.idea_id == bindparam("idea"))
    .execution_options(synchronize_session=False)
)


@command
def cast(actor: Actor, idea: Idea, *, is_named: bool = False) -> None:
    """Support an idea; asked again, only the choice to appear by name changes.

    A support that came with a merge becomes the person's own.
    """
    require(actor, ideas.SUPPORT, idea)
    run(_FORGET_DECLINED, person=actor.id, idea=idea.id)
    if insert_once(Vote, user_id=actor.id, idea_id=idea.id, is_named=is_named):
        tell(IdeaSupported(idea.id, count_vote(idea.id, +1), more=1, by=actor.id, is_named=is_named))
    else:
        _change(actor, idea, is_named=is_named, inherited_from=None)


@command
def withdraw(actor: Actor, idea: Idea) -> None:
    """Take a support back; one that came with a merge does not come again with another."""
    require(actor, ideas.SUPPORT, idea)
    vote = run(_WITHDRAWAL, person=actor.id, idea=idea.id).one_or_none()
    if vote is None:
        return
    if vote.inherited_from:
        insert_once(DeclinedVote, user_id=actor.id, idea_id=idea.id, at=clock.now())
    count_vote(idea.id, -1)


@command
def set_is_named(actor: Actor, idea: Idea, *, is_named: bool) -> None:
    """Choose to appear by name or not: also where supports are frozen, since a name is one's own."""
    require(actor, ideas.READ, idea)
    _change(actor, idea, is_named=is_named)


def _change(actor: Actor, idea: Idea, **values: Any) -> None:
    run(update(Vote).where(Vote.user_id == actor.id, Vote.idea_id == idea.id).values(**values))
