"""What moved lately in what a person follows, and by what they follow it: for their own first page."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, or_, select

from app.communities.cached_statements import ME, cached_statement, is_by_another, reader_parameters
from app.core import dialect
from app.core.actor import Actor
from app.core.db import constant, db, number_parameter, numbers_parameter
from app.ideas.indexes import IS_MOVE
from app.ideas.models import Idea, IdeaIssue, IdeaTerritory, StatusChange
from app.ideas.queries.reading import in_public
from app.notifications.models import Follow
from app.votes.models import Vote

LOOK = 1_000
"""Among how many of the last steps of all ideas what moved is looked for."""
ROOMS, LIMIT = numbers_parameter("rooms"), number_parameter("limit")


class FollowedStep(NamedTuple):
    """A step of a public idea of somebody else, and why it is told: the first that is true, in this order."""

    id: int
    slug: str
    title: str
    lang: str
    kind: str
    community_id: int | None
    status: str
    stays: bool
    at: datetime
    reason: str
    is_supported: bool
    is_followed: bool
    territory_id: int | None
    issue_id: int | None


def list_followed_steps(actor: Actor, size: int) -> list[FollowedStep]:
    """Return the last steps in what a person supports or follows, the newest first."""
    values = {"rooms": sorted(actor.memberships | actor.facilitates), "limit": size}
    rows = db.session.connection().execute(_select(actor), reader_parameters(actor, **values))
    return [FollowedStep._make(row) for row in rows]


@cached_statement
def _select(_actor: Actor) -> Select[Any]:
    newest = StatusChange.at.desc(), StatusChange.id.desc()
    seen = select(StatusChange.id, StatusChange.idea_id).where(IS_MOVE).order_by(*newest).limit(LOOK).subquery()
    supported = dialect.has_row(select(Vote.id).where(Vote.idea_id == Idea.id, Vote.user_id == ME))
    chosen = _chose("thread", Idea.thread_id)
    territory, issue = _placed(IdeaTerritory, "territory"), _placed(IdeaIssue, "issue")
    in_room = or_(dialect.unindexed(Idea.community_id).in_(ROOMS), _chose("community", Idea.community_id))
    is_room_silent = and_(in_room, _chose("community", Idea.community_id, silence=True))
    silent = or_(_chose("thread", Idea.thread_id, silence=True), is_room_silent)
    is_one = or_(supported, chosen, territory.is_not(None), issue.is_not(None), in_room)
    idea = Idea.id, Idea.slug, Idea.title, Idea.lang, Idea.kind, Idea.community_id
    step = StatusChange.status, StatusChange.stays, StatusChange.at, StatusChange.reason
    query = select(*idea, *step, supported, chosen, territory, issue).join(seen, seen.c.id == StatusChange.id)
    query = query.join(Idea, Idea.id == seen.c.idea_id)
    query = query.where(dialect.unindexed(in_public()), is_by_another(Idea.author_id), is_one, ~silent)
    return query.order_by(*newest).limit(LIMIT)


def _chose(kind: str, target_id: Any, *, silence: bool = False) -> Any:
    """Match what a person chose to follow of a kind; with `silence`, what they chose to hear nothing of."""
    level = Follow.level == constant("none") if silence else Follow.level != constant("none")
    query = select(Follow.user_id).where(Follow.user_id == ME, Follow.kind == constant(kind))
    return dialect.has_row(query.where(Follow.target_id == target_id, level))


def _placed(table: Any, kind: str) -> Any:
    """Select the first place or issue of an idea that a person follows."""
    column = table.territory_id if kind == "territory" else table.issue_id
    query = select(column).join(Follow, and_(Follow.target_id == column, Follow.kind == constant(kind)))
    query = query.where(table.idea_id == Idea.id, Follow.user_id == ME, Follow.level != constant("none"))
    return query.order_by(column).limit(1).correlate(Idea).scalar_subquery()
