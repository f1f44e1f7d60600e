"""Taking back, within a minute, a first post that one just let appear, while nobody has answered it."""

from sqlalchemy import ColumnElement, or_, select

from app.accounts import trust
from app.accounts.models.changes import HeldRevision
from app.admission.policy import TIME_TO_UNPUBLISH
from app.admission.service.first_posts import find_author
from app.comments import policy as comment_policy
from app.comments import service as comments
from app.comments.models import Comment
from app.contents.queries import is_about
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.unit import command
from app.ideas import policy as idea_policy
from app.ideas import publishing
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.measures.models import Measure
from app.measures.service.record import record_on_content

ANSWERED = N_(
    "Quelqu'un a déjà appuyé ce texte ou y a répondu : il reste publié. S'il ne doit pas l'être, masquez-le, "
    "avec un motif."
)
CHANGED = N_("Ce texte a changé depuis sa publication : il reste comme il est maintenant.")
TOO_LATE = N_(
    "La minute est passée : ce texte reste publié, et la personne qui l'a écrit en est avisée. S'il ne doit "
    "pas l'être, masquez-le, avec un motif."
)


@command(also=lambda _actor, idea: [find_author(idea)])
def unpublish_idea(actor: Actor, idea: Idea) -> None:
    """Let an idea wait again that the actor just let appear. Raise Conflict where it is too late."""
    require(actor, idea_policy.UNPUBLISH, idea)
    measure = _find_publication(actor, idea)
    if idea.votes_count or _exists(Comment.thread_id == idea.thread_id):
        raise Conflict(ANSWERED)
    if not idea.is_public or len(reading.steps(idea)) > 1 or idea.revisions_count > 1:
        raise Conflict(CHANGED)
    publishing.take_back(idea, _data(measure, "suspect"))
    _record(actor, idea, measure)


@command(also=lambda _actor, comment: [find_author(comment)])
def unpublish_comment(actor: Actor, comment: Comment) -> None:
    """Let a comment wait again that the actor just let appear. Raise Conflict where it is too late."""
    require(actor, comment_policy.UNPUBLISH, comment)
    measure = _find_publication(actor, comment)
    if comment.useful_count or comment.used_at or _exists(Comment.parent_id == comment.id):
        raise Conflict(ANSWERED)
    if not comment.is_visible or (comment.edited_at and comment.edited_at > measure.at):
        raise Conflict(CHANGED)
    comments.take_back(comment, _data(measure, "suspect"))
    _record(actor, comment, measure)


def _find_publication(actor: Actor, content: Idea | Comment) -> Measure:
    """Return the measure by which the actor let a content appear less than a minute ago.

    It is the last on that content, and no change of it waits; raise Conflict otherwise.
    """
    last = db.session.scalar(select(Measure).where(is_about(Measure, content)).order_by(Measure.id.desc()).limit(1))
    since = clock.now() - TIME_TO_UNPUBLISH
    if last is None or last.kind != "publish" or _has_held_revision(content):
        raise Conflict(CHANGED)
    if last.by_id != actor.id or last.at < since:
        raise Conflict(TOO_LATE)
    return last


def _has_held_revision(content: Idea | Comment) -> bool:
    column = HeldRevision.idea_id if isinstance(content, Idea) else HeldRevision.comment_id
    has_changed = or_(HeldRevision.state != "closed", HeldRevision.former.is_(None))
    return db.session.scalar(select(HeldRevision.id).where(column == content.id, has_changed)) is not None


def _exists(condition: ColumnElement[bool]) -> bool:
    return db.session.scalar(select(Comment.id).where(condition).limit(1)) is not None


def _data(measure: Measure, name: str) -> str:
    return str((measure.data or {}).get(name, ""))


def _record(actor: Actor, content: Idea | Comment, measure: Measure) -> None:
    assert content.author_id is not None, "who writes a first post has an account"
    trust.discredit(content.author_id, is_vouched=bool((measure.data or {}).get("is_vouched")))
    record_on_content(actor, "unpublish", content, "", undoes_id=measure.id)
