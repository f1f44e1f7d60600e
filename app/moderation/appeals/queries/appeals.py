"""Measures that were undone, from the list, from the content or by the judge of an appeal."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.orm import aliased

from app.accounts.models.people import User
from app.contents import queries as contents
from app.contents.models import COLUMNS, Content
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import SIZE, Order, Page, format_cursor, parse_cursor
from app.core.permits import Permission
from app.moderation.appeals.models import Appeal, ContestedMeasure, Overturning
from app.moderation.appeals.policy import MAY_BE_APPEALED, MEASURE_APPEAL, OUT_OF_SIGHT, TIME_TO_APPEAL
from app.moderation.appeals.queries.measures import (
    build_contested_measure,
    find_contested_measure,
    for_team,
    select_contested,
)
from app.moderation.measures.models import Measure

# What ends the effect of a measure without naming it.
ENDS = {"hide": "restore", "refuse": "restore", "lock": "unlock"}


def get_overturnings(measure_ids: Collection[int | None]) -> dict[int, Overturning]:
    """Return, by number, what became of those of these measures that were undone; whoever asks may read them."""
    ids = {row_id for row_id in measure_ids if row_id}
    if not ids:
        return {}
    undoing, name = aliased(Measure), case((User.closed_at.is_(None), User.name), else_="")
    query = select(Measure.id, name, undoing.at, undoing.reason, Appeal.id.is_not(None))
    query = query.join(undoing, _undoes(undoing)).outerjoin(User, User.id == undoing.by_id)
    is_granted = and_(Appeal.measure_id == Measure.id, Appeal.state == "granted")
    query = query.outerjoin(Appeal, is_granted).where(Measure.id.in_(ids)).order_by(undoing.id.desc())
    rows = db.session.execute(query).tuples()
    return {row_id: Overturning(by or "", at, reason, bool(is_appeal)) for row_id, by, at, reason, is_appeal in rows}


def _undoes(undoing: Any) -> ColumnElement[bool]:
    """Match the measure that undid one, by its number or because it ended its effect on the same content."""
    same = or_(*(getattr(undoing, column) == getattr(Measure, column) for column in COLUMNS.values()))
    ends = or_(*(and_(Measure.kind == kind, undoing.kind == end) for kind, end in ENDS.items()))
    return or_(undoing.undoes_id == Measure.id, and_(ends, undoing.id > Measure.id, same))


ORDERS = {
    "open": Order(Appeal.at, Appeal.id, descending=False, id_descending=False),
    "granted": Order(Appeal.decided_at, Appeal.id),
    "refused": Order(Appeal.decided_at, Appeal.id),
}


def get_measure(actor: Actor, measure_id: int, permission: Permission) -> ContestedMeasure:
    """Return a measure by its number. Raise NotFound where it is absent or forbidden, without telling which."""
    return _check(actor, find_contested_measure(actor, Measure.id == measure_id), permission)


def get_appealed_measure(actor: Actor, appeal_id: int, permission: Permission) -> ContestedMeasure:
    """Return an appeal by its number. Raise NotFound where it is absent or forbidden, without telling which."""
    return _check(actor, find_contested_measure(actor, Appeal.id == appeal_id), permission)


def get_measure_of_appeal(appeal: Appeal) -> Measure:
    """Return the measure that an appeal is against."""
    return db.session.get_one(Measure, appeal.measure_id)


def _check(actor: Actor, contested_measure: ContestedMeasure | None, permission: Permission) -> ContestedMeasure:
    if contested_measure is None or not permission.permits(actor, contested_measure):
        raise NotFound()
    return contested_measure


def list_appeals(actor: Actor, state: str, *, after: str = "", size: int = SIZE) -> Page[ContestedMeasure]:
    """Return the appeals of one's own communities in one state: the open ones from the oldest, the others the last."""
    order = ORDERS[state]
    query = select_contested(actor).where(Appeal.state == state, for_team(actor))
    query = query.where(order.after(*parse_cursor(after, datetime))) if after else query
    rows = db.session.execute(order.apply(query).limit(size + 1)).all()
    last = rows[size - 1].Appeal if len(rows) > size else None
    following = format_cursor(getattr(last, order.column.key), last.id) if last else None
    return Page([build_contested_measure(row) for row in rows[:size]], following, is_first=not after)


def get_hiding_id(content: Content) -> int:
    """Return the number of the measure that took a content out of sight. Raise NotFound where none did."""
    query = select(Measure.id).where(contents.is_about(Measure, content), Measure.kind.in_(OUT_OF_SIGHT))
    measure_id = db.session.scalar(query.order_by(Measure.id.desc()).limit(1))
    if measure_id is None:
        raise NotFound()
    return measure_id


def get_appealable_ids(actor: Actor, ids: Collection[int]) -> set[int]:
    """Return those of these measures against which this person may still appeal."""
    if not ids:
        return set()
    recent = Measure.at > clock.now() - TIME_TO_APPEAL
    query = select_contested(actor).where(Measure.id.in_(ids), Measure.kind.in_(MAY_BE_APPEALED), recent)
    rows = db.session.execute(query).all()
    return {row.Measure.id for row in rows if MEASURE_APPEAL.permits(actor, build_contested_measure(row))}


def is_granted(measure_id: int) -> bool:
    """Tell whether a measure was undone because somebody appealed."""
    query = select(Appeal.id).where(Appeal.measure_id == measure_id, Appeal.state == "granted")
    return db.session.scalar(query) is not None


def list_own_appeals(actor: Actor, *, limit: int = 50) -> Sequence[Appeal]:
    """Return the last appeals of a person, the last first."""
    query = select(Appeal).where(Appeal.user_id == actor.id).order_by(Appeal.id.desc())
    return db.session.scalars(query.limit(limit)).all()
