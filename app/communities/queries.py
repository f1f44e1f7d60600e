"""Every SELECT on communities."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import starmap
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import load_only

from app.accounts.models.people import User
from app.communities import policy
from app.communities.models import Community, CommunityIssue, Facilitator, Membership, Restriction
from app.core import clock, versions
from app.core.actor import ANYONE, Actor
from app.core.db import NOW, constant, db
from app.core.errors import NotFound
from app.core.permits import Permission
from app.reference.models import Issue
from app.reference.queries import map_by_address

KEY = "reference"


@dataclass(frozen=True)
class Room:
    """A community as it is shown; `issue_ids` are the issues that it covers, in their order."""

    id: int
    slug: str
    name: str
    name_en: str | None
    description: str
    description_en: str | None
    colour: str
    is_archived: bool
    is_private: bool
    wants_review: bool
    answer_days: int
    stalled_days: int
    issue_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rooms:
    """The communities by position; `by_slug` knows their past addresses too."""

    all: tuple[Room, ...]
    by_id: dict[int, Room] = field(repr=False)
    by_slug: dict[str, Room] = field(repr=False)

    @property
    def current(self) -> list[Room]:
        return [room for room in self.all if not room.is_archived]


class Animator(NamedTuple):
    """Somebody who has the charge of a community, until it ends."""

    community_id: int
    user_id: int
    name: str
    expires_at: datetime | None


def get_rooms() -> Rooms:
    return versions.get_or_load("communities", _load, under=KEY)


def get_visible_rooms(actor: Actor) -> Rooms:
    """Return the communities that a person may see: those that a page may list or name for them."""
    return get_public_rooms() if reads_as_public(actor) else _visible(actor)


def get_public_rooms() -> Rooms:
    """Return the communities that everybody may see."""
    return versions.get_or_load("public communities", lambda: _visible(ANYONE), under=KEY)


def _visible(actor: Actor) -> Rooms:
    whole = get_rooms()
    by_id = {room.id: room for room in whole.all if policy.READ.permits(actor, room)}
    by_slug = {slug: room for slug, room in whole.by_slug.items() if room.id in by_id}
    return Rooms(tuple(by_id.values()), by_id, by_slug)


def reads_as_public(actor: Actor) -> bool:
    """Tell whether lists show this person what they show to the public: no charge, and no private community."""
    return actor.role == "member" and not actor.facilitates and actor.memberships <= get_public_rooms().by_id.keys()


def seen_by(actor: Actor, table: Any) -> ColumnElement[bool]:
    """SQL twin of `policy.sees`, for a table that knows its community and whether that is a private one."""
    inside = actor.memberships | actor.facilitates
    is_inside = [table.community_id.in_(inside)] if inside else []
    return true() if actor.is_coordinator else or_(table.is_private.is_(False), *is_inside)


def is_private(community_id: int | None) -> bool:
    """Tell whether what a community leads is for its members only: where the flag of each content comes from."""
    room = get_rooms().by_id.get(community_id or 0)
    return room is not None and room.is_private


def _load() -> Rooms:
    rows = db.session.scalars(select(Community).order_by(Community.position, Community.id))
    covered = _get_covered()
    rooms = tuple(
        Room(
            r.id,
            r.slug,
            r.name,
            r.name_en,
            r.description,
            r.description_en,
            r.colour,
            r.is_archived,
            r.is_private,
            r.wants_review,
            r.answer_days,
            r.stalled_days,
            tuple(covered.get(r.id, ())),
        )
        for r in rows
    )
    by_id = {room.id: room for room in rooms}
    return Rooms(rooms, by_id, map_by_address("community", by_id))


def _get_covered() -> dict[int, list[int]]:
    """Return the issues that each community covers, by its number, in their order."""
    query = select(CommunityIssue.community_id, Issue.id).join(Issue, Issue.id == CommunityIssue.issue_id)
    found: dict[int, list[int]] = {}
    for community_id, issue_id in db.session.execute(query.order_by(Issue.position, Issue.id)).tuples():
        found.setdefault(community_id, []).append(issue_id)
    return found


def list_covering(issue_id: int) -> list[Room]:
    """Return the public communities that cover an issue and are not in the archives, in their order."""
    return [room for room in get_public_rooms().current if issue_id in room.issue_ids]


def list_covered_ids(community_id: int) -> list[int]:
    """Return the issues that a community covers as they are stored now."""
    query = select(CommunityIssue.issue_id).where(CommunityIssue.community_id == community_id)
    return list(db.session.scalars(query.order_by(CommunityIssue.issue_id)))


def in_force() -> ColumnElement[bool]:
    """Match the restrictions that hold now."""
    return and_(Restriction.lifted_at.is_(None), or_(Restriction.until.is_(None), Restriction.until > NOW))


def list_restrictions(actor: Actor) -> Sequence[Restriction]:
    """Return what keeps a person from taking part: first what holds anywhere, what has no end before the rest."""
    order = (Restriction.community_id.is_not(None), Restriction.until.is_not(None), Restriction.id.desc())
    mine = select(Restriction).where(Restriction.user_id == actor.id, in_force())
    return db.session.scalars(mine.order_by(*order)).all()


def get_room(actor: Actor, slug: str, permission: Permission) -> Room:
    """Return a community by its slug, present or past. Raise NotFound where it is absent or forbidden."""
    room = get_rooms().by_slug.get(slug)
    if room is None or not permission.permits(actor, room):
        raise NotFound()
    return room


def get_community(community_id: int) -> Community:
    """Return the row to write on."""
    community = db.session.get(Community, community_id)
    if community is None:
        raise NotFound()
    return community


def list_charges(community_id: int) -> Sequence[tuple[User, Facilitator]]:
    """Return the people in charge now and their charge, by name."""
    query = select(User, Facilitator).join(Facilitator, Facilitator.user_id == User.id)
    query = query.options(load_only(User.name, User.closed_at)).where(
        Facilitator.community_id == community_id, _in_charge()
    )
    return db.session.execute(query.order_by(User.sort_key, User.id)).tuples().all()


def list_facilitators(community_id: int) -> list[User]:
    """Return the people in charge now, by name."""
    return [user for user, _charge in list_charges(community_id)]


def list_team_ids(community_id: int | None, *, apart_from: Collection[int | None] = ()) -> Sequence[int]:
    """Return the accounts that answer for a community now: those in charge of it, else the coordinators."""
    excluded_ids = [user_id for user_id in apart_from if user_id is not None]
    is_able = and_(User.closed_at.is_(None), ~is_out(community_id), User.id.not_in(excluded_ids))
    facilitator_ids = select(Facilitator.user_id).where(Facilitator.community_id == community_id, Facilitator.running())
    people = select(User.id).where(is_able, User.site_role != "admin", User.id.in_(facilitator_ids)).order_by(User.id)
    coordinators = select(User.id).where(is_able, User.site_role == constant("coordinator")).order_by(User.id)
    return db.session.scalars(people).all() or db.session.scalars(coordinators).all()


def is_out(community_id: Any) -> ColumnElement[bool]:
    """Match the accounts that may not take part there for now."""
    here = or_(Restriction.community_id.is_(None), Restriction.community_id == community_id)
    out = select(Restriction.id).where(Restriction.user_id == User.id, here, in_force())
    return out.correlate_except(Restriction).exists()


def in_charge_of(community_id: Any) -> ColumnElement[bool]:
    """Match the accounts that have the charge of a community (a number, or a column of it) now, coordinators too.

    It is the SQL twin of `policy.facilitates`.
    """
    charge = select(Facilitator.id).where(
        Facilitator.user_id == User.id, Facilitator.community_id == community_id, Facilitator.running()
    )
    has_charge = and_(charge.correlate_except(Facilitator).exists(), User.site_role != "admin", ~is_out(community_id))
    is_coordinator = and_(User.site_role == "coordinator", ~is_out(None))
    return and_(User.closed_at.is_(None), User.active.is_(True), or_(has_charge, is_coordinator))


def _in_charge() -> ColumnElement[bool]:
    return and_(Facilitator.running(), User.closed_at.is_(None))


def get_facilitator_names() -> dict[int, list[str]]:
    """Return the names of the people in charge now, by number of community, in their order."""
    names: dict[int, list[str]] = {}
    for animator in _list_animators():
        names.setdefault(animator.community_id, []).append(animator.name)
    return names


def list_animators(community_id: int) -> list[Animator]:
    """Return who is in charge now, by name, as the process knows it."""
    return [animator for animator in _list_animators() if animator.community_id == community_id]


def _list_animators() -> list[Animator]:
    known, now = versions.get_or_load("animators", _load_animators), clock.now()
    return [animator for animator in known if animator.expires_at is None or animator.expires_at > now]


def _load_animators() -> list[Animator]:
    query = select(Facilitator.community_id, User.id, User.name, Facilitator.expires_at)
    query = query.join(User, User.id == Facilitator.user_id).where(_in_charge())
    return list(starmap(Animator, db.session.execute(query.order_by(User.sort_key, User.id)).tuples()))


def count_members(community_id: int) -> int:
    """Return how many members a community has, as the process knows it."""
    query = select(func.count()).where(Membership.community_id == community_id)
    return versions.get_or_load(("members", community_id), lambda: db.session.scalar(query) or 0)


def count_members_by_community() -> dict[int, int]:
    """Count the members of each community that has some, in one query."""
    query = select(Membership.community_id, func.count()).group_by(Membership.community_id)
    return dict(db.session.execute(query).tuples().all())
