"""The gestures that the tests of reports repeat."""

from typing import Any

from sqlalchemy import func, select

from app.accounts.models.people import User
from app.communities.actors import actor_for
from app.core.actor import Actor
from app.core.db import db
from app.journal.models import Entry
from app.moderation.cases import queries, service
from app.moderation.cases.models import Case, CaseFile

WHY = "Le texte vise une personne."


def report_content(actor: Any, content: Any, why: str = "insult", words: str = "") -> CaseFile:
    """Report a content, and return its case."""
    assert service.report(actor, content, reason=why, words=words)
    return last_case()


def again(actor: Any) -> Actor:
    """Ask again who somebody is, as each request does: an actor keeps what they reported before."""
    return actor_for(db.session.get(User, actor.id or 0))


def last_case() -> CaseFile:
    case_file = queries.find_case_file(db.session.scalar(select(func.max(Case.id))) or 0)
    assert case_file is not None
    return case_file


def close(act: str, actor: Any, case_file: CaseFile, **more: Any) -> None:
    """Handle, hide and handle, dismiss or reopen a case."""
    getattr(service, act)(actor, case_file.content, case_file.case, reason=WHY, **more)


def lines() -> list[Any]:
    """Return what the journal says."""
    return [(entry.kind, entry.facts, entry.reason) for entry in db.session.scalars(select(Entry).order_by(Entry.id))]
