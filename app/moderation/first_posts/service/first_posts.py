"""First posts: let them appear, or not."""

from typing import Any

from sqlalchemy import ColumnElement, or_, select

from app.accounts import trust
from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import User
from app.comments import policy as comments_policy
from app.comments import service as comments
from app.comments.models import Comment
from app.contents.queries import is_about
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.unit import command
from app.ideas import policy as ideas_policy
from app.ideas import publishing
from app.ideas import service as ideas
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.moderation.first_posts.policy import TIME_TO_UNPUBLISH
from app.moderation.measures.models import Measure
from app.moderation.measures.service.record import record_on_content

CHANGED = N_("Ce texte a changé pendant que vous le lisiez : relisez-le avant de décider.")


@command(also=lambda _actor, idea: [find_author(idea)])
def publish_idea(actor: Actor, idea: Idea, *, version: str, trusts: bool = False) -> None:
    """Let a pending idea appear; `trusts` lets what its author posts from now on appear at once.

    `version` names the words that were read. Raise Forbidden without the right to, Conflict for other words.
    """
    require(actor, ideas_policy.ADMIT, idea)
    check_version(idea, version)
    suspect = idea.suspect
    publishing.admit(actor, idea)
    _record(actor, idea, suspect, trusts=trusts)


@command
def refuse_idea(actor: Actor, idea: Idea, *, reason: str, version: str) -> None:
    """Keep a pending idea from appearing: its author reads it still, with the reason; restored, it waits again.

    Raise as `publish_idea` does.
    """
    require(actor, ideas_policy.ADMIT, idea)
    check_version(idea, version)
    ideas.hide(actor, idea, reason=reason)
    record_on_content(actor, "refuse", idea, reason)


@command(also=lambda _actor, comment: [find_author(comment)])
def publish_comment(actor: Actor, comment: Comment, *, version: str, trusts: bool = False) -> None:
    """Let a pending comment appear, as `publish_idea` does an idea. Raise as it does."""
    require(actor, comments_policy.ADMIT, comment)
    check_version(comment, version)
    suspect = comment.suspect
    comments.admit(actor, comment)
    _record(actor, comment, suspect, trusts=trusts)


@command
def refuse_comment(actor: Actor, comment: Comment, *, reason: str, version: str) -> None:
    """Keep a pending comment from appearing, as `refuse_idea` does an idea. Raise as it does."""
    require(actor, comments_policy.ADMIT, comment)
    check_version(comment, version)
    comments.hide(actor, comment, reason=reason)
    record_on_content(actor, "refuse", comment, reason)


def find_author(content: Idea | Comment) -> User | None:
    """Return the account that publishing credits, so that the command locks it: it may be closed at the same time."""
    return db.session.get(User, content.author_id or 0)


def check_version(content: Idea | Comment | HeldRevision, version: str) -> None:
    """Raise Conflict for words that were not read: their author may still change what waits."""
    if content.version != version:
        raise Conflict(CHANGED)


def _record(actor: Actor, content: Any, suspect: str, *, trusts: bool) -> None:
    """Count in favour of its author that a content was fit to appear, and record it with what undoing it needs."""
    trust.credit(content.author_id)
    is_vouched = trusts and trust.vouch(content.author_id, by=actor.id)
    record_on_content(
        actor, "publish", content, "", data={"trusts": trusts, "is_vouched": is_vouched, "suspect": suspect}
    )


ANSWERED = N_(
    "Quelqu'un a déjà appuyé ce texte ou y a répondu : il reste publié. S'il ne doit pas l'être, masquez-le, "
    "avec un motif."
)
ANSWERED_SINCE = N_("Ce texte a changé depuis sa publication : il reste comme il est maintenant.")
TOO_LATE = N_(
    "La minute est passée : ce texte reste publié, et la personne qui l'a écrit en est avisée. S'il ne doit "
    "pas l'être, masquez-le, avec un motif."
)


@command(also=lambda _actor, idea: [find_author(idea)])
def unpublish_idea(actor: Actor, idea: Idea) -> None:
    """Let an idea wait again that the actor just let appear. Raise Conflict where it is too late."""
    require(actor, ideas_policy.UNPUBLISH, idea)
    measure = _find_publication(actor, idea)
    if idea.votes_count or _exists(Comment.thread_id == idea.thread_id):
        raise Conflict(ANSWERED)
    if not idea.is_public or len(reading.list_steps(idea)) > 1 or idea.revisions_count > 1:
        raise Conflict(ANSWERED_SINCE)
    publishing.take_back(idea, _data(measure, "suspect"))
    _record_unpublishing(actor, idea, measure)


@command(also=lambda _actor, comment: [find_author(comment)])
def unpublish_comment(actor: Actor, comment: Comment) -> None:
    """Let a comment wait again that the actor just let appear. Raise Conflict where it is too late."""
    require(actor, comments_policy.UNPUBLISH, comment)
    measure = _find_publication(actor, comment)
    if comment.useful_count or comment.used_at or _exists(Comment.parent_id == comment.id):
        raise Conflict(ANSWERED)
    if not comment.is_visible or (comment.edited_at and comment.edited_at > measure.at):
        raise Conflict(ANSWERED_SINCE)
    comments.take_back(comment, _data(measure, "suspect"))
    _record_unpublishing(actor, comment, measure)


def _find_publication(actor: Actor, content: Idea | Comment) -> Measure:
    """Return the measure by which the actor let a content appear less than a minute ago.

    It is the last on that content, and no change of it waits; raise Conflict otherwise.
    """
    last = db.session.scalar(select(Measure).where(is_about(Measure, content)).order_by(Measure.id.desc()).limit(1))
    since = clock.now() - TIME_TO_UNPUBLISH
    if last is None or last.kind != "publish" or _has_held_revision(content):
        raise Conflict(ANSWERED_SINCE)
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


def _record_unpublishing(actor: Actor, content: Idea | Comment, measure: Measure) -> None:
    assert content.author_id is not None, "who writes a first post has an account"
    trust.discredit(content.author_id, is_vouched=bool((measure.data or {}).get("is_vouched")))
    record_on_content(actor, "unpublish", content, "", undoes_id=measure.id)
