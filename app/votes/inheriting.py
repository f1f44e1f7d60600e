"""Supports that come with an idea when it is joined to another, and go when it is parted; inside that command."""

from collections.abc import Sequence

from sqlalchemy import ScalarSelect, delete, func, insert, literal, select, update
from sqlalchemy.orm import aliased

from app.core import clock
from app.core.db import db, run
from app.core.signals import tell
from app.ideas.models import Idea
from app.ideas.service import count_vote
from app.votes.models import Vote
from app.votes.queries import newcomers
from app.votes.signals import IdeaSupported


def carry(idea_id: int, into_id: int) -> Sequence[int]:
    """Copy the supports of an idea to the one it is merged into, without names; return the user ids that were added."""
    columns = ["user_id", "idea_id", "is_named", "at", "inherited_from"]
    supports = select(
        Vote.user_id, literal(into_id), literal(False), literal(clock.now(), Vote.at.type), literal(idea_id)
    )
    supports = supports.where(newcomers(idea_id, into_id)).order_by(Vote.id)
    people = db.session.scalars(insert(Vote).from_select(columns, supports).returning(Vote.user_id)).all()
    tell(IdeaSupported(into_id, count_vote(into_id, len(people)), more=len(people), by=None))
    return people


def give_back(idea_id: int, into_id: int) -> Sequence[int]:
    """Remove the supports that a merge brought and no other merge brings; return the user ids that were removed."""
    conditions = Vote.idea_id == into_id, Vote.inherited_from == idea_id
    other = _brought_by_another(idea_id, into_id)
    run(
        update(Vote)
        .where(*conditions, other.is_not(None))
        .values(inherited_from=other)
        .execution_options(synchronize_session=False)
    )
    statement = delete(Vote).where(*conditions).returning(Vote.user_id).execution_options(synchronize_session=False)
    people = db.session.scalars(statement).all()
    count_vote(into_id, -len(people))
    return people


def _brought_by_another(idea_id: int, into_id: int) -> ScalarSelect[int]:
    """Select, for each support, the first of the other joined ideas that its person supports; null if there is none."""
    own = aliased(Vote)
    query = select(func.min(own.idea_id)).join(Idea, Idea.id == own.idea_id)
    query = query.where(Idea.merged_into == into_id, Idea.id != idea_id, own.user_id == Vote.user_id)
    return query.correlate(Vote).scalar_subquery()
