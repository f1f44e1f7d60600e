"""What was said in the sessions of a forum, and what each thing has become."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models.people import User
from app.core import clock, dialect
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.events.models.meetings import CLOSED as OVER
from app.events.models.meetings import PUBLISHED, Event
from app.forum.models import CLOSED, Forum, ForumRoom, ForumSlot, ForumTopic
from app.forum.queries import topics
from app.forum.queries.topics import is_in_sight
from app.ideas.models import Idea, StatusChange
from app.notes.models import ForumReview, NoteLine, PublishedLine, PublishedNotes
from app.notes.queries.lines import is_shown
from app.notes.said import Said
from app.plan.models.structure import Action
from app.plan.queries import actions

# For how long after their last line somebody is shown as reviewing a session.
AT_WORK = timedelta(minutes=15)
BY_HOUR = (ForumSlot.starts_after.nulls_last(), ForumRoom.position.nulls_last(), ForumTopic.id)


@dataclass(frozen=True)
class SessionLines:
    """The lines of a session: how many there are, and how many have no place yet; who gave one last, lately."""

    topic: ForumTopic
    count: int
    left: int
    reviewer: User | None = None


@dataclass(frozen=True)
class SaidAt:
    """A line, the session where it was said, and the hour of that session."""

    line: PublishedLine
    topic: ForumTopic
    at: datetime


def _select_lines(forum_id: int) -> Select[Any]:
    """Select the lines of the sessions that are in sight, but those that were withdrawn."""
    query = select(PublishedLine).join(ForumTopic, ForumTopic.id == PublishedLine.topic_id)
    return query.where(ForumTopic.forum_id == forum_id, is_in_sight(), is_shown())


def _with_hours(query: Select[Any]) -> Select[Any]:
    """Join topics to their hour and their room, if they have them, so that BY_HOUR sorts by these."""
    query = query.outerjoin(ForumSlot, ForumSlot.id == ForumTopic.slot_id)
    return query.outerjoin(ForumRoom, ForumRoom.id == ForumTopic.room_id)


def list_sessions(forum_id: int, apart_from: int) -> Sequence[SessionLines]:
    """Return the sessions of which something was published, by their hour; `apart_from` is whoever asks."""
    count, left = func.count(), func.count().filter(PublishedLine.fate.is_(None))
    query = _select_lines(forum_id).with_only_columns(PublishedLine.topic_id, count, left)
    rows = db.session.execute(query.group_by(PublishedLine.topic_id)).tuples()
    numbers: dict[int, tuple[int, int]] = {topic_id: (count, left) for topic_id, count, left in rows}
    found = db.session.scalars(_with_hours(select(ForumTopic).where(ForumTopic.id.in_(numbers))).order_by(*BY_HOUR))
    at_work = _find_reviewers(forum_id, apart_from)
    return [SessionLines(one, *numbers[one.id], reviewer=at_work.get(one.id)) for one in found]


def _find_reviewers(forum_id: int, apart_from: int) -> dict[int, User]:
    """Return who else gave a line of each session its place lately, the last one."""
    query = select(PublishedLine.topic_id, User).join(User, User.id == PublishedLine.review_by)
    query = query.join(ForumTopic, ForumTopic.id == PublishedLine.topic_id).where(ForumTopic.forum_id == forum_id)
    query = query.where(PublishedLine.review_at > clock.now() - AT_WORK, User.id != apart_from)
    return dict(db.session.execute(query.order_by(PublishedLine.review_at, PublishedLine.id)).tuples().all())


def list_lines(topic_id: int) -> Sequence[PublishedLine]:
    """Return the lines of a session, with whoever gave each its place."""
    query = select(PublishedLine).where(PublishedLine.topic_id == topic_id, is_shown())
    query = query.options(joinedload(PublishedLine.reviewer).load_only(User.name, User.closed_at))
    return db.session.scalars(query.order_by(PublishedLine.position, PublishedLine.id)).all()


def list_all_lines(forum_id: int) -> Sequence[PublishedLine]:
    """Return the lines of all sessions of a forum, session by session."""
    query = _select_lines(forum_id).order_by(PublishedLine.topic_id, PublishedLine.position, PublishedLine.id)
    return db.session.scalars(query).all()


def list_said(forum_id: int) -> Mapping[ForumTopic, Sequence[PublishedLine]]:
    """Map the sessions of which something was published, by their hour, to their lines."""
    query = _with_hours(_select_lines(forum_id).add_columns(ForumTopic))
    query = query.order_by(*BY_HOUR, PublishedLine.position, PublishedLine.id)
    found: dict[ForumTopic, list[PublishedLine]] = {}
    for line, topic in db.session.execute(query):
        found.setdefault(topic, []).append(line)
    return found


def get_line(forum_id: int, line_id: int) -> PublishedLine:
    """Return a line of a session of a forum. Raise NotFound."""
    found: PublishedLine | None = db.session.scalar(_select_lines(forum_id).where(PublishedLine.id == line_id))
    if found is None:
        raise NotFound()
    return found


def get_topic(topic_id: int) -> ForumTopic:
    """Return the session of a line."""
    return db.session.get_one(ForumTopic, topic_id)


def lock_lines(forum_id: int, ids: Collection[int]) -> Sequence[PublishedLine]:
    """Read anew and lock those of these lines that are of a forum, inside a command that gives them a place."""
    query = _select_lines(forum_id).where(PublishedLine.id.in_(ids)).order_by(PublishedLine.id)
    return db.session.scalars(dialect.lock(query, PublishedLine).execution_options(populate_existing=True)).all()


def count_lines(forum_id: int) -> tuple[int, int]:
    """Count the lines of a forum: all, and those that have no place yet."""
    left = func.count().filter(PublishedLine.fate.is_(None))
    count, without = db.session.execute(_select_lines(forum_id).with_only_columns(func.count(), left)).one()
    return count, without


def find_review(forum_id: int) -> ForumReview | None:
    return db.session.get(ForumReview, forum_id)


def find_writers(ids: Collection[int]) -> dict[int, int]:
    """Return the members who first wrote some lines, by the number of the line; who copied one did not say it."""
    query = select(NoteLine.id, NoteLine.user_id).where(NoteLine.id.in_(ids), ~NoteLine.from_paper)
    return {line_id: user_id for line_id, user_id in db.session.execute(query).tuples() if user_id}


def list_first_written(ids: Collection[int]) -> Sequence[NoteLine]:
    """Return those of some lines that nobody copied, as they were first written, with the member: for the team."""
    query = select(NoteLine).where(NoteLine.id.in_(ids), ~NoteLine.from_paper).order_by(NoteLine.id)
    return db.session.scalars(query.options(joinedload(NoteLine.user).load_only(User.name, User.closed_at))).all()


def get_people_count(topic_id: int) -> int | None:
    """Return how many people were in a session, as it was published; None: nobody said."""
    notes = db.session.get(PublishedNotes, topic_id)
    return notes.people_there if notes else None


def list_of_idea(actor: Actor, idea_id: int) -> Sequence[SaidAt]:
    """Return what was said in sessions that became an idea or was joined to it, as a person may read it."""
    query = select(PublishedLine).where(PublishedLine.idea_id == idea_id)
    lines = db.session.scalars(query.order_by(PublishedLine.review_at, PublishedLine.id)).all()
    found = topics.get_topics(actor, {line.topic_id for line in lines}) if lines else {}
    cells = topics.get_cells(list(found.values()))
    return [
        SaidAt(line, found[line.topic_id], cells[line.topic_id][1].starts_at(found[line.topic_id].forum.event))
        for line in lines
        if line.topic_id in cells
    ]


def get_said(line_id: int) -> Said:
    """Return a line that became an idea, with the idea and who wrote the line. Raise NotFound."""
    query = select(PublishedLine, Idea).join(Idea, Idea.id == PublishedLine.idea_id)
    row = db.session.execute(query.where(PublishedLine.id == line_id)).tuples().first()
    if row is None:
        raise NotFound()
    return Said(row[0], find_writers([line_id]).get(line_id), row[1])


def find_reasons(idea_ids: Collection[int]) -> dict[int, str]:
    """Return why some ideas stopped, as their last step says it."""
    query = select(StatusChange.idea_id, StatusChange.reason).where(StatusChange.idea_id.in_(idea_ids))
    return dict(db.session.execute(query.order_by(StatusChange.id)).tuples().all()) if idea_ids else {}


def find_actions(actor: Actor, ids: Collection[int]) -> dict[int, Action]:
    """Return those of these actions that a person may read, by their numbers."""
    query = select(Action).where(Action.id.in_(ids), actions.readable_by(actor))
    return {action.id: action for action in db.session.scalars(query)} if ids else {}


def is_unfinished() -> ColumnElement[bool]:
    """Match, where each is joined to its meeting, the closed forums whose review is not over.

    A line has no place yet, or nobody told those who were there what each has become.
    """
    lines = select(PublishedLine.id).join(ForumTopic, ForumTopic.id == PublishedLine.topic_id)
    lines = lines.where(ForumTopic.forum_id == Forum.id, is_in_sight(), is_shown()).correlate(Forum)
    is_ended = select(ForumReview.forum_id).where(ForumReview.forum_id == Forum.id).correlate(Forum).exists()
    is_over = and_(Event.status.in_((PUBLISHED, OVER)), Event.in_sight(), Forum.phase == CLOSED)
    left = lines.where(PublishedLine.fate.is_(None))
    return and_(is_over, or_(left.exists(), and_(lines.exists(), ~is_ended)))
