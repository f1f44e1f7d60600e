"""Every SELECT of those who administer people: who is here, with which roles, in which state."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import load_only

from app.accounts import policy
from app.accounts.models.people import SITE_ROLES, User
from app.communities import policy as communities
from app.communities.models import Facilitator, Restriction
from app.communities.queries import get_rooms, get_visible_rooms, in_force
from app.core.actor import Actor
from app.core.db import db
from app.core.list_words import has_word
from app.core.paging import SIZE, Page
from app.core.permits import require
from app.core.text.plain import search_words

ROLES = (*SITE_ROLES, "facilitator")
STATES = ("suspended", "closed")
COLUMNS = (User.name, User.site_role, User.created_at, User.closed_at, User.active)


@dataclass(frozen=True)
class PersonLine:
    """Somebody in the list; `charges` are those of the communities that the reader sees."""

    user: User
    charges: list[Facilitator] = field(default_factory=list)
    is_suspended: bool = False


def is_address(q: str) -> bool:
    return "@" in q


def list_people(
    actor: Actor,
    *,
    q: str = "",
    role: str = "",
    state: str = "",
    before: int | None = None,
    size: int = SIZE,
) -> Page[PersonLine]:
    """Return a page of people, the last registered first; an address is found whole or by its beginning."""
    require(actor, policy.ADMINISTER)
    query = _in_state(_match_name(select(User), q), state)
    query = query.where(_has_role(actor, role)) if role else query
    query = query.where(User.id < before) if before else query
    users = db.session.scalars(query.options(load_only(*COLUMNS)).order_by(User.id.desc()).limit(size + 1)).all()
    items = users[:size]
    following = str(items[-1].id) if len(users) > size else None
    return Page(_persons(actor, items), following, is_first=not before)


def _match_name(query: Select[tuple[User]], q: str) -> Select[tuple[User]]:
    if is_address(q):
        return query.where(User.email.startswith(q.strip().lower(), autoescape=True))
    for word in search_words(q):
        query = query.where(has_word(User.sort_key, word))
    return query


def _in_state(query: Select[tuple[User]], state: str) -> Select[tuple[User]]:
    if state == "closed":
        return query.where(User.closed_at.is_not(None))
    query = query.where(User.closed_at.is_(None))
    return query.where(_is_suspended()) if state == "suspended" else query


def _is_suspended() -> ColumnElement[bool]:
    on_site = select(Restriction.id).where(Restriction.user_id == User.id, Restriction.community_id.is_(None))
    return or_(on_site.where(in_force()).exists(), and_(User.active.is_(False), User.closed_at.is_(None)))


def _has_role(actor: Actor, role: str) -> ColumnElement[bool]:
    """Match the accounts that have a role; a charge counts only in communities that the reader sees."""
    if role == "facilitator":
        is_seen = Facilitator.community_id.in_(get_visible_rooms(actor).by_id)
        return select(Facilitator.id).where(Facilitator.user_id == User.id, Facilitator.running(), is_seen).exists()
    return User.site_role == role


def _persons(actor: Actor, users: Sequence[User]) -> list[PersonLine]:
    ids = [user.id for user in users]
    query = select(Facilitator).where(Facilitator.user_id.in_(ids), Facilitator.running()).order_by(Facilitator.id)
    charges = [charge for charge in db.session.scalars(query) if _sees(actor, charge.community_id)]
    suspended_ids = set(db.session.scalars(select(User.id).where(User.id.in_(ids), _is_suspended())))
    return [
        PersonLine(user, [charge for charge in charges if charge.user_id == user.id], user.id in suspended_ids)
        for user in users
    ]


def get_person(actor: Actor, user: User) -> PersonLine:
    """Return an account with its charges and its state."""
    require(actor, policy.ADMINISTER, user)
    return _persons(actor, [user])[0]


def _sees(actor: Actor, community_id: int) -> bool:
    return communities.READ.permits(actor, get_rooms().by_id[community_id])
