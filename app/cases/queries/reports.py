"""Reports: those of a case, those of one person; and what an actor reported, for permissions."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, select
from sqlalchemy.orm import joinedload

from app.accounts.models.people import Profile, User
from app.cases.models import REASONS, Case, CaseFile, OwnReport, Report
from app.communities.facts import ACCOUNT, fact
from app.contents import queries as contents
from app.contents.models import COLUMNS, CONTENTS, Content
from app.core.actor import Actor
from app.core.db import db
from app.core.paging import SIZE, Page, page_by_id
from app.core.permits import noun
from app.ideas.models import Idea


def reasons(case_id: int) -> Counter[str]:
    """Count the reports of a case by reason."""
    return reasons_of([case_id]).get(case_id, Counter())


def reasons_of(ids: Sequence[int]) -> dict[int, Counter[str]]:
    """Count the reports of some cases; reasons are in the order of the list that people choose from."""
    query = select(Report.case_id, Report.reason, func.count()).where(Report.case_id.in_(ids))
    counts: dict[int, Counter[str]] = {}
    rows = db.session.execute(query.group_by(Report.case_id, Report.reason)).tuples().all()
    for case_id, reason, count in sorted(rows, key=lambda row: REASONS.index(row[1])):
        counts.setdefault(case_id, Counter())[reason] = count
    return counts


def reports(case_file: CaseFile, *, after: int | None = None, size: int = SIZE) -> Page[Report]:
    """Return the reports of a case with who made them, from the first."""
    query = select(Report).where(Report.case_id == case_file.id, Report.id > (after or 0))
    with_author = joinedload(Report.user).load_only(User.name, User.closed_at)
    rows = db.session.scalars(query.options(with_author).order_by(Report.id).limit(size + 1)).all()
    return page_by_id(rows, size=size, is_first=not after)


def own_open_report(actor: Actor, content: Content) -> Report | None:
    """Return this person's report of a content in its open case, or None."""
    query = select(Report).join(Case, Case.id == Report.case_id)
    return db.session.scalar(
        query.where(contents.is_about(Case, content), Case.state == "open", Report.user_id == actor.id)
    )


def reporters(case_id: int) -> Sequence[int]:
    return db.session.scalars(select(Report.user_id).where(Report.case_id == case_id).order_by(Report.id)).all()


def reporters_of(*conditions: ColumnElement[bool]) -> Sequence[int]:
    """Return the accounts that reported the content of the cases that these conditions match."""
    query = select(Report.user_id).join(Case, Case.id == Report.case_id).where(*conditions)
    return db.session.scalars(query.distinct()).all()


def own(actor: Actor, *, before: int | None = None, size: int = SIZE) -> Page[OwnReport]:
    """Return what a person reported, the last first."""
    query = contents.with_content(select(Report, Case).join(Case, Case.id == Report.case_id), Case)
    query = query.where(Report.user_id == actor.id)
    query = query.where(Report.id < before) if before else query
    rows = db.session.execute(query.order_by(Report.id.desc()).limit(size + 1)).all()
    items = [OwnReport(row.Case, contents.content_of(row), row.Report) for row in rows[:size]]
    return Page(items, str(items[-1].report.id) if len(rows) > size else None, is_first=not before)


def facts() -> list[Select[Any]]:
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
        _reports(literal("user"), author).where(Case.state == "open", author.is_not(None)),
        _reports(literal("profile_of"), Profile.author_id).where(Profile.author_id.is_not(None)),
    ]


def _reports(kind: Any, number: Any) -> Select[Any]:
    query = contents.join_content(fact("reported", number, noun=kind).select_from(Case), Case)
    return query.join(Report, Report.case_id == Case.id).where(Report.user_id == ACCOUNT)
