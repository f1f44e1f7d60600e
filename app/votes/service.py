"""One member supports one idea, once."""
from sqlalchemy import delete, update

from app.core.actor import Actor
from app.core.db import run
from app.core.dialect import delete_once, insert_once
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.ideas.service import count_vote
from app.votes.models import Vote
from app.votes.signals import VoteCast, VoteWithdrawn


@command
def cast(actor: Actor, idea: Idea, *, is_named: bool = False) -> None:
    """Support an idea; asked again, only the choice to appear by name changes."""
    require(actor, ideas.SUPPORT, idea)
    assert actor.id is not None, "supporting takes an account"
    if insert_once(Vote, user_id=actor.id, idea_id=idea.id, is_named=is_named):
        count_vote(idea.id, +1)
        tell(VoteCast(idea.id, by=actor.id))
    else:
        _name(actor, idea, is_named)


@command
def withdraw(actor: Actor, idea: Idea) -> None:
    require(actor, ideas.SUPPORT, idea)
    assert actor.id is not None, "supporting takes an account"
    if delete_once(delete(Vote).where(Vote.user_id == actor.id, Vote.idea_id == idea.id)):
        count_vote(idea.id, -1)
        tell(VoteWithdrawn(idea.id, by=actor.id))


@command
def name(actor: Actor, idea: Idea, *, is_named: bool) -> None:
    """Choose to appear by name or not: also where supports are frozen, since a name is one's own."""
    require(actor, ideas.READ, idea)
    _name(actor, idea, is_named)


def _name(actor: Actor, idea: Idea, is_named: bool) -> None:
    run(update(Vote).where(Vote.user_id == actor.id, Vote.idea_id == idea.id).values(is_named=is_named))
