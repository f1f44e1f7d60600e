"""Every SELECT on accounts."""
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Consent, User
from app.core import dialect
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.permits import Permission
from app.reference.models import Organisation


def one(actor: Actor, user_id: int, permission: Permission) -> User:
    """The only way from an id to an account: with its territory and organisation, if the actor may."""
    query = select(User).where(User.id == user_id)
    user = db.session.scalar(query.options(joinedload(User.territory), joinedload(User.organisation)))
    if user is None or not permission.permits(actor, user):
        raise NotFound()
    return user


def by_email(email: str) -> User | None:
    """Find an account by its address, already in its one normalised form."""
    return db.session.scalar(select(User).where(User.email == email))


def last_counter(user: User) -> int | None:
    """Give the time step of the last code that was used, and hold the account until the transaction ends."""
    query = dialect.locked(select(User.tf_last_counter).where(User.id == user.id))
    return db.session.scalar(query)


def consents(user: User) -> list[Consent]:
    query = select(Consent).where(Consent.user_id == user.id)
    return list(db.session.scalars(query.order_by(Consent.accepted_at, Consent.id)))


def organisations() -> list[str]:
    """Give the names to offer in forms, by name: those that nobody has, or that a confirmed member chose to show."""
    members = select(User.id).where(User.organisation_id == Organisation.id)
    is_known = or_(~members.exists(), members.where(User.confirmed_at.is_not(None), User.shows_organisation).exists())
    query = select(Organisation.name).where(Organisation.archived_at.is_(None), is_known)
    return list(db.session.scalars(query.order_by(Organisation.sort_key, Organisation.id)))


def display_name(user: User | None) -> str:
    """Give the name under which what this person wrote is shown; empty when their account is closed."""
    return user.name if user and not user.is_closed else ""
