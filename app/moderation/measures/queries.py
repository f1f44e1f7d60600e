"""A member as the teams see them, with their restrictions; who took a measure; the measures the journal must have."""

from collections.abc import Iterator, Sequence
from itertools import chain

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import load_only

from app.accounts.models.people import User
from app.communities import queries as communities
from app.communities.models import Facilitator, Restriction
from app.contents.queries import list_community_ids
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.permits import Permission
from app.journal import queries as journal
from app.journal.models import Entry
from app.moderation.measures.models import Measure, Person, Target

USER_COLUMNS = (User.name, User.site_role, User.confirmed_at, User.closed_at)


def get_person(actor: Actor, user_id: int, permission: Permission) -> Person:
    """Return what the teams know of a person, by the number of the account. Raise NotFound."""
    user = db.session.scalar(select(User).where(User.id == user_id).options(load_only(*USER_COLUMNS)))
    person = build_person(user) if user else None
    if person is None or not permission.permits(actor, person):
        raise NotFound()
    return person


def build_person(user: User) -> Person:
    """Return an account with the communities where it posted and those that it has the charge of."""
    charges = select(Facilitator.community_id).where(Facilitator.user_id == user.id, Facilitator.running())
    return Person(user, list_community_ids(user.id), frozenset(db.session.scalars(charges)))


def list_allowed_communities(
    actor: Actor, person: Person, permission: Permission, about: tuple[str, int] | None = None
) -> list[int | None]:
    """Return the communities where this person may take a measure on a member, by position; None, the site, is last."""
    ids: list[int | None] = [room.id for room in communities.get_rooms().all if room.id in person.community_ids]
    return [room_id for room_id in [*ids, None] if permission.permits(actor, Target(person, room_id, about))]


def find_restriction_in_force(user_id: int, community_id: int | None, kind: str) -> Restriction | None:
    """Return the restriction of a kind that a team put on a person there and that holds now, or None."""
    here = Restriction.community_id.is_(None) if community_id is None else Restriction.community_id == community_id
    query = select(Restriction).where(
        Restriction.user_id == user_id,
        here,
        Restriction.kind == kind,
        Restriction.is_administrative.is_(False),
        communities.in_force(),
    )
    return db.session.scalars(query.limit(1)).first()


def list_restrictions(actor: Actor, user_id: int) -> Sequence[Restriction]:
    """Return the restrictions of a person that hold now in the communities of the reader, all for a coordinator."""
    is_mine: ColumnElement[bool] = true() if actor.is_coordinator else Restriction.community_id.in_(actor.facilitates)
    query = select(Restriction).where(Restriction.user_id == user_id, communities.in_force(), is_mine)
    return db.session.scalars(query.order_by(Restriction.id)).all()


def get_names(measure: Measure) -> tuple[str, str]:
    """Return the names of who took a measure and of whom it is on; "" for nobody, or for a closed account."""
    people = {
        user.id: user.name
        for user in db.session.scalars(
            select(User).where(User.id.in_((measure.by_id, measure.user_id)), User.closed_at.is_(None))
        )
    }
    return people.get(measure.by_id or 0, ""), people.get(measure.user_id or 0, "")


def list_journal_faults() -> Iterator[str]:
    """Yield what in the journal is not as it was written, then the kinds of measures that lack lines in it."""
    return chain(journal.list_faults(), _missing_lines())


def _missing_lines() -> Iterator[str]:
    """Yield the kinds of which there are fewer lines than measures: the end of the journal may have been cut off."""
    beginning = select(func.min(Entry.at)).scalar_subquery()
    query = select(Measure.kind, func.count()).where(Measure.at >= beginning).group_by(Measure.kind)
    lines = journal.count_by_kind()
    for kind, count in sorted(db.session.execute(query).tuples()):
        if count > lines.get(kind, 0):
            yield f"{count - lines.get(kind, 0)} measure(s) of the kind {kind} are told by no line"
