"""A member as the teams see them: where they posted, which charges they have, what they may not do for now."""
from collections.abc import Sequence

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import load_only

from app.accounts.models.people import User
from app.communities import queries as communities
from app.communities.models import Facilitator, Restriction
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.permits import Permission
from app.moderation.models.dossiers import Aim, Person
from app.moderation.queries import trust

SHOWN = (User.name, User.site_role, User.confirmed_at, User.closed_at)


def one(actor: Actor, user_id: int, permission: Permission) -> Person:
    """The only way from a number in an address to what a team knows of a person."""
    user = db.session.scalar(select(User).where(User.id == user_id).options(load_only(*SHOWN)))
    person = of(user) if user else None
    if person is None or not permission.permits(actor, person):
        raise NotFound()
    return person


def of(user: User) -> Person:
    """Say of an account where it posted and which communities it has the charge of."""
    charges = select(Facilitator.community_id).where(Facilitator.user_id == user.id, Facilitator.running())
    return Person(user, trust.places(user.id), frozenset(db.session.scalars(charges)))


def offered(
        actor: Actor, person: Person, permission: Permission, about: tuple[str, int] | None = None) -> list[int | None]:
    """Give the places where this person may do that about a member: communities by position, the whole site last."""
    places: list[int | None] = [room.id for room in communities.catalogue().all if room.id in person.places]
    return [place for place in [*places, None] if permission.permits(actor, Aim(person, place, about))]


def in_force(user_id: int, community_id: int | None, kind: str) -> Restriction | None:
    """Find what facilitation keeps a person from there, now."""
    here = Restriction.community_id.is_(None) if community_id is None else Restriction.community_id == community_id
    query = select(Restriction).where(
        Restriction.user_id == user_id, here, Restriction.kind == kind, Restriction.is_administrative.is_(False),
        communities.in_force())
    return db.session.scalars(query.limit(1)).first()


def restrictions(actor: Actor, user_id: int) -> Sequence[Restriction]:
    """Give what a person may not do now in the communities of the reader; a coordinator reads all of it."""
    seen: ColumnElement[bool] = true() if actor.is_coordinator else Restriction.community_id.in_(actor.facilitates)
    query = select(Restriction).where(Restriction.user_id == user_id, communities.in_force(), seen)
    return db.session.scalars(query.order_by(Restriction.id)).all()
