"""The measures that were taken: one, those of one's own communities, those that concern one person."""
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, case, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models.people import User
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import SIZE, Page
from app.core.permits import Permission
from app.ideas.models import Idea
from app.moderation.models.dossiers import Contested
from app.moderation.models.measures import Measure
from app.moderation.queries import appeals, contents
from app.updates.models import Update

# What lets a first post appear has no reason and happens all day: it is not in the list.
USUAL = ("publish", "publish_change")


@dataclass(frozen=True)
class Taken:
    """A measure as a team sees it: `by` is who took it (empty when the site did), `whom` the person it was taken about.

    The name of a closed account is empty.
    """

    dossier: Contested
    by: str = ""
    whom: str = ""

    @property
    def measure(self) -> Measure:
        return self.dossier.measure


def one(actor: Actor, measure_id: int, permission: Permission) -> Contested:
    """The only way from a number in an address to a measure that somebody would undo."""
    query = _selected(actor).where(Measure.id == measure_id).execution_options(populate_existing=True)
    row = db.session.execute(query).one_or_none()
    found = appeals.read(row) if row else None
    if found is None or not permission.permits(actor, found):
        raise NotFound()
    return found


def names(measure: Measure) -> tuple[str, str]:
    """Give who took a measure, and whom it is about; "" for nobody, or for an account that is closed."""
    people = {user.id: user.name for user in db.session.scalars(select(User).where(
        User.id.in_((measure.by_id, measure.user_id)), User.closed_at.is_(None)))}
    return people.get(measure.by_id or 0, ""), people.get(measure.user_id or 0, "")


def listing(
        actor: Actor, *, community_id: int | None = None, before: int | None = None, size: int = SIZE) -> Page[Taken]:
    """Give the measures of one's own communities, or of one of them, the last first."""
    query = _mine(actor)
    if community_id:
        here = and_(Measure.user_id.is_not(None), Measure.community_id == community_id)
        query = query.where(or_(contents.inside(community_id), here))
    return _page(query, before, size)


def about(actor: Actor, user_id: int, *, before: int | None = None, size: int = SIZE) -> Page[Taken]:
    """Give the measures of one's own communities on a person, or on what they wrote."""
    wrote = or_(Measure.user_id == user_id, *(model.author_id == user_id for model in contents.CONTENTS))
    return _page(_mine(actor).where(wrote), before, size)


def _selected(actor: Actor) -> Select[Any]:
    return appeals.contested(actor).options(joinedload(Idea.thread), joinedload(Update.thread))


def _mine(actor: Actor) -> Select[Any]:
    """Select what this person has the charge of and is not concerned by, with the names that `Taken` tells."""
    whom = aliased(User)
    query = _selected(actor).add_columns(_name(User).label("by"), _name(whom).label("whom"))
    query = query.outerjoin(User, User.id == Measure.by_id).outerjoin(whom, whom.id == Measure.user_id)
    return query.where(Measure.kind.not_in(USUAL), appeals.for_team(actor))


def _name(user: type[User]) -> Any:
    return case((user.closed_at.is_(None), user.name))


def _page(query: Select[Any], before: int | None, size: int) -> Page[Taken]:
    query = query.where(Measure.id < before) if before else query
    rows = db.session.execute(query.order_by(Measure.id.desc()).limit(size + 1)).all()
    shown = [Taken(appeals.read(row), row.by or "", row.whom or "") for row in rows[:size]]
    return Page(shown, str(shown[-1].measure.id) if len(rows) > size else None, is_first=not before)
