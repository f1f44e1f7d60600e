"""The content that a row is about – a case, a measure – read with it, as it is now; and where a person posted."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import aliased, contains_eager, joinedload
from sqlalchemy.sql.base import ExecutableOption

from app.accounts.models.people import ImportedAuthor, Profile, User
from app.comments.models import Comment, Thread
from app.communities import sql_policy
from app.contents.models import COLUMNS, CONTENTS, AboutContent, Content
from app.core.actor import Actor
from app.core.db import db
from app.events.models.meetings import Event
from app.forum.models import Forum, ForumTopic
from app.ideas.models import Idea
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action
from app.plan.queries.actions import CommunityColumns
from app.reference.models import Organisation
from app.updates.models import Update

# The action that a bulletin is about, where contents are joined: another than the one that a row may be about itself.
ActionOfBulletin = aliased(Action)
# The meeting that the topic of a forum is pitched at, likewise.
EventOfTopic = aliased(Event)
# Of each content that stands in a community: what knows which one, and who wrote it.
STANDING: tuple[tuple[Any, Any], ...] = (
    (Idea, Idea),
    (Thread, Comment),
    (Update, Update),
    (CommunityColumns(Action), Action),
    (CommunityColumns(ActionOfBulletin), Bulletin),
    (Event, Event),
    (EventOfTopic, ForumTopic),
)


def with_content(query: Select[Any], table: type[AboutContent]) -> Select[Any]:
    """Select beside each row the content that it is about: a comment comes with its thread."""
    return join_content(query.add_columns(*CONTENTS), table).options(*_with_author())


def join_content(query: Select[Any], table: type[AboutContent]) -> Select[Any]:
    """Join the content that each row is about, without selecting it."""
    query = query.outerjoin(Idea, Idea.id == table.idea_id)
    query = query.outerjoin(Comment, Comment.id == table.comment_id).outerjoin(Thread, Thread.id == Comment.thread_id)
    query = query.outerjoin(Update, Update.id == table.update_id).outerjoin(Action, Action.id == table.action_id)
    query = query.outerjoin(Bulletin, Bulletin.id == table.bulletin_id)
    query = query.outerjoin(ActionOfBulletin, ActionOfBulletin.id == Bulletin.action_id)
    query = query.outerjoin(Event, Event.id == table.event_id)
    query = query.outerjoin(ForumTopic, ForumTopic.id == table.topic_id)
    query = query.outerjoin(Forum, Forum.id == ForumTopic.forum_id).outerjoin(EventOfTopic, EventOfTopic.id == Forum.id)
    return query.outerjoin(Profile, Profile.id == table.profile_id)


def community_column() -> ColumnElement[Any]:
    """Return, where contents are joined, the community in which the content stands now; a profile stands in none."""
    return func.coalesce(*(place.community_id for place, _model in STANDING))


def _with_author() -> list[ExecutableOption]:
    columns = (User.name, User.closed_at)
    return [
        contains_eager(Comment.thread),
        joinedload(Comment.author).load_only(*columns),
        joinedload(Comment.imported_author).load_only(ImportedAuthor.name),
        joinedload(Idea.author).load_only(*columns),
        joinedload(Idea.imported_author).load_only(ImportedAuthor.name),
        joinedload(Update.author).load_only(*columns),
        joinedload(Action.author).load_only(*columns),
        contains_eager(Bulletin.action, alias=ActionOfBulletin),
        joinedload(Bulletin.author).load_only(*columns),
        joinedload(Event.author).load_only(*columns),
        contains_eager(ForumTopic.forum).contains_eager(Forum.event, alias=EventOfTopic),
        joinedload(ForumTopic.author).load_only(*columns),
        *with_words(),
    ]


def with_words() -> list[ExecutableOption]:
    """Load with a profile the account and the organisations that its words are made of."""
    author = joinedload(Profile.author)
    columns = (User.name, User.about, User.shows_about, User.shows_organisation, User.confirmed_at, User.closed_at)
    organisation_columns = (Organisation.name, Organisation.archived_at)
    return [
        author.load_only(*columns),
        author.joinedload(User.organisation).load_only(*organisation_columns),
        joinedload(Profile.organisation).load_only(*organisation_columns),
    ]


def content_of(row: Row[Any]) -> Any:
    """Return the one content of a row that was joined; None when it is about a person."""
    found = (getattr(row, model.__name__) for model in CONTENTS)
    return next((content for content in found if content is not None), None)


def is_about(table: type[AboutContent], content: Content) -> ColumnElement[bool]:
    """Match the rows that are about this content; none are about a profile that nobody had to judge yet."""
    column: ColumnElement[Any] = getattr(table, COLUMNS[type(content)])
    return column == (content.id or 0)


def in_charge(actor: Actor) -> ColumnElement[bool]:
    """Match, where contents are joined, those whose community this person has the charge of (`facilitates`)."""
    if actor.is_coordinator:
        return true()
    mine = actor.facilitates
    return or_(*(place.community_id.in_(mine) for place, _model in STANDING))


def not_written_by(actor: Actor) -> ColumnElement[bool]:
    """Match, where contents are joined, those that somebody else wrote (`is_not_concerned`)."""
    return and_(*(or_(model.author_id.is_(None), model.author_id != actor.id) for model in CONTENTS))


def stands_in(actor: Actor) -> ColumnElement[bool]:
    """Match, where contents are joined, those that this person decides on for want of another (`stands_in`)."""
    return or_(*(sql_policy.stands_in(actor, place, model.author_id) for place, model in STANDING))


def of_another(actor: Actor) -> ColumnElement[bool]:
    """Match, where contents are joined, those that somebody else wrote and this person did not report."""
    return and_(*(sql_policy.of_another(actor, model) for model in CONTENTS))


def in_community(community_id: int) -> ColumnElement[bool]:
    return or_(*(place.community_id == community_id for place, _model in STANDING))


def list_community_ids(user_id: int) -> frozenset[int]:
    """Return the numbers of the communities where an account posted, whatever became of it since."""
    ideas = select(Idea.community_id).where(Idea.author_id == user_id, Idea.status != "draft")
    comments = select(Thread.community_id).join(Comment, Comment.thread_id == Thread.id)
    comments = comments.where(Comment.author_id == user_id)
    return frozenset(row_id for row_id in db.session.scalars(ideas.union(comments)) if row_id is not None)


def has_posted_in(in_scope: Callable[[Any], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Match the accounts that posted in some communities, whatever became of it since (`list_community_ids`).

    `in_scope` makes of a column of communities the condition that one is among these.
    """
    idea, comment, thread = aliased(Idea), aliased(Comment), aliased(Thread)
    ideas = exists().where(idea.author_id == User.id, idea.status != "draft", in_scope(idea.community_id))
    comments = exists().where(
        comment.author_id == User.id, comment.thread_id == thread.id, in_scope(thread.community_id)
    )
    return or_(ideas, comments)
