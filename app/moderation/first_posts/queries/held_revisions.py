"""Changes that wait for the team: one, those of an author, those of a desk."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, load_only

from app.accounts import trust
from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import User
from app.comments.models import Comment, Thread
from app.communities import sql_policy
from app.contents.queries import has_posted_in, list_community_ids
from app.core.actor import Actor
from app.core.db import constant, db
from app.core.errors import NotFound
from app.core.permits import Permission
from app.ideas.models import OPEN, Idea
from app.ideas.writing import TEXTS
from app.moderation.first_posts.models import HeldChange

MOST = 100
PERSON = aliased(User)


def get_held_change(actor: Actor, revision_id: int, permission: Permission) -> HeldChange:
    """Return a held revision by its number. Raise NotFound where it is absent or forbidden, without telling which."""
    change = find_held_change(HeldRevision.id == revision_id)
    if change is None or not permission.permits(actor, change):
        raise NotFound()
    return change


def find_held_change(*conditions: Any) -> HeldChange | None:
    """Return a held revision with what it would change and, of a person, the communities where they posted."""
    query = _select().where(*conditions).execution_options(populate_existing=True)
    row = db.session.execute(query).one_or_none()
    return _load(row, with_communities=True) if row else None


def list_own_changes(actor: Actor) -> Sequence[HeldChange]:
    """Return a person's own changes that wait or were refused, the oldest first."""
    query = _select().where(HeldRevision.by_id == actor.id, HeldRevision.state != "closed")
    return [_load(row) for row in db.session.execute(query.order_by(HeldRevision.id).limit(MOST))]


def get_held_changes(ids: Collection[int]) -> dict[int, tuple[HeldChange, User]]:
    """Return held revisions by number, each with its author."""
    author = aliased(User)
    query = _select().join(author, author.id == HeldRevision.by_id).add_columns(author)
    query = query.options(load_only(author.name, author.closed_at, author.created_at))
    rows = db.session.execute(query.where(HeldRevision.id.in_(ids)))
    return {row[0].id: (_load(row), row[-1]) for row in rows}


def _select() -> Select[Any]:
    query = select(HeldRevision, Idea, Comment, PERSON).outerjoin(Idea, Idea.id == HeldRevision.idea_id)
    query = query.outerjoin(Comment, Comment.id == HeldRevision.comment_id).outerjoin(Comment.thread)
    query = query.outerjoin(PERSON, PERSON.id == HeldRevision.user_id)
    return query.options(contains_eager(Comment.thread), joinedload(PERSON.organisation))


def _load(row: Any, *, with_communities: bool = False) -> HeldChange:
    revision, idea, comment, person = row[:4]
    community_ids = list_community_ids(person.id) if person and with_communities else frozenset()
    return HeldChange(revision, idea or comment or person, community_ids)


def community_column() -> ColumnElement[Any]:
    """Return, where subjects are joined, the community in which the text stands; null for a profile."""
    return func.coalesce(Idea.community_id, Thread.community_id)


def join_subjects(query: Select[Any]) -> Select[Any]:
    """Join what each held revision would change, without selecting it."""
    query = query.outerjoin(Idea, Idea.id == HeldRevision.idea_id)
    query = query.outerjoin(Comment, Comment.id == HeldRevision.comment_id)
    query = query.outerjoin(Thread, Thread.id == Comment.thread_id)
    return query.outerjoin(User, User.id == HeldRevision.user_id)


def to_read(actor: Actor, in_scope: Callable[[Any], ColumnElement[bool]], *, everywhere: bool) -> ColumnElement[bool]:
    """Match, where subjects are joined, what this person may let appear (`held_revision:admit`).

    `in_scope` makes of a column of communities the condition that one is among those of the reader; `everywhere`: the
    whole site, with the persons who posted nowhere.
    """
    idea = and_(
        Idea.id.is_not(None),
        Idea.status.in_(OPEN),
        _is_in_sight(Idea),
        Idea.merged_into.is_(None),
        in_scope(Idea.community_id),
    )
    comment = and_(
        Comment.id.is_not(None),
        Comment.status == "published",
        _is_in_sight(Comment),
        Thread.is_public,
        in_scope(Thread.community_id),
    )
    person = and_(User.id.is_not(None), User.closed_at.is_(None))
    if not everywhere:
        person = and_(person, has_posted_in(in_scope))
    reported_ids = actor.reported_ids("user") | actor.reported_ids("profile_of")
    of_another = and_(
        HeldRevision.by_id != actor.id,
        sql_policy.of_another(actor, Idea),
        sql_policy.of_another(actor, Comment),
        or_(User.id.is_(None), User.id.not_in(reported_ids)),
    )
    return and_(HeldRevision.state == constant("open"), of_another, or_(idea, comment, person))


def _is_in_sight(model: type[Idea] | type[Comment]) -> ColumnElement[bool]:
    """Match what is shown, or what was hidden and its author wrote again for the team."""
    is_again = HeldRevision.suspect.startswith(trust.AGAIN)
    return and_(model.deleted_at.is_(None), or_(model.hidden_at.is_(None), is_again))


def get_tries(contents: Collection[Idea | Comment]) -> dict[str, dict[str, tuple[str, str]]]:
    """Return, of first posts that were refused and sent again, each part as it was refused and as it is now.

    They are found by the name of the content: comment-7.
    """
    idea_ids = [content.id for content in contents if isinstance(content, Idea)]
    comment_ids = [content.id for content in contents if isinstance(content, Comment)]
    texts = [getattr(Idea, name) for name in TEXTS]
    query = select(HeldRevision.former, Idea.id, Comment.id, Comment.body, *texts)
    query = query.select_from(HeldRevision).outerjoin(Idea, Idea.id == HeldRevision.idea_id)
    query = query.outerjoin(Comment, Comment.id == HeldRevision.comment_id)
    of_these = or_(HeldRevision.idea_id.in_(idea_ids), HeldRevision.comment_id.in_(comment_ids))
    rows = db.session.execute(query.where(HeldRevision.former.is_not(None), of_these))
    return dict(_compare(*row) for row in rows)


def _compare(former: Any, idea_id: int | None, comment_id: int | None, body: str, *texts: str) -> Any:
    now = dict(zip(TEXTS, texts, strict=True)) if idea_id else {"body": body}
    name = f"idea-{idea_id}" if idea_id else f"comment-{comment_id}"
    return name, {part: (former.get(part, ""), text) for part, text in now.items()}
