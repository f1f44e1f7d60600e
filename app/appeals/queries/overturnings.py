"""Measures that were undone, from the list, from the content or by the judge of an appeal."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.orm import aliased

from app.accounts.models.people import User
from app.appeals.models import Appeal, Overturning
from app.contents.models import COLUMNS
from app.core.db import db
from app.measures.models import Measure

# What ends the effect of a measure without naming it.
ENDS = {"hide": "restore", "refuse": "restore", "lock": "unlock"}


def of(measure_ids: Collection[int | None]) -> dict[int, Overturning]:
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
