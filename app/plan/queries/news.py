"""What was said of an action."""
from collections.abc import Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models.people import User
from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.core.paging import Page, page_by_id
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action
from app.plan.queries.bulletins import own_of, readable_by
from app.reference.models import Organisation

SIZE = 5


def listing(actor: Actor, action: Action, *, before: int | None = None, size: int = SIZE) -> Page[Bulletin]:
    """Return a page of what was said of an action and a person may read, the last first.

    `before` is where the page before ended.
    """
    query = _of(action).join(Bulletin.action).where(or_(readable_by(actor), own_of(actor)))
    query = query.where(Bulletin.id < before) if before else query
    rows = db.session.scalars(query.order_by(Bulletin.id.desc()).limit(size + 1)).all()
    return page_by_id(rows, size=size, is_first=not before)


def latest(action: Action, size: int) -> Sequence[Bulletin]:
    return listing(ANYONE, action, size=size).items


def last_drop(action: Action) -> Bulletin | None:
    """Return what was said when an action was last dropped, None where it is hidden or never was."""
    query = _of(action).where(Bulletin.in_sight(), Bulletin.state == "dropped", Bulletin.state_before != "dropped")
    return db.session.scalar(query.order_by(Bulletin.id.desc()).limit(1))


def _of(action: Action) -> Select[tuple[Bulletin]]:
    author = joinedload(Bulletin.author).load_only(User.name, User.closed_at, User.shows_organisation)
    organisation = author.joinedload(User.organisation).load_only(Organisation.name)
    return select(Bulletin).where(Bulletin.action_id == action.id).options(organisation)
