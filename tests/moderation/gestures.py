"""The gestures that the tests of reports, measures and appeals repeat."""

from typing import Any

from sqlalchemy import func, inspect, select

from app.accounts.models.people import User
from app.comments.models import Comment, Thread
from app.communities.actors import actor_for
from app.core.actor import Actor
from app.core.db import db
from app.ideas.models import Idea
from app.journal.models import Entry
from app.moderation.appeals import policy
from app.moderation.appeals.queries import measures as contested
from app.moderation.appeals.service import appeals
from app.moderation.appeals.service import undo as undo_service
from app.moderation.cases import queries, service
from app.moderation.cases.models import Case, CaseFile
from app.moderation.measures.models import Measure
from app.moderation.measures.service import contents as contents_service
from app.operations import recount
from tests.support.rows import last
from tests.support.world import HERE

WHY, WORDS = "Le texte vise une personne.", "On a lu de travers ce que j'écrivais là."


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


def last_measure():
    return last(Measure)


def undo(actor, measure=None, reason=WHY):
    """Undo a measure (the last one) as its page would."""
    contested_measure = contested.get_contested_measure(actor, (measure or last_measure()).id, policy.MEASURE_READ)
    undo_service.undo(actor, contested_measure.content, contested_measure.measure, reason=reason)


def rows(*models):
    """Return every column of every row of these tables (of threads, ideas and comments by default)."""
    db.session.rollback()
    return {
        (model.__name__, *inspect(row).identity): {
            column.key: getattr(row, column.key) for column in inspect(model).column_attrs
        }
        for model in models or (Thread, Idea, Comment)
        for row in db.session.scalars(select(model))
    }


def lines():
    db.session.rollback()
    return [
        (entry.kind, entry.reason, entry.facts.get("on"))
        for entry in db.session.scalars(select(Entry).order_by(Entry.id))
    ]


def differences():
    db.session.rollback()
    return recount.list_differences()


def hide_content(judges, contents, noun="idea"):
    contents_service.hide(judges["facilitator"], contents[noun], reason="Hors du sujet")
    return last_measure()


def found(actor, measure):
    return contested.find_contested_measure(actor, Measure.id == measure.id)


def appeal_measure(judges, measure):
    appeals.appeal(judges["author"], measure, words=WORDS)
    return found(judges["coordinator"], measure)


def judge(act, actor, contested_measure):
    content = found(actor, contested_measure.measure).content
    getattr(appeals, act)(actor, content, contested_measure.appeal, reason=WHY)


def on_person(make, judges, kind, community=HERE):
    room = make.room(community) if community else None
    author = db.session.get_one(User, judges["author"].id)
    data = {} if kind == "warn" else {"restriction": make.restriction(author, room, kind=kind).id}
    return make.add(
        Measure(
            kind=kind,
            user_id=author.id,
            community_id=room and room.id,
            reason="Motif",
            data=data,
            by_id=judges["facilitator"].id,
        )
    )
