"""Cases of what was reported: one with its content, its steps and measures; those of a team."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models.people import User
from app.cases.models import Case, CaseFile, CaseLine, CaseStep
from app.cases.queries.reports import reasons_of
from app.contents import queries as contents
from app.contents.models import Content
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import SIZE, Order, Page, place, read_place
from app.core.permits import Permission
from app.measures.models import Measure

ORDERS = {
    "open": Order(Case.opened_at, Case.id, descending=False, id_descending=False),
    "handled": Order(Case.decided_at, Case.id),
    "dismissed": Order(Case.decided_at, Case.id),
}
RECENT = 20


def one(actor: Actor, case_id: int, permission: Permission) -> CaseFile:
    """Return a case by its number. Raise NotFound where it is absent or forbidden, without telling which."""
    case_file = find(case_id)
    if case_file is None or not permission.permits(actor, case_file):
        raise NotFound()
    return case_file


def find(case_id: int) -> CaseFile | None:
    """Read a case anew, without a permission; for a command, which requires one itself."""
    query = _select_files().where(Case.id == case_id).execution_options(populate_existing=True)
    row = db.session.execute(query).one_or_none()
    return CaseFile(row.Case, contents.content_of(row)) if row else None


def _select_files() -> Select[Any]:
    return contents.with_content(select(Case), Case)


def for_team(actor: Actor) -> ColumnElement[bool]:
    """Match, where contents are joined, the cases that this person may read (`case:read`)."""
    return and_(or_(contents.in_charge(actor), contents.stands_in(actor)), contents.not_written_by(actor))


def listing(
    actor: Actor,
    state: str,
    *,
    community_id: int | None = None,
    after: str = "",
    size: int = SIZE,
) -> Page[CaseLine]:
    """Return the cases of one's own communities in one state: open ones from the oldest, closed ones from the last."""
    order = ORDERS[state]
    query = _select_files().where(Case.state == state, for_team(actor))
    query = query.where(contents.in_community(community_id)) if community_id else query
    query = query.where(order.after(*read_place(after, datetime))) if after else query
    rows = db.session.execute(order.apply(query).limit(size + 1)).all()
    last = rows[size - 1].Case if len(rows) > size else None
    following = place(getattr(last, order.column.key), last.id) if last else None
    return Page(_lines(rows[:size]), following, is_first=not after)


def lines(actor: Actor, ids: Sequence[int]) -> list[CaseLine]:
    """Return some cases as a list shows them; whoever asks has made sure that they are this person's to read."""
    return _lines(db.session.execute(_select_files().where(Case.id.in_(ids))).all())


def _lines(rows: Sequence[Any]) -> list[CaseLine]:
    counts = reasons_of([row.Case.id for row in rows])
    return [CaseLine(row.Case, contents.content_of(row), counts.get(row.Case.id, Counter())) for row in rows]


def steps(case_file: CaseFile) -> Sequence[CaseStep]:
    """Return the steps of a case, from the first."""
    with_author = joinedload(CaseStep.by).load_only(User.name, User.closed_at)
    query = select(CaseStep).where(CaseStep.case_id == case_file.id).options(with_author)
    return db.session.scalars(query.order_by(CaseStep.id)).all()


def measures(case_file: CaseFile) -> Sequence[Measure]:
    """Return the measures taken since the case was opened, on its content or on who wrote it, the last first."""
    about = contents.is_about(Measure, case_file.content)
    if case_file.concerned_id and case_file.community_id:
        here = Measure.community_id == case_file.community_id
        about = or_(about, and_(Measure.user_id == case_file.concerned_id, here))
    query = select(Measure).where(about, Measure.at >= case_file.case.opened_at)
    return db.session.scalars(query.order_by(Measure.id.desc()).limit(RECENT)).all()


def last_measure(content: Content, kind: str) -> int | None:
    """Return the number of the last measure of a kind that was taken on a content, or None."""
    query = select(func.max(Measure.id)).where(contents.is_about(Measure, content), Measure.kind == kind)
    return db.session.scalar(query)


def open_case(content: Content) -> Case | None:
    """Return the open case of a content, or None."""
    return db.session.scalar(select(Case).where(contents.is_about(Case, content), Case.state == "open"))


def was_handled(case_id: int, *, before: int) -> bool:
    """Tell whether an earlier step of the case had upheld what was reported."""
    query = select(CaseStep.id).where(CaseStep.case_id == case_id, CaseStep.state == "handled", CaseStep.id < before)
    return db.session.scalar(query.limit(1)) is not None
