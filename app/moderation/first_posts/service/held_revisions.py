"""Changes that wait: let one appear as its author wrote it, refuse it with a reason, or take it back."""

from typing import Any

from app.accounts import presentation, trust
from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import User
from app.comments import service as comments
from app.comments.models import Comment
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Forbidden
from app.core.permits import Permission, require
from app.core.unit import command
from app.ideas import service as ideas
from app.ideas import writing
from app.ideas.models import Idea
from app.moderation.first_posts import policy
from app.moderation.first_posts.models import HeldChange
from app.moderation.first_posts.queries import held_revisions as queries
from app.moderation.first_posts.service.first_posts import check_version
from app.moderation.measures.service.record import record, record_on_content


def admit(actor: Actor, change: HeldChange, *, version: str, trusts: bool = False) -> None:
    """Let a change appear; `trusts` lets what its author writes from now on appear at once.

    `version` names the words that were read. Raise Forbidden without the right to, Conflict for other words.
    """
    author = db.session.get(User, change.revision.by_id)
    _admit(actor, change.subject, author, change.revision.id, trusts=trusts, version=version)


@command
def _admit(
    actor: Actor, subject: Idea | Comment | User, _author: User | None, revision_id: int, *, trusts: bool, version: str
) -> None:
    revision = _reread(actor, subject, revision_id, policy.ADMIT)
    check_version(revision, version)
    _write(actor, subject, dict(revision.words))
    revision.close()
    revision.drift = {}
    trust.credit(revision.by_id)
    if trusts:
        trust.vouch(revision.by_id, by=actor.id)
    _record(actor, "publish_change", subject, "", data={"trusts": trusts})


def refuse(actor: Actor, change: HeldChange, *, reason: str, version: str) -> None:
    """Leave the published text as it is; the author reads why, and still has the words.

    Raise as `admit` does.
    """
    _refuse(actor, change.subject, change.revision.id, reason=reason, version=version)


@command
def _refuse(actor: Actor, subject: Idea | Comment | User, revision_id: int, *, reason: str, version: str) -> None:
    revision = _reread(actor, subject, revision_id, policy.ADMIT)
    check_version(revision, version)
    revision.state, revision.reason = "refused", reason
    _record(actor, "refuse_change", subject, reason)


def withdraw(actor: Actor, change: HeldChange) -> None:
    """Take one's change back: what is published stays. Raise Forbidden without the right to."""
    _withdraw(actor, change.subject, change.revision.id)


@command
def _withdraw(actor: Actor, subject: Idea | Comment | User, revision_id: int) -> None:
    _reread(actor, subject, revision_id, policy.WITHDRAW).close()


def _reread(actor: Actor, subject: Idea | Comment | User, revision_id: int, permission: Permission) -> HeldRevision:
    """Read a held revision anew, now that what it would change is locked, and require the permission.

    It is gone, as if forbidden, when its author closed their account meanwhile.
    """
    change = queries.find_held_change(HeldRevision.id == revision_id)
    if change is None:
        raise Forbidden(permission.name)
    assert change.subject is subject, "a held revision comes with its own subject"
    require(actor, permission, change)
    return change.revision


def _write(actor: Actor, subject: Idea | Comment | User, words: dict[str, Any]) -> None:
    """Write the words where they would have gone: a revision of an idea, a correction of a comment, a profile.

    What the team hid is shown again, in these.
    """
    if isinstance(subject, User):
        presentation.admit(subject, words)
    elif isinstance(subject, Comment):
        (comments.appear_again if subject.is_hidden else comments.rewrite)(subject, body=words["body"])
    elif subject.is_hidden:
        ideas.appear_again(actor, subject, writing.unpack(words), summary=words["summary"])
    else:
        ideas.rewrite(actor, subject, writing.unpack(words), summary=words["summary"], is_read=True)


def _record(actor: Actor, kind: str, subject: Idea | Comment | User, reason: str, **more: Any) -> None:
    if isinstance(subject, User):
        record(actor, kind, reason, user_id=subject.id, **more)
    else:
        record_on_content(actor, kind, subject, reason, **more)
