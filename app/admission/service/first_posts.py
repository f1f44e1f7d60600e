"""First posts: let them appear, or not; and accounts that the site froze, until somebody looks at them."""
from typing import Any

from app.accounts import trust
from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import User
from app.comments import policy as comment_policy
from app.comments import service as comments
from app.comments.models import Comment
from app.communities import policy as communities
from app.communities.models import Restriction
from app.core import clock
from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.unit import command
from app.ideas import policy as idea_policy
from app.ideas import service as ideas
from app.ideas.models import Idea
from app.moderation.queries import trust as queries
from app.moderation.service.measures import keep, record

FROZEN = N_("Beaucoup de publications sont arrivées en très peu de temps.")
CHANGED = N_("Ce texte a changé pendant que vous le lisiez : relisez-le avant de décider.")
LIFTED = N_("Cette pause est déjà levée.")


def publish_idea(actor: Actor, idea: Idea, *, version: str, trusts: bool = False) -> None:
    """Let a pending idea appear; `trusts` lets what its author posts from now on appear at once.

    `version` names the words that were read.
    """
    _publish_idea(actor, idea, _author(idea), trusts=trusts, version=version)


@command
def _publish_idea(actor: Actor, idea: Idea, _author: User | None, *, trusts: bool, version: str) -> None:
    require(actor, idea_policy.ADMIT, idea)
    check(idea, version)
    ideas.admit(actor, idea)
    _know(actor, idea, trusts=trusts)
    record(actor, "publish", idea, "", data={"trusts": trusts})


@command
def refuse_idea(actor: Actor, idea: Idea, *, reason: str, version: str) -> None:
    """Keep a pending idea from appearing: its author reads it still, with the reason; restored, it waits again."""
    require(actor, idea_policy.ADMIT, idea)
    check(idea, version)
    ideas.hide(actor, idea, reason=reason)
    record(actor, "refuse", idea, reason)


def publish_comment(actor: Actor, comment: Comment, *, version: str, trusts: bool = False) -> None:
    """Do for a comment as for an idea."""
    _publish_comment(actor, comment, _author(comment), trusts=trusts, version=version)


@command
def _publish_comment(actor: Actor, comment: Comment, _author: User | None, *, trusts: bool, version: str) -> None:
    require(actor, comment_policy.ADMIT, comment)
    check(comment, version)
    comments.admit(actor, comment)
    _know(actor, comment, trusts=trusts)
    record(actor, "publish", comment, "", data={"trusts": trusts})


@command
def refuse_comment(actor: Actor, comment: Comment, *, reason: str, version: str) -> None:
    require(actor, comment_policy.ADMIT, comment)
    check(comment, version)
    comments.hide(actor, comment, reason=reason)
    record(actor, "refuse", comment, reason)


def freeze(user_id: int) -> None:
    """Let an account post nothing more until somebody looks at it, inside the command that saw too much at once."""
    if queries.freeze_of(user_id):
        return
    db.session.add(Restriction(user_id=user_id, kind="freeze", reason=FROZEN, at=clock.now()))
    db.session.flush()
    keep(ANYONE, "freeze", FROZEN, user_id=user_id)


@command
def lift(actor: Actor, restriction: Restriction, *, reason: str) -> None:
    """Let a frozen account take part again; what waits of it still waits, to be read one by one."""
    require(actor, communities.REVIEW, queries.known(restriction))
    if restriction.lifted_at:
        raise Conflict(LIFTED)
    _let_go(restriction, by=actor.id)
    keep(actor, "lift", reason, user_id=restriction.user_id)


def thaw(user_id: int) -> None:
    """Lift a freeze without asking who lifts it: for the terminal, where whoever holds the server may."""
    restriction = queries.freeze_of(user_id)
    if restriction is None:
        raise Conflict(LIFTED)
    _let_go(restriction, by=None)


def _let_go(restriction: Restriction, *, by: int | None) -> None:
    restriction.lifted_at, restriction.lifted_by = clock.now(), by
    trust.start_afresh(restriction.user_id)


def _author(content: Idea | Comment) -> User | None:
    """Find whom publishing credits: an account that is being closed at once waits, or is waited for."""
    return db.session.get(User, content.author_id or 0)


def check(content: Idea | Comment | HeldRevision, version: str) -> None:
    """Refuse to decide of words that were not read: their author may still change what waits."""
    if content.version != version:
        raise Conflict(CHANGED)


def _know(actor: Actor, content: Any, *, trusts: bool) -> None:
    """Remember of its author that this was fit to appear."""
    trust.credit(content.author_id)
    if trusts:
        trust.vouch(content.author_id, by=actor.id)
