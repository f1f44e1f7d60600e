"""What the plan leaves on the desk of a team, as conditions: proposed links, ideas back from it or set by hand."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models.people import User
from app.communities.queries import Room
from app.core.actor import Actor
from app.core.db import constant, db
from app.ideas.indexes import IS_SET_BY_HAND
from app.ideas.models import Idea
from app.ideas.queries.reading import is_public
from app.plan.models.links import Link
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action
from app.plan.queries.actions import is_living
from app.plan.queries.bulletins import is_drop
from app.plan.queries.links import decided_by, is_in_force, is_waiting, may_feed


def awaits_answer_of(actor: Actor) -> ColumnElement[bool]:
    """Match the links that wait for this person's answer, where ideas and actions are joined (`link:answer`)."""
    return and_(is_waiting(), may_feed(), is_living(), decided_by(actor))


def is_back_from_plan() -> ColumnElement[bool]:
    """Match the links of ideas whose last action was dropped, and which nobody answered nor linked since.

    Each idea has one: the last link with an action that was dropped.
    """
    later, its_action = aliased(Link), aliased(Action)
    is_last = (
        ~select(later.id)
        .join(its_action, its_action.id == later.action_id)
        .where(
            later.idea_id == Link.idea_id,
            later.id > Link.id,
            later.answer == "accepted",
            later.ended_at.is_(None),
            its_action.state == "dropped",
            its_action.hidden_at.is_(None),
        )
        .exists()
    )
    return and_(
        Action.state == constant("dropped"),
        Action.in_sight(),
        is_in_force(),
        is_public(),
        Idea.status == "retained",
        Idea.answered_at.is_(None),
        is_last,
    )


def is_set_by_hand(rooms: Sequence[Room]) -> ColumnElement[bool]:
    """Match the ideas of these communities that are at a step of the plan without an action, and may be linked."""
    return and_(IS_SET_BY_HAND, or_(false(), *(Idea.community_id == room.id for room in rooms if not room.is_private)))


def get_links(ids: Collection[int]) -> dict[int, tuple[Link, Bulletin | None]]:
    """Return links by id, with what they tie and who proposed them, and the bulletin that last dropped the action."""
    query = (
        select(Link)
        .where(Link.id.in_(ids))
        .options(
            joinedload(Link.idea),
            joinedload(Link.action),
            joinedload(Link.proposer).load_only(User.name, User.closed_at),
        )
    )
    links = db.session.scalars(query).all()
    reasons = (
        select(Bulletin)
        .where(Bulletin.action_id.in_([link.action_id for link in links]), is_drop())
        .order_by(Bulletin.id)
    )
    drops = {bulletin.action_id: bulletin for bulletin in db.session.scalars(reasons)}
    return {link.id: (link, drops.get(link.action_id)) for link in links}
