"""Measures: one to undo, those of one's own communities, those that concern one person."""

from typing import Any

from sqlalchemy import Select, and_, case, or_, select, union_all
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models.people import User
from app.appeals.models import ContestedMeasure, MeasureLine
from app.appeals.queries.contested_measures import for_team, read, select_contested
from app.contents import queries as contents
from app.contents.models import COLUMNS, CONTENTS
from app.core.actor import Actor
from app.core.db import db
from app.core.dialect import among
from app.core.errors import NotFound
from app.core.paging import SIZE, Page
from app.core.permits import Permission
from app.ideas.models import Idea
from app.measures.models import Measure
from app.plan.models.structure import Action
from app.updates.models import Update

# What lets a first post appear has no reason and happens all day: it is not in the list.
USUAL = ("publish", "publish_change", "unpublish")


def one(actor: Actor, measure_id: int, permission: Permission) -> ContestedMeasure:
    """Return a measure to undo by its number. Raise NotFound where it is absent or forbidden."""
    query = _select(actor).where(Measure.id == measure_id).execution_options(populate_existing=True)
    row = db.session.execute(query).one_or_none()
    contested_measure = read(row) if row else None
    if contested_measure is None or not permission.permits(actor, contested_measure):
        raise NotFound()
    return contested_measure


def listing(
    actor: Actor,
    *,
    community_id: int | None = None,
    before: int | None = None,
    size: int = SIZE,
) -> Page[MeasureLine]:
    """Return the measures of one's own communities, or of one of them, the last first."""
    query = _select_for_team(actor)
    if community_id:
        here = and_(Measure.user_id.is_not(None), Measure.community_id == community_id)
        query = query.where(or_(contents.in_community(community_id), here))
    return _page(query, before, size)


def about(actor: Actor, user_id: int, *, before: int | None = None, size: int = SIZE) -> Page[MeasureLine]:
    """Return the measures of one's own communities on a person, or on what they wrote."""
    on_words = (
        select(Measure.id).join(model, model.id == getattr(Measure, COLUMNS[model])).where(model.author_id == user_id)
        for model in CONTENTS
    )
    ids = union_all(select(Measure.id).where(Measure.user_id == user_id), *on_words).subquery()
    return _page(_select_for_team(actor).where(among(Measure.id, select(ids.c.id))), before, size)


def _select(actor: Actor) -> Select[Any]:
    return select_contested(actor).options(*(joinedload(model.thread) for model in (Idea, Update, Action)))


def _select_for_team(actor: Actor) -> Select[Any]:
    """Select what this person has the charge of and is not concerned by, with the names of a `MeasureLine`."""
    whom = aliased(User)
    query = _select(actor).add_columns(_name(User).label("by"), _name(whom).label("whom"))
    query = query.outerjoin(User, User.id == Measure.by_id).outerjoin(whom, whom.id == Measure.user_id)
    return query.where(Measure.kind.not_in(USUAL), for_team(actor))


def _name(user: type[User]) -> Any:
    return case((user.closed_at.is_(None), user.name))


def _page(query: Select[Any], before: int | None, size: int) -> Page[MeasureLine]:
    query = query.where(Measure.id < before) if before else query
    rows = db.session.execute(query.order_by(Measure.id.desc()).limit(size + 1)).all()
    lines = [_line(row) for row in rows[:size]]
    return Page(lines, str(lines[-1].measure.id) if len(rows) > size else None, is_first=not before)


def _line(row: Any) -> MeasureLine:
    return MeasureLine(**vars(read(row)), by=row.by or "", whom=row.whom or "")
