"""What was said of an action: one bulletin, those of an action that a person may read."""
from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models.people import User
from app.communities.twins import stands_in
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.permits import Permission
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action, Milestone
from app.plan.queries.places import Place


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """SQL twin of `policy.READ_BULLETIN`, where each bulletin is joined to its action."""
    is_kept = Bulletin.deleted_at.is_(None)
    is_near = stands_in(actor, Place(Action), Bulletin.author_id)
    clauses = [Bulletin.in_sight(), and_(is_kept, is_near)]
    if actor.is_coordinator:
        clauses.append(is_kept)
    elif actor.facilitates:
        clauses.append(and_(is_kept, Action.community_id.in_(actor.facilitates)))
    return and_(Action.in_sight(), or_(*clauses))


def own_of(actor: Actor) -> ColumnElement[bool]:
    """SQL twin of `policy.READ_OWN_BULLETIN`, where each bulletin is joined to its action."""
    is_kept = and_(Bulletin.deleted_at.is_(None), Action.in_sight())
    return and_(Bulletin.author_id == actor.id, is_kept) if actor.is_someone else false()


def one(actor: Actor, bulletin_id: int, permission: Permission) -> Bulletin:
    """The only way from a number in an address to a bulletin; the absent and the forbidden answer alike."""
    bulletin = db.session.scalar(_select_readable(actor).where(Bulletin.id == bulletin_id))
    if bulletin is None or not permission.permits(actor, bulletin):
        raise NotFound()
    return bulletin


def on_page(actor: Actor, action: Action, ids: Collection[int]) -> dict[int, Bulletin]:
    """Return those of these bulletins of an action that a person may read or wrote.

    Beside them come those of the action that they wrote and that are hidden, which the public's page leaves out.
    """
    own = and_(Bulletin.author_id == actor.id, Bulletin.hidden_at.is_not(None))
    query = _select_readable(actor).where(Bulletin.action_id == action.id, or_(Bulletin.id.in_(ids), own))
    return {bulletin.id: bulletin for bulletin in db.session.scalars(query)}


def milestones_reached(bulletin_id: int) -> int:
    """Count the milestones that an action reached by a bulletin."""
    query = select(func.count()).select_from(Milestone).where(Milestone.bulletin_id == bulletin_id)
    return db.session.scalar(query) or 0


def _select_readable(actor: Actor) -> Select[tuple[Bulletin]]:
    author = joinedload(Bulletin.author).load_only(User.name, User.closed_at)
    query = select(Bulletin).join(Bulletin.action).where(or_(readable_by(actor), own_of(actor)))
    return query.options(contains_eager(Bulletin.action), author)
