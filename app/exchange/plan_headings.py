"""How the columns of a plan's files are read, as the coordination said of one for the next."""

from sqlalchemy import select

from app.core.db import db
from app.exchange.plan_file.answers import Answers
from app.plan.models.structure import Plan
from app.plan.models.versions import PlanHeadings


def recall(plan: Plan) -> Answers:
    """Return what was said of the columns of the last file of a plan."""
    headings = db.session.scalar(select(PlanHeadings.headings).where(PlanHeadings.plan_id == plan.id)) or {}
    return Answers(headings=dict(headings), recalled=list(headings))


def remember(plan: Plan, headings: dict[str, str]) -> None:
    """Store what is said of some columns, inside the command that reads a file so."""
    known = db.session.scalar(select(PlanHeadings).where(PlanHeadings.plan_id == plan.id))
    if known is not None:
        known.headings = known.headings | headings
    elif headings:
        db.session.add(PlanHeadings(plan_id=plan.id, headings=headings))
