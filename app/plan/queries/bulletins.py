"""Bulletins: one, those of an action that a person may read, and those that people are told of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.sql.base import ExecutableOption

from app.accounts.models.people import User
from app.communities.cached_statements import cached_statement, reader_parameters
from app.communities.sql_policy import stands_in
from app.core import clock
from app.core.actor import ANYONE, Actor
from app.core.db import db, number_parameter, numbers_parameter
from app.core.errors import NotFound
from app.core.paging import Page, page_by_id
from app.core.permits import Permission
from app.core.text import markdown
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action, Milestone
from app.plan.queries import actions
from app.plan.queries.actions import ACTION, CommunityColumns
from app.reference.models import Organisation

SIZE = 5


@dataclass(frozen=True)
class BulletinDetails:
    """A bulletin, and the titles of the milestones that were reached by it, in their order."""

    bulletin: Bulletin
    milestones: list[str] = field(default_factory=list)


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """SQL twin of `policy.READ_BULLETIN`, where each bulletin is joined to its action."""
    is_kept = Bulletin.deleted_at.is_(None)
    is_near = stands_in(actor, CommunityColumns(Action), Bulletin.author_id)
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


def find_repeated(actor: Actor, action_id: int, body: str, blocker: str) -> Bulletin | None:
    """Find the last bulletin of an action where this person said the same within the hour.

    A form that one goes back to has a new key.
    """
    query = select(Bulletin).where(Bulletin.action_id == action_id, Bulletin.in_sight())
    last: Bulletin | None = db.session.scalar(query.order_by(Bulletin.id.desc()).limit(1))
    if last is None or last.author_id != actor.id or last.at < clock.ago(hours=1):
        return None
    return last if (last.body, last.blocker) == (body, blocker.strip()) else None


def get_bulletin(actor: Actor, bulletin_id: int, permission: Permission) -> Bulletin:
    """Return a bulletin by its number. Raise NotFound where it is absent or forbidden, without telling which."""
    query = _select_readable(actor).where(Bulletin.id == bulletin_id).options(*_with_author())
    bulletin = db.session.scalar(query)
    if bulletin is None or not permission.permits(actor, bulletin):
        raise NotFound()
    return bulletin


def _select_readable(actor: Actor) -> Select[tuple[Bulletin]]:
    query = select(Bulletin).join(Bulletin.action).where(or_(readable_by(actor), own_of(actor)))
    return query.options(contains_eager(Bulletin.action))


def list_bulletins(actor: Actor, action: Action, *, before: int | None = None, size: int = SIZE) -> Page[Bulletin]:
    """Return a page of the bulletins of an action that a person may read or wrote, the last first.

    `before` is where the page before ended.
    """
    query = _select_page(actor, is_first=not before)
    rows = db.session.scalars(query, reader_parameters(actor, action=action.id, before=before, limit=size + 1)).all()
    return page_by_id(rows, size=size, is_first=not before)


@cached_statement
def _select_page(actor: Actor, *, is_first: bool) -> Select[tuple[Bulletin]]:
    query = _select_readable(actor).where(Bulletin.action_id == ACTION).options(*_with_author())
    query = query if is_first else query.where(Bulletin.id < number_parameter("before"))
    return query.order_by(Bulletin.id.desc()).limit(number_parameter("limit"))


def list_latest(action: Action, size: int) -> Sequence[Bulletin]:
    """Return the last bulletins of an action that everybody may read."""
    return list_bulletins(ANYONE, action, size=size).items


def get_last_moments(action_ids: Collection[int]) -> dict[int, datetime]:
    """Return when something was last said of each of these actions, by its number; none where nothing ever was."""
    query = (
        select(Bulletin.action_id, func.max(Bulletin.at))
        .where(Bulletin.action_id.in_(numbers_parameter("ids")), Bulletin.in_sight())
        .group_by(Bulletin.action_id)
    )
    return {action_id: at for action_id, at in db.session.execute(query, {"ids": list(action_ids)}).tuples()}


def find_last_drop(action: Action) -> Bulletin | None:
    """Return the bulletin by which an action was last dropped, None where it is hidden or never was."""
    query = select(Bulletin).where(Bulletin.action_id == action.id, is_drop()).options(*_with_author())
    return db.session.scalar(query.order_by(Bulletin.id.desc()).limit(1))


def find_drop_reasons(action_ids: Collection[int]) -> dict[int, str]:
    """Return why each of these actions was last dropped, on one line, by its number; none where that is hidden."""
    if not action_ids:
        return {}
    query = select(Bulletin.action_id, Bulletin.body_html).where(Bulletin.action_id.in_(action_ids), is_drop())
    rows = db.session.execute(query.order_by(Bulletin.id)).tuples()
    return {action_id: markdown.to_line(html) for action_id, html in rows}


def is_drop() -> ColumnElement[bool]:
    """Match the bulletins in sight by which an action was dropped."""
    return and_(Bulletin.in_sight(), Bulletin.state == "dropped", Bulletin.state_before != "dropped")


def _with_author() -> list[ExecutableOption]:
    author = joinedload(Bulletin.author).load_only(User.name, User.closed_at, User.shows_organisation)
    return [author.joinedload(User.organisation).load_only(Organisation.name)]


def count_reached_milestones(bulletin_id: int) -> int:
    """Count the milestones that an action reached by a bulletin."""
    query = select(func.count()).select_from(Milestone).where(Milestone.bulletin_id == bulletin_id)
    return db.session.scalar(query) or 0


def get_actions_and_bulletins(
    actor: Actor,
    action_ids: Collection[int],
    threads: Collection[int],
    bulletin_ids: Collection[int],
) -> tuple[dict[int, Action], dict[int, BulletinDetails]]:
    """Return those of these actions, and of the actions of these threads, that a person may read, by their ids.

    With them come those of these bulletins that are in sight, as their actions are; all of it in one statement.
    """
    parameters = reader_parameters(actor, actions=list(action_ids), threads=list(threads), bulletins=list(bulletin_ids))
    found: dict[int, Action] = {}
    details: dict[int, BulletinDetails] = {}
    for action, bulletin, title in db.session.execute(_select_with_bulletins(actor), parameters):
        found[action.id] = action
        if bulletin:
            details.setdefault(bulletin.id, BulletinDetails(bulletin)).milestones.extend([title] if title else [])
    return found, details


@cached_statement
def _select_with_bulletins(actor: Actor) -> Select[Any]:
    is_in_sight = and_(Bulletin.id.in_(numbers_parameter("bulletins")), Bulletin.in_sight(), Action.in_sight())
    which = or_(Action.id.in_(numbers_parameter("actions")), Action.thread_id.in_(numbers_parameter("threads")))
    query = select(Action, Bulletin, Milestone.title)
    query = query.outerjoin(Bulletin, and_(Bulletin.action_id == Action.id, is_in_sight))
    query = query.outerjoin(Milestone, Milestone.bulletin_id == Bulletin.id).where(which, actions.readable_by(actor))
    return query.order_by(Bulletin.id, Milestone.position, Milestone.id)
