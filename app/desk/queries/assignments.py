"""Who has what in their hands, and who may be given it: those who have the charge now, and nobody else."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import aliased, contains_eager, load_only

from app.accounts.models.people import User
from app.communities.queries import in_charge_of
from app.contents import queries as contents
from app.core.db import db, numbers_parameter
from app.desk.models import Assignment
from app.ideas.models import Idea
from app.moderation.cases.models import Case, CaseFile, Report

USER_COLUMNS = (User.name, User.closed_at)
COLUMNS = {"idea": Assignment.idea_id, "case": Assignment.case_id}


def get_assignments(kind: str, ids: Collection[int]) -> dict[int, Assignment]:
    """Return the assignments of some ideas or cases, by number, without those of people who lost the charge."""
    if kind not in COLUMNS:
        return {}
    return {getattr(row, COLUMNS[kind].key): row for row in db.session.scalars(_select_of(kind), {"ids": list(ids)})}


@cache
def _select_of(kind: str) -> Select[tuple[Assignment]]:
    query = select(Assignment).join(Assignment.user)
    query = query.options(contains_eager(Assignment.user).load_only(*USER_COLUMNS))
    if kind == "idea":
        query = query.join(Idea, Idea.id == Assignment.idea_id)
        return query.where(in_charge_of(Idea.community_id), Idea.id.in_(numbers_parameter("ids")))
    query = contents.join_content(query.join(Case, Case.id == Assignment.case_id), Case)
    return query.where(in_charge_of(contents.community_column()), Case.id.in_(numbers_parameter("ids")))


@dataclass(frozen=True)
class AssignmentChoice:
    """The people to whom an idea or a case may be given, by name, and whoever has it now."""

    candidates: Sequence[User]
    holder: User | None = None


def get_choice_for_idea(idea: Idea) -> AssignmentChoice:
    """Return who may be given an idea: the team, but its author and whoever reported it."""
    reporters = select(Report.user_id).join(Case, Case.id == Report.case_id).where(Case.idea_id == idea.id)
    return _team(Assignment.idea_id == idea.id, idea.community_id, idea.author_id, reporters)


def get_choice_for_case(case_file: CaseFile) -> AssignmentChoice:
    """Return who may be given a case: the team, but whoever it concerns and whoever reported the content."""
    other = aliased(Case)
    reporters = (
        select(Report.user_id)
        .join(other, other.id == Report.case_id)
        .where(contents.is_about(other, case_file.content))
    )
    return _team(Assignment.case_id == case_file.id, case_file.community_id, case_file.concerned_id, reporters)


def _team(
    subject: ColumnElement[bool], community_id: int | None, concerned_id: int | None, reporters: Any
) -> AssignmentChoice:
    query = select(User, Assignment.id).outerjoin(Assignment, and_(Assignment.user_id == User.id, subject))
    query = query.where(in_charge_of(community_id), User.id != (concerned_id or 0), User.id.not_in(reporters))
    rows = db.session.execute(query.options(load_only(*USER_COLUMNS)).order_by(User.sort_key, User.id)).tuples().all()
    return AssignmentChoice(
        [user for user, _assignment in rows], next((user for user, assignment in rows if assignment), None)
    )


def find_assignment(**subject: int) -> Assignment | None:
    """Return the assignment of an idea (idea_id) or a case (case_id), whoever has it, or None."""
    return db.session.scalar(select(Assignment).filter_by(**subject))
