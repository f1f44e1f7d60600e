"""First posts: let them appear, or not."""

from typing import Any

from app.accounts import trust
from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import User
from app.comments import policy as comment_policy
from app.comments import service as comments
from app.comments.models import Comment
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.unit import command
from app.ideas import policy as idea_policy
from app.ideas import publishing
from app.ideas import service as ideas
from app.ideas.models import Idea
from app.measures.service.record import record_on_content

CHANGED = N_("Ce texte a changé pendant que vous le lisiez : relisez-le avant de décider.")


@command(also=lambda _actor, idea: [find_author(idea)])
def publish_idea(actor: Actor, idea: Idea, *, version: str, trusts: bool = False) -> None:
    """Let a pending idea appear; `trusts` lets what its author posts from now on appear at once.

    `version` names the words that were read. Raise Forbidden without the right to, Conflict for other words.
    """
    require(actor, idea_policy.ADMIT, idea)
    check_version(idea, version)
    suspect = idea.suspect
    publishing.admit(actor, idea)
    _record(actor, idea, suspect, trusts=trusts)


@command
def refuse_idea(actor: Actor, idea: Idea, *, reason: str, version: str) -> None:
    """Keep a pending idea from appearing: its author reads it still, with the reason; restored, it waits again.

    Raise as `publish_idea` does.
    """
    require(actor, idea_policy.ADMIT, idea)
    check_version(idea, version)
    ideas.hide(actor, idea, reason=reason)
    record_on_content(actor, "refuse", idea, reason)


@command(also=lambda _actor, comment: [find_author(comment)])
def publish_comment(actor: Actor, comment: Comment, *, version: str, trusts: bool = False) -> None:
    """Let a pending comment appear, as `publish_idea` does an idea. Raise as it does."""
    require(actor, comment_policy.ADMIT, comment)
    check_version(comment, version)
    suspect = comment.suspect
    comments.admit(actor, comment)
    _record(actor, comment, suspect, trusts=trusts)


@command
def refuse_comment(actor: Actor, comment: Comment, *, reason: str, version: str) -> None:
    """Keep a pending comment from appearing, as `refuse_idea` does an idea. Raise as it does."""
    require(actor, comment_policy.ADMIT, comment)
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
