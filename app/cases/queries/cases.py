"""Reports and their cases: one, those of a team, one's own."""
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models.people import User
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import SIZE, Order, Page, page_by_id, place, read_place
from app.core.permits import Permission
from app.moderation.models.cases import REASONS, Case, CaseStep, Report
from app.moderation.models.dossiers import Content, Dossier
from app.moderation.models.measures import Measure
from app.moderation.queries import contents

ORDERS = {
    "open": Order(Case.opened_at, Case.id, descending=False, id_descending=False),
    "handled": Order(Case.decided_at, Case.id), "dismissed": Order(Case.decided_at, Case.id)}
RECENT = 20


@dataclass(frozen=True)
class Told:
    """What one person reported, with what became of it."""

    report: Report
    dossier: Dossier


@dataclass(frozen=True)
class Line:
    """A case in a list, with how many reported it for each reason."""

    dossier: Dossier
    reasons: Counter[str]


def one(actor: Actor, case_id: int, permission: Permission) -> Dossier:
    """The only way from a number in an address to a case; the absent and the forbidden answer alike."""
    dossier = find(actor, case_id)
    if dossier is None or not permission.permits(actor, dossier):
        raise NotFound()
    return dossier


def find(actor: Actor, case_id: int) -> Dossier | None:
    """Read a case anew, whoever asks; for a command, which asks the permission itself."""
    query = _dossiers().where(Case.id == case_id).execution_options(populate_existing=True)
    row = db.session.execute(query).one_or_none()
    return Dossier(row.Case, contents.of(row)) if row else None


def _dossiers() -> Select[Any]:
    return contents.joined(select(Case), Case)


def for_team(actor: Actor) -> ColumnElement[bool]:
    """Match, where contents are joined, the cases that `case:read` gives this person."""
    return and_(or_(contents.in_charge(actor), contents.stands_in(actor)), contents.not_written_by(actor))


def listing(
        actor: Actor, state: str, *, community_id: int | None = None, after: str = "", size: int = SIZE) -> Page[Line]:
    """Give the cases of one's own communities in one state: the open ones from the oldest, the closed from the last."""
    order = ORDERS[state]
    query = _dossiers().where(Case.state == state, for_team(actor))
    query = query.where(contents.inside(community_id)) if community_id else query
    query = query.where(order.after(*read_place(after, datetime))) if after else query
    rows = db.session.execute(order.apply(query).limit(size + 1)).all()
    last = rows[size - 1].Case if len(rows) > size else None
    following = place(getattr(last, order.column.key), last.id) if last else None
    return Page(_lines(rows[:size]), following, is_first=not after)


def lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Give some cases as a list shows them; whoever asks has made sure that they are this person's to read."""
    return _lines(db.session.execute(_dossiers().where(Case.id.in_(ids))).all())


def _lines(rows: Sequence[Any]) -> list[Line]:
    counted = _reasons([row.Case.id for row in rows])
    return [Line(Dossier(row.Case, contents.of(row)), counted.get(row.Case.id, Counter()))
            for row in rows]


def reasons(case_id: int) -> Counter[str]:
    """Count the reports of a case by reason."""
    return _reasons([case_id]).get(case_id, Counter())


def _reasons(ids: Sequence[int]) -> dict[int, Counter[str]]:
    """Count the reports of some cases; reasons are in the order of the list that people choose from."""
    query = select(Report.case_id, Report.reason, func.count()).where(Report.case_id.in_(ids))
    found: dict[int, Counter[str]] = {}
    rows = db.session.execute(query.group_by(Report.case_id, Report.reason)).tuples().all()
    for case_id, reason, count in sorted(rows, key=lambda row: REASONS.index(row[1])):
        found.setdefault(case_id, Counter())[reason] = count
    return found


def reports(dossier: Dossier, *, after: int | None = None, size: int = SIZE) -> Page[Report]:
    """Give the reports of a case with who made them, from the first."""
    query = select(Report).where(Report.case_id == dossier.id, Report.id > (after or 0))
    named = joinedload(Report.user).load_only(User.name, User.closed_at)
    rows = db.session.scalars(query.options(named).order_by(Report.id).limit(size + 1)).all()
    return page_by_id(rows, size=size, is_first=not after)


def steps(dossier: Dossier) -> Sequence[CaseStep]:
    """Give what was decided of a case, from the first time."""
    named = joinedload(CaseStep.by).load_only(User.name, User.closed_at)
    query = select(CaseStep).where(CaseStep.case_id == dossier.id).options(named)
    return db.session.scalars(query.order_by(CaseStep.id)).all()


def measures(dossier: Dossier) -> Sequence[Measure]:
    """Give the measures taken since the case was opened, on its content or on who wrote it, the last first."""
    about = contents.about(Measure, dossier.content)
    if dossier.concerned_id and dossier.community_id:
        here = Measure.community_id == dossier.community_id
        about = or_(about, and_(Measure.user_id == dossier.concerned_id, here))
    query = select(Measure).where(about, Measure.at >= dossier.case.opened_at)
    return db.session.scalars(query.order_by(Measure.id.desc()).limit(RECENT)).all()


def last_measure(content: Content, kind: str) -> int | None:
    """Find the last measure of a kind that was taken on a content."""
    query = select(func.max(Measure.id)).where(contents.about(Measure, content), Measure.kind == kind)
    return db.session.scalar(query)


def open_case(content: Content) -> Case | None:
    """Find the open case of a content."""
    return db.session.scalar(select(Case).where(contents.about(Case, content), Case.state == "open"))


def own_open_report(actor: Actor, content: Content) -> Report | None:
    """Find what this person said of a content in the case that is open."""
    query = select(Report).join(Case, Case.id == Report.case_id)
    return db.session.scalar(query.where(
        contents.about(Case, content), Case.state == "open", Report.user_id == actor.id))


def reporters(case_id: int) -> Sequence[int]:
    return db.session.scalars(select(Report.user_id).where(Report.case_id == case_id).order_by(Report.id)).all()


def reported_by(*which: ColumnElement[bool]) -> Sequence[int]:
    """Give who reported the content of some cases."""
    query = select(Report.user_id).join(Case, Case.id == Report.case_id).where(*which)
    return db.session.scalars(query.distinct()).all()


def was_handled(case_id: int, *, before: int) -> bool:
    """Tell whether an earlier step of the case had upheld what was reported."""
    query = select(CaseStep.id).where(CaseStep.case_id == case_id, CaseStep.state == "handled", CaseStep.id < before)
    return db.session.scalar(query.limit(1)) is not None


def own(actor: Actor, *, before: int | None = None, size: int = SIZE) -> Page[Told]:
    """Give what a person reported, the last first."""
    query = contents.joined(select(Report, Case).join(Case, Case.id == Report.case_id), Case)
    query = query.where(Report.user_id == actor.id)
    query = query.where(Report.id < before) if before else query
    rows = db.session.execute(query.order_by(Report.id.desc()).limit(size + 1)).all()
    shown = [Told(row.Report, Dossier(row.Case, contents.of(row))) for row in rows[:size]]
    return Page(shown, str(shown[-1].report.id) if len(rows) > size else None, is_first=not before)
