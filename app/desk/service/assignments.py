"""Who has what in hand: give an idea or a case to somebody of the team, take it, release it."""

from collections.abc import Sequence

from sqlalchemy import delete

from app.accounts.models.people import User
from app.cases.models import Case, CaseFile
from app.cases.policy import CASE_READ
from app.cases.queries import cases
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import N_, Conflict, Invalid, NotFound
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.desk import policy
from app.desk.models import Assignment
from app.desk.queries import assignments
from app.desk.signals import Assigned
from app.ideas.models import Idea

NOT_IN_CHARGE = N_("Cette personne ne peut pas s'en charger. Choisissez quelqu'un de l'équipe dans la liste.")
CLOSED = N_("Ce cas a été clos entre-temps : personne n'a plus à s'en occuper.")


@command
def assign(actor: Actor, idea: Idea, *, to: int) -> None:
    """Put an idea into the hands of somebody of the team, oneself included, in place of whoever had it.

    Raise Forbidden without the right to, Invalid for somebody who may not have it.
    """
    require(actor, policy.ASSIGN, idea)
    _give(actor, assignments.for_idea(idea).candidates, to, idea_id=idea.id)


@command
def release(actor: Actor, idea: Idea) -> None:
    """Let an idea be everybody's again. Raise Forbidden without the right to."""
    require(actor, policy.ASSIGN, idea)
    run(delete(Assignment).where(Assignment.idea_id == idea.id))


@command
def assign_case(actor: Actor, case: Case, *, to: int) -> None:
    """Put a case into the hands of somebody who may decide it.

    Raise NotFound or Forbidden without the right to, Conflict where it is closed, Invalid for somebody else.
    """
    case_file = _open_case(actor, case)
    _give(actor, assignments.for_case(case_file).candidates, to, case_id=case_file.id)


@command
def release_case(actor: Actor, case: Case) -> None:
    """Let a case be everybody's again. Raise as `assign_case` does."""
    run(delete(Assignment).where(Assignment.case_id == _open_case(actor, case).id))


def _open_case(actor: Actor, case: Case) -> CaseFile:
    """Read a case anew; raise unless it is open and this person may give it to somebody."""
    case_file = cases.find(case.id)
    if case_file is None or not CASE_READ.permits(actor, case_file):
        raise NotFound()
    if case_file.case.state != "open":
        raise Conflict(CLOSED)
    require(actor, policy.ASSIGN_CASE, case_file)
    return case_file


def _give(actor: Actor, candidates: Sequence[User], to: int, **subject: int) -> None:
    """Write down who has an idea or a case, and tell it where that changes; raise Invalid for no candidate."""
    if to not in {user.id for user in candidates}:
        raise Invalid(NOT_IN_CHARGE, "to")
    assignment = assignments.find(**subject)
    if assignment and assignment.user_id == to:
        return
    assignment = assignment or Assignment(**subject)
    assignment.user_id, assignment.by_id, assignment.at = to, actor.own_id, clock.now()
    db.session.add(assignment)
    db.session.flush()
    tell(Assigned(assignment.id))
