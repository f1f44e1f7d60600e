"""A member as the teams see them, with what they may not do for now; who took a measure; what the journal must tell."""
from collections.abc import Iterator, Sequence
from itertools import chain

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import load_only

from app.accounts.models.people import User
from app.communities import queries as communities
from app.communities.models import Facilitator, Restriction
from app.contents.queries import community_ids_of
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.permits import Permission
from app.journal import queries as journal
from app.journal.models import Entry
from app.measures.models import Measure, Person, Target

SHOWN = (User.name, User.site_role, User.confirmed_at, User.closed_at)


def one_person(actor: Actor, user_id: int, permission: Permission) -> Person:
    """The only way from a number in an address to what a team knows of a person."""
    user = db.session.scalar(select(User).where(User.id == user_id).options(load_only(*SHOWN)))
    person = person_of(user) if user else None
    if person is None or not permission.permits(actor, person):
        raise NotFound()
    return person


def person_of(user: User) -> Person:
    """Return an account with the communities where it posted and those that it has the charge of."""
    charges = select(Facilitator.community_id).where(Facilitator.user_id == user.id, Facilitator.running())
    return Person(user, community_ids_of(user.id), frozenset(db.session.scalars(charges)))


def allowed_communities(
        actor: Actor, person: Person, permission: Permission, about: tuple[str, int] | None = None) -> list[int | None]:
    """Return where this person may do that about a member: communities by position, the whole site (None) last."""
    places: list[int | None] = [room.id for room in communities.catalogue().all if room.id in person.community_ids]
    return [place for place in [*places, None] if permission.permits(actor, Target(person, place, about))]


def restriction_in_force(user_id: int, community_id: int | None, kind: str) -> Restriction | None:
    """Return what facilitation keeps a person from there now, or None."""
    here = Restriction.community_id.is_(None) if community_id is None else Restriction.community_id == community_id
    query = select(Restriction).where(
        Restriction.user_id == user_id, here, Restriction.kind == kind, Restriction.is_administrative.is_(False),
        communities.in_force())
    return db.session.scalars(query.limit(1)).first()


def restrictions(actor: Actor, user_id: int) -> Sequence[Restriction]:
    """Return what a person may not do now in the communities of the reader; a coordinator reads all of it."""
    seen: ColumnElement[bool] = true() if actor.is_coordinator else Restriction.community_id.in_(actor.facilitates)
    query = select(Restriction).where(Restriction.user_id == user_id, communities.in_force(), seen)
    return db.session.scalars(query.order_by(Restriction.id)).all()


def names_of(measure: Measure) -> tuple[str, str]:
    """Return who took a measure, and whom it is about; "" for nobody, or for an account that is closed."""
    people = {user.id: user.name for user in db.session.scalars(select(User).where(
        User.id.in_((measure.by_id, measure.user_id)), User.closed_at.is_(None)))}
    return people.get(measure.by_id or 0, ""), people.get(measure.user_id or 0, "")


def journal_faults() -> Iterator[str]:
    """Say what in the journal is not as it was written; then of which measures it has no line."""
    return chain(journal.faults(), _missing_lines())


def _missing_lines() -> Iterator[str]:
    """Find measures that no line tells of: the end of the journal may have been cut off."""
    begun = select(func.min(Entry.at)).scalar_subquery()
    taken = select(Measure.kind, func.count()).where(Measure.at >= begun).group_by(Measure.kind)
    lines = journal.count_by_kind()
    for kind, count in sorted(db.session.execute(taken).tuples()):
        if count > lines.get(kind, 0):
            yield f"{count - lines.get(kind, 0)} measure(s) of the kind {kind} are told by no line"
