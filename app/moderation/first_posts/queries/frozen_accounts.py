"""Accounts that the site froze, for the teams of the communities where they posted; what waits of one author."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import contains_eager, load_only

from app.accounts.models.people import User
from app.comments.models import Comment
from app.comments.queries.reading import visible_to
from app.communities import queries as communities
from app.communities.models import Restriction
from app.contents.queries import has_posted_in, list_community_ids
from app.core.actor import Actor
from app.core.db import constant, db
from app.core.errors import NotFound
from app.core.permits import Permission
from app.ideas.models import Idea
from app.ideas.queries.reading import own_of, readable_by
from app.moderation.first_posts.models import FrozenAccount

MOST = 100


def get_frozen_account(
    actor: Actor, user_id: int, permission: Permission, *, even_lifted: bool = False
) -> FrozenAccount:
    """Return a frozen account by its number (`even_lifted`: one whose freeze ended, too). Raise NotFound."""
    restriction = find_freeze(user_id) or (_last_lifted(user_id) if even_lifted else None)
    account = build_frozen_account(restriction) if restriction else None
    if account is None or not permission.permits(actor, account):
        raise NotFound()
    return account


def build_frozen_account(restriction: Restriction) -> FrozenAccount:
    """Return the account that a freeze is on, with the communities where it posted."""
    name = db.session.scalar(select(User.name).where(User.id == restriction.user_id)) or ""
    return FrozenAccount(restriction, name, list_community_ids(restriction.user_id))


def find_freeze(user_id: int) -> Restriction | None:
    return db.session.scalars(select(Restriction).where(Restriction.user_id == user_id, _is_frozen()).limit(1)).first()


def _last_lifted(user_id: int) -> Restriction | None:
    query = select(Restriction).where(
        Restriction.user_id == user_id, Restriction.kind == "freeze", Restriction.lifted_at.is_not(None)
    )
    return db.session.scalars(query.order_by(Restriction.id.desc()).limit(1)).first()


def list_frozen_accounts(actor: Actor) -> Sequence[tuple[User, Restriction]]:
    """Return the frozen accounts that this person may review, the first frozen first."""
    in_scope = None if actor.is_coordinator else lambda column: column.in_(actor.facilitates)
    query = select(User, Restriction).join(Restriction, Restriction.user_id == User.id)
    query = query.where(to_review(actor, in_scope)).options(load_only(User.name))
    return db.session.execute(query.order_by(Restriction.id).limit(MOST)).tuples().all()


def to_review(actor: Actor, in_scope: Callable[[Any], ColumnElement[bool]] | None) -> ColumnElement[bool]:
    """Match, where accounts and restrictions are joined, the frozen accounts of others (`communities.policy.REVIEW`).

    `in_scope` makes of a column of communities the condition that one is among those of the reader; None: everywhere.
    """
    of_another = and_(User.id != actor.id, User.id.not_in(actor.reported_ids("user")))
    is_waiting = and_(_is_frozen(), User.closed_at.is_(None), of_another)
    return is_waiting if in_scope is None else and_(is_waiting, has_posted_in(in_scope))


def list_pending_ideas(actor: Actor, user_id: int) -> Sequence[Idea]:
    """Return the pending ideas of one author that this person may read, the first sent first."""
    query = select(Idea).where(
        Idea.author_id == user_id, Idea.status == "pending", Idea.in_sight(), or_(readable_by(actor), own_of(actor))
    )
    return db.session.scalars(query.order_by(Idea.id).limit(MOST)).all()


def list_pending_comments(actor: Actor, user_id: int) -> Sequence[Comment]:
    """Return the pending comments of one author that this person may read, each with its thread."""
    query = select(Comment).join(Comment.thread).options(contains_eager(Comment.thread))
    conditions = (Comment.author_id == user_id, Comment.status == "pending", Comment.in_sight())
    query = query.where(*conditions, visible_to(actor))
    return db.session.scalars(query.order_by(Comment.id).limit(MOST)).all()


def _is_frozen() -> ColumnElement[bool]:
    return and_(Restriction.kind == constant("freeze"), communities.in_force())
