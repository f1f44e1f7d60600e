"""Every SELECT on reports and their cases."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models.people import Profile, User
from app.communities.actor_rows import ACCOUNT, select_actor_row
from app.contents import queries as contents
from app.contents.models import COLUMNS, CONTENTS, Content
from app.core.actor import Actor
from app.core.db import constant, db
from app.core.errors import NotFound
from app.core.paging import SIZE, Order, Page, format_cursor, page_by_id, parse_cursor
from app.core.permits import Permission, noun
from app.ideas.models import Idea
from app.moderation.cases.models import REASONS, Case, CaseFile, CaseLine, CaseStep, OwnReport, Report
from app.moderation.measures.models import Measure


def count_reasons(case_id: int) -> Counter[str]:
    """Count the reports of a case by reason."""
    return count_reasons_by_case([case_id]).get(case_id, Counter())


def count_reasons_by_case(ids: Sequence[int]) -> dict[int, Counter[str]]:
    """Count the reports of some cases; reasons are in the order of the list that people choose from."""
    query = select(Report.case_id, Report.reason, func.count()).where(Report.case_id.in_(ids))
    counts: dict[int, Counter[str]] = {}
    rows = db.session.execute(query.group_by(Report.case_id, Report.reason)).tuples().all()
    for case_id, reason, count in sorted(rows, key=lambda row: REASONS.index(row[1])):
        counts.setdefault(case_id, Counter())[reason] = count
    return counts


def list_reports(case_file: CaseFile, *, after: int | None = None, size: int = SIZE) -> Page[Report]:
    """Return the reports of a case with who made them, from the first."""
    query = select(Report).where(Report.case_id == case_file.id, Report.id > (after or 0))
    with_author = joinedload(Report.user).load_only(User.name, User.closed_at)
    rows = db.session.scalars(query.options(with_author).order_by(Report.id).limit(size + 1)).all()
    return page_by_id(rows, size=size, is_first=not after)


def find_own_open_report(actor: Actor, content: Content) -> Report | None:
    """Return this person's report of a content in its open case, or None."""
    query = select(Report).join(Case, Case.id == Report.case_id)
    return db.session.scalar(
        query.where(contents.is_about(Case, content), Case.state == constant("open"), Report.user_id == actor.id)
    )


def list_reporter_ids(case_id: int) -> Sequence[int]:
    return db.session.scalars(select(Report.user_id).where(Report.case_id == case_id).order_by(Report.id)).all()


def list_reporter_ids_of_cases(*conditions: ColumnElement[bool]) -> Sequence[int]:
    """Return the accounts that reported the content of the cases that these conditions match."""
    query = select(Report.user_id).join(Case, Case.id == Report.case_id).where(*conditions)
    return db.session.scalars(query.distinct()).all()


def list_own_reports(actor: Actor, *, before: int | None = None, size: int = SIZE) -> Page[OwnReport]:
    """Return what a person reported, the last first."""
    query = contents.with_content(select(Report, Case).join(Case, Case.id == Report.case_id), Case)
    query = query.where(Report.user_id == actor.id)
    query = query.where(Report.id < before) if before else query
    rows = db.session.execute(query.order_by(Report.id.desc()).limit(size + 1)).all()
    items = [OwnReport(row.Case, contents.content_of(row), row.Report) for row in rows[:size]]
    return Page(items, str(items[-1].report.id) if len(rows) > size else None, is_first=not before)


def select_actor_rows() -> list[Select[Any]]:
    """Select what an account reported, as facts of its actor: contents, threads of ideas, and people.

    The author of a reported content (`user`) is selected while the case is open: until then, another person decides
    about them. The owner of a reported profile (`profile_of`) is always selected, as a content is.
    """
    columns = {model: getattr(Case, column) for model, column in COLUMNS.items()}
    kind = case(*((column.is_not(None), noun(model)) for model, column in columns.items()))
    author = func.coalesce(*(model.author_id for model in CONTENTS))
    return [
        _reports(kind, func.coalesce(*columns.values())),
        _reports(literal("thread"), Idea.thread_id).where(Idea.id.is_not(None)),
        _reports(literal("user"), author).where(Case.state == constant("open"), author.is_not(None)),
        _reports(literal("profile_of"), Profile.author_id).where(Profile.author_id.is_not(None)),
    ]


def _reports(kind: Any, number: Any) -> Select[Any]:
    query = contents.join_content(select_actor_row("reported", number, noun=kind).select_from(Case), Case)
    return query.join(Report, Report.case_id == Case.id).where(Report.user_id == ACCOUNT)


ORDERS = {
    "open": Order(Case.opened_at, Case.id, descending=False, id_descending=False),
    "handled": Order(Case.decided_at, Case.id),
    "dismissed": Order(Case.decided_at, Case.id),
}
RECENT = 20


def get_case_file(actor: Actor, case_id: int, permission: Permission) -> CaseFile:
    """Return a case by its number. Raise NotFound where it is absent or forbidden, without telling which."""
    case_file = find_case_file(case_id)
    if case_file is None or not permission.permits(actor, case_file):
        raise NotFound()
    return case_file


def find_case_file(case_id: int) -> CaseFile | None:
    """Read a case anew, without a permission; for a command, which requires one itself."""
    query = _select_files().where(Case.id == case_id).execution_options(populate_existing=True)
    row = db.session.execute(query).one_or_none()
    return CaseFile(row.Case, contents.content_of(row)) if row else None


def _select_files() -> Select[Any]:
    return contents.with_content(select(Case), Case)


def for_team(actor: Actor) -> ColumnElement[bool]:
    """Match, where contents are joined, the cases that this person may read (`case:read`)."""
    return and_(or_(contents.in_charge(actor), contents.stands_in(actor)), contents.not_written_by(actor))


def list_cases(
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
    query = query.where(order.after(*parse_cursor(after, datetime))) if after else query
    rows = db.session.execute(order.apply(query).limit(size + 1)).all()
    last = rows[size - 1].Case if len(rows) > size else None
    following = format_cursor(getattr(last, order.column.key), last.id) if last else None
    return Page(_lines(rows[:size]), following, is_first=not after)


def list_case_lines(actor: Actor, ids: Sequence[int]) -> list[CaseLine]:
    """Return some cases as a list shows them; whoever asks has made sure that they are this person's to read."""
    return _lines(db.session.execute(_select_files().where(Case.id.in_(ids))).all())


def _lines(rows: Sequence[Any]) -> list[CaseLine]:
    counts = count_reasons_by_case([row.Case.id for row in rows])
    return [CaseLine(row.Case, contents.content_of(row), counts.get(row.Case.id, Counter())) for row in rows]


def list_steps(case_file: CaseFile) -> Sequence[CaseStep]:
    """Return the steps of a case, from the first."""
    with_author = joinedload(CaseStep.by).load_only(User.name, User.closed_at)
    query = select(CaseStep).where(CaseStep.case_id == case_file.id).options(with_author)
    return db.session.scalars(query.order_by(CaseStep.id)).all()


def list_measures(case_file: CaseFile) -> Sequence[Measure]:
    """Return the measures taken since the case was opened, on its content or on who wrote it, the last first."""
    about = contents.is_about(Measure, case_file.content)
    if case_file.concerned_id and case_file.community_id:
        here = Measure.community_id == case_file.community_id
        about = or_(about, and_(Measure.user_id == case_file.concerned_id, here))
    query = select(Measure).where(about, Measure.at >= case_file.case.opened_at)
    return db.session.scalars(query.order_by(Measure.id.desc()).limit(RECENT)).all()


def find_last_measure_id(content: Content, kind: str) -> int | None:
    """Return the number of the last measure of a kind that was taken on a content, or None."""
    query = select(func.max(Measure.id)).where(contents.is_about(Measure, content), Measure.kind == kind)
    return db.session.scalar(query)


def find_open_case(content: Content) -> Case | None:
    """Return the open case of a content, or None."""
    return db.session.scalar(select(Case).where(contents.is_about(Case, content), Case.state == constant("open")))


def was_handled(case_id: int, *, before: int) -> bool:
    """Tell whether an earlier step of the case had upheld what was reported."""
    query = select(CaseStep.id).where(CaseStep.case_id == case_id, CaseStep.state == "handled", CaseStep.id < before)
    return db.session.scalar(query.limit(1)) is not None
