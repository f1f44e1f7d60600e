"""What the public's lists hold, in SQL, and the indexes that hold nothing else.

An index of a part of a table serves a query only if the query says the very condition of that part, with the same
constants: these conditions are written once, and their constants are never parameters.
"""

from sqlalchemy import Index, and_, literal_column, or_

from app.core import dialect
from app.core.db import constant, constants
from app.ideas.models import (
    CLOSED,
    IN_PLAN,
    UNPUBLISHED,
    Idea,
    IdeaCommunity,
    IdeaIssue,
    IdeaTag,
    IdeaTerritory,
    StatusChange,
)

IS_PUBLISHED = and_(
    Idea.status.not_in([literal_column(f"'{status}'") for status in UNPUBLISHED]),
    Idea.hidden_at.is_(None),
    Idea.deleted_at.is_(None),
)
"""SQL twin of `Idea.is_published`."""
IS_PUBLIC = and_(IS_PUBLISHED, Idea.merged_into.is_(None))
"""SQL twin of `Idea.is_public`."""
IS_LISTED = and_(IS_PUBLIC, Idea.is_private.is_(False))
"""Public, and in no private community: what everybody's lists and counts hold."""
IS_QUIET = and_(IS_LISTED, Idea.comments_count + literal_column("0") == literal_column("0"))
"""Listed, and nobody said anything about it (in words that only the index of these ideas answers to)."""
IS_PENDING = and_(Idea.status == constant("pending"), Idea.hidden_at.is_(None), Idea.deleted_at.is_(None))
"""A first post that waits for its team."""
IS_ORPHAN = and_(IS_LISTED, Idea.community_id.is_(None))
"""Listed, and no community leads it."""
IS_UNANSWERED = and_(
    Idea.status == constant("published"),
    Idea.answered_at.is_(None),
    Idea.hidden_at.is_(None),
    Idea.deleted_at.is_(None),
    Idea.merged_into.is_(None),
)
"""Public, as it was proposed, and its community said nothing of it."""
IS_BEGUN = and_(
    IS_PUBLIC,
    or_(
        Idea.status.in_([constant(status) for status in ("under_review", "retained", "planned", "underway")]),
        and_(Idea.status == constant("published"), Idea.answered_at.is_not(None)),
    ),
)
"""Public, and its community took it up: it moved, or was answered where it is."""
IS_SET_BY_HAND = and_(IS_PUBLIC, Idea.status.in_([constant(status) for status in IN_PLAN]), Idea.action_id.is_(None))
"""SQL twin of `Idea.is_set_by_hand`, among the public ideas."""
IS_OPEN_NEED = and_(
    dialect.unindexed(Idea.kind) == constant("need"), dialect.unindexed(Idea.status).not_in(constants(CLOSED))
)
"""A need that may wait for an action, or that one answers (in words that no other index of kinds answers to)."""
IS_GAP = and_(IS_LISTED, IS_OPEN_NEED, Idea.is_tied.is_(False))
"""SQL twin of `Idea.is_gap`."""
IS_MOVE = or_(StatusChange.status != literal_column("'published'"), StatusChange.stays)
"""A step that an idea made after its publication."""


def declare() -> None:
    """Add the indexes to the tables.

    A page begins after a row: SQLite finds that place in an index by two columns, unless one is the number of the row
    itself. The number of the thread is as unique, and grows as it does. The number of the idea comes last, where it is
    read without the table.
    """
    for name, columns, part in (
        ("recent", (Idea.published_at, Idea.thread_id, Idea.id), IS_LISTED),
        ("supported", (Idea.votes_count, Idea.thread_id, Idea.id), IS_LISTED),
        ("discussed", (Idea.comments_count, Idea.thread_id, Idea.id), IS_LISTED),
        ("quiet", (Idea.published_at, Idea.thread_id), IS_QUIET),
        ("kind_recent", (Idea.kind, Idea.published_at, Idea.thread_id), IS_LISTED),
        ("author_recent", (Idea.author_id, Idea.published_at, Idea.thread_id), IS_LISTED),
        ("status_recent", (Idea.status, Idea.published_at, Idea.thread_id), IS_LISTED),
        ("community_recent", (Idea.community_id, Idea.published_at, Idea.thread_id), IS_PUBLIC),
        ("community_hidden", (Idea.community_id, Idea.hidden_at, Idea.id), Idea.hidden_at.is_not(None)),
        ("pending", (Idea.saved_at, Idea.id), IS_PENDING),
        ("orphans", (Idea.published_at, Idea.id), IS_ORPHAN),
        ("unanswered", (Idea.community_id, Idea.status_at, Idea.id), IS_UNANSWERED),
        ("begun", (Idea.community_id, Idea.status_at, Idea.id), IS_BEGUN),
        ("gaps", (Idea.published_at, Idea.thread_id, Idea.id), IS_GAP),
        ("set_by_hand", (Idea.community_id, Idea.status_at, Idea.id), IS_SET_BY_HAND),
        ("step", (Idea.community_id, Idea.status, Idea.status_at, Idea.id), IS_PUBLIC),
        ("action_id", (Idea.action_id,), Idea.action_id.is_not(None)),
        ("merged_into", (Idea.merged_into,), Idea.merged_into.is_not(None)),
    ):
        Index(f"ix_ideas_{name}", *columns, sqlite_where=part, postgresql_where=part)
    Index("ix_ideas_author", Idea.author_id, Idea.id)
    Index("ix_status_changes_moves", StatusChange.at, StatusChange.id, sqlite_where=IS_MOVE, postgresql_where=IS_MOVE)
    for column in (IdeaCommunity.community_id, IdeaIssue.issue_id, IdeaTerritory.territory_id, IdeaTag.tag_id):
        table = column.class_
        Index(f"ix_{table.__tablename__}_{column.key}", column, table.idea_id)


declare()
