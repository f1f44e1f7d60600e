"""Accounts that the site freezes by itself, until somebody looks at them."""

from app.accounts import trust
from app.comments.models import Comment
from app.comments.signals import CommentHeld
from app.communities import policy as communities
from app.communities.models import Restriction
from app.core import clock
from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.unit import command
from app.ideas.models import Idea
from app.ideas.signals import IdeaHeld
from app.moderation.first_posts.queries import frozen_accounts as queries
from app.moderation.measures.service.record import record

FROZEN = N_("Beaucoup de publications sont arrivées en très peu de temps.")
LIFTED = N_("Cette pause est déjà levée.")


def freeze(user_id: int) -> None:
    """Keep an account from posting until somebody looks at it, inside the command that saw too much at once."""
    if queries.find_freeze(user_id):
        return
    db.session.add(Restriction(user_id=user_id, kind="freeze", reason=FROZEN, at=clock.now()))
    db.session.flush()
    record(ANYONE, "freeze", FROZEN, user_id=user_id)


@command
def lift(actor: Actor, restriction: Restriction, *, reason: str) -> None:
    """Let a frozen account take part again; what waits of it still waits, to be read one by one.

    Raise Forbidden without the right to, Conflict where it was lifted already.
    """
    require(actor, communities.REVIEW, queries.build_frozen_account(restriction))
    if restriction.lifted_at:
        raise Conflict(LIFTED)
    _end(restriction, by=actor.id)
    record(actor, "lift", reason, user_id=restriction.user_id)


def thaw(user_id: int) -> None:
    """Lift a freeze without asking who lifts it: for the terminal, where whoever holds the server may.

    Raise Conflict where the account is not frozen.
    """
    restriction = queries.find_freeze(user_id)
    if restriction is None:
        raise Conflict(LIFTED)
    _end(restriction, by=None)


def _end(restriction: Restriction, *, by: int | None) -> None:
    restriction.lifted_at, restriction.lifted_by = clock.now(), by
    trust.start_afresh(restriction.user_id)


def freeze_author(signal: IdeaHeld | CommentHeld) -> None:
    """Freeze an account whose post came after too many others; those that appeared before it stay."""
    post: Idea | Comment = (
        db.session.get_one(Idea, signal.idea_id)
        if isinstance(signal, IdeaHeld)
        else db.session.get_one(Comment, signal.comment_id)
    )
    if post.author_id and trust.BURST in post.suspect.split():
        freeze(post.author_id)
