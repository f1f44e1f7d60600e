"""What waits on the desk, one queue after the other: what the law lets its reader act on, no more and no less."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    cast,
    false,
    not_,
    null,
    or_,
    select,
    true,
)

from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import Profile, User
from app.comments.models import Comment, Thread
from app.communities.models import Restriction
from app.communities.queries import Room, get_rooms
from app.communities.sql_policy import of_another, stands_in
from app.contents import queries as contents
from app.core import dialect
from app.core.actor import Actor
from app.core.db import constant
from app.desk.models import Assignment
from app.desk.queries import unread
from app.desk.queries.queue_rows import QueueRows, select_rows
from app.events.models.meetings import Event, EventCommunity
from app.forum.models import Forum, ForumTopic
from app.forum.queries import topics as forum_topics
from app.ideas.indexes import IS_PENDING
from app.ideas.models import Answer, Idea
from app.ideas.queries.answers import is_stalled, is_unanswered, to_review
from app.ideas.queries.lists import without_community
from app.ideas.queries.reading import is_public
from app.moderation.appeals.models import Appeal
from app.moderation.appeals.queries.measures import for_want_of_another, reported_by
from app.moderation.cases.models import Case
from app.moderation.first_posts.queries import frozen_accounts, held_revisions
from app.moderation.measures.models import Measure
from app.moderation.moves.models import Handover, MoveRequest
from app.notes.queries import review
from app.plan.models.links import Link
from app.plan.models.structure import Action, Plan
from app.plan.queries import desk as plan_desk
from app.plan.queries.late import is_late

OPEN = constant("open")


@dataclass(frozen=True)
class Scope:
    """Whose desk, and where: in one community, or in all those that this person has the charge of."""

    actor: Actor
    room: Room | None = None

    @property
    def is_everywhere(self) -> bool:
        return self.room is None and self.actor.is_coordinator

    @property
    def rooms(self) -> list[Room]:
        if self.room:
            return [self.room]
        return [room for room in get_rooms().all if self.actor.is_coordinator or room.id in self.actor.facilitates]

    def holds(self, column: Any) -> ColumnElement[bool]:
        """Match the rows whose community (`column`) is on this desk, by the index of the queue, not by its own."""
        return true() if self.is_everywhere else dialect.unindexed(column).in_([room.id for room in self.rooms])

    def holds_idea(self) -> ColumnElement[bool]:
        """Match the ideas whose community is here, and those that this person answers for want of another person."""
        return or_(self.holds(Idea.community_id), and_(self.holds_others, self.stands_in()))

    def stands_in(self) -> ColumnElement[bool]:
        """Match the ideas that this person answers for want of another person."""
        return stands_in(self.actor, Idea, Idea.author_id)

    @property
    def holds_others(self) -> ColumnElement[bool]:
        """Match every row on a desk of all communities: what other teams may not decide on is found there alone."""
        return false() if self.room else true()

    @property
    def all_rooms(self) -> list[Room]:
        return [self.room] if self.room else list(get_rooms().all)


def _ideas(scope: Scope, rows: QueueRows, rooms: Callable[[Sequence[Room]], ColumnElement[bool]]) -> list[QueueRows]:
    """Return the rows of ideas that match `rooms(communities)`: those assigned to the reader, then by community."""
    in_hands, others = rows.apart(Assignment.idea_id, scope.actor)
    by_room = [others.where(rooms([room])) for room in scope.rooms]
    if not scope.is_everywhere and not scope.room:
        by_room.append(others.where(rooms(scope.all_rooms), not_(scope.holds(Idea.community_id)), scope.stands_in()))
    # No index answers to a CASE: the few ideas in one's hands are each looked at, not those of the community.
    is_late = case((rooms(scope.all_rooms), 1), else_=0) == 1
    return [in_hands.where(is_late, scope.holds_idea()), *by_room]


def _pending(scope: Scope) -> list[QueueRows]:
    """Find the first posts that wait (`idea:admit`, `comment:admit`), and the topics of forums (`topic:admit`).

    Coordinators find here the hidden profiles that changed, too (`profile:restore`).
    """
    actor = scope.actor
    ideas = select_rows("idea", Idea.id, Idea.saved_at, Idea.community_id).where(
        IS_PENDING, scope.holds(Idea.community_id), of_another(actor, Idea)
    )
    comments = select_rows("comment", Comment.id, Comment.created_at, Thread.community_id)
    comments = comments.join(Thread, Thread.id == Comment.thread_id).where(
        Comment.status == constant("pending"),
        Comment.in_sight(),
        Thread.is_public,
        scope.holds(Thread.community_id),
        of_another(actor, Comment),
    )
    profiles = select_rows("profile", Profile.id, Profile.changed_at, cast(null(), Integer)).where(
        Profile.changed_at.is_not(None), Profile.deleted_at.is_(None), of_another(actor, Profile)
    )
    topics = _waiting_topics(scope)
    return [*ideas.apart(Assignment.idea_id, actor), comments, topics, *([profiles] if scope.is_everywhere else [])]


def _waiting_topics(scope: Scope) -> QueueRows:
    """Find the topics that people pitched whom nobody has seen yet: those who run the meeting read them."""
    rows = select_rows("topic", ForumTopic.id, ForumTopic.created_at, Event.community_id)
    rows = rows.join(Forum, Forum.id == ForumTopic.forum_id).join(Event, Event.id == Forum.id)
    return rows.where(forum_topics.awaits_team(), _is_run_here(scope), of_another(scope.actor, ForumTopic))


def _is_run_here(scope: Scope) -> ColumnElement[bool]:
    """Match the meetings that a community of this desk holds, alone or beside others."""
    beside = select(EventCommunity.event_id).where(EventCommunity.community_id.in_([room.id for room in scope.rooms]))
    return or_(scope.holds(Event.community_id), dialect.unindexed(Event.id).in_(beside))


def _said(scope: Scope) -> list[QueueRows]:
    """Find the closed forums whose notes are to be reviewed, until those who were there are told (`notes:review`)."""
    rows = select_rows("forum", Forum.id, Forum.phase_at, Event.community_id).join(Event, Event.id == Forum.id)
    return [rows.where(review.is_unfinished(), _is_run_here(scope))]


def _changes(scope: Scope) -> list[QueueRows]:
    """Find the changes of public texts that wait (`held_revision:admit`)."""
    rows = select_rows("revision", HeldRevision.id, HeldRevision.at, held_revisions.community_column())
    rows = rows.change(Select.select_from, HeldRevision).change(held_revisions.join_subjects)
    return [rows.where(held_revisions.to_read(scope.actor, scope.holds, everywhere=scope.is_everywhere))]


def _cases(scope: Scope) -> list[QueueRows]:
    """Find the open cases that this person may decide (`case:decide`)."""
    actor, place = scope.actor, contents.community_column()
    rows = select_rows("case", Case.id, Case.opened_at, place).change(Select.select_from, Case)
    here = or_(scope.holds(place), and_(scope.holds_others, contents.stands_in(actor)))
    rows = rows.change(contents.join_content, Case).where(Case.state == OPEN, here, contents.of_another(actor))
    return [*rows.apart(Assignment.case_id, actor)]


def _appeals(scope: Scope) -> list[QueueRows]:
    """Find the appeals that this person may judge (`appeal:judge`)."""
    actor, me = scope.actor, scope.actor.id
    place = case((Measure.user_id.is_not(None), Measure.community_id), else_=contents.community_column())
    rows = select_rows("appeal", Appeal.id, Appeal.at, place).change(Select.select_from, Appeal)
    rows = rows.join(Measure, Measure.id == Appeal.measure_id).change(contents.join_content, Measure)
    others = and_(*(or_(column.is_(None), column != me) for column in (Measure.by_id, Measure.user_id)))
    here = or_(scope.holds(place), and_(scope.holds_others, for_want_of_another(actor)))
    return [rows.where(Appeal.state == OPEN, here, contents.not_written_by(actor), others, not_(reported_by(actor)))]


def _reviews(scope: Scope) -> list[QueueRows]:
    """Find the drafts of answers that a colleague asked to have read (`answer:review`)."""
    rows = select_rows("answer", Answer.id, Answer.asked_at, Idea.community_id).change(Select.select_from, Answer)
    return [rows.join(Idea, Idea.id == Answer.idea_id).where(to_review(scope.actor), scope.holds_idea())]


def _handovers(scope: Scope) -> list[QueueRows]:
    """Find the ideas that another community offers to ours (`handover:answer`)."""
    rows = select_rows("handover", Handover.id, Handover.at, Handover.to_id).join(Idea, Idea.id == Handover.idea_id)
    stands = and_(is_public(), Idea.community_id.is_not_distinct_from(Handover.from_id))
    return [rows.where(Handover.state == OPEN, scope.holds(Handover.to_id), stands, of_another(scope.actor, Idea))]


def _requests(scope: Scope) -> list[QueueRows]:
    """Find the requests of authors that another community lead their idea (`move_request:answer`)."""
    rows = select_rows("request", MoveRequest.id, MoveRequest.at, Idea.community_id)
    rows = rows.change(Select.select_from, MoveRequest).join(Idea, Idea.id == MoveRequest.idea_id)
    return [
        rows.where(
            MoveRequest.state == OPEN, is_public(), scope.holds(Idea.community_id), of_another(scope.actor, Idea)
        )
    ]


def _links(scope: Scope) -> list[QueueRows]:
    """Find the links between an idea and an action that somebody proposed (`link:answer`)."""
    rows = _join_links(
        select_rows("link", Link.id, Link.proposed_at, Idea.community_id),
        Action.id == dialect.unindexed(Link.action_id),
    )
    return [rows.where(plan_desk.awaits_answer_of(scope.actor), scope.holds_idea())]


def _returned(scope: Scope) -> list[QueueRows]:
    """Find the ideas whose last action was dropped, from the dropped actions, which are few."""
    rows = _join_links(
        select_rows("link", Link.id, Action.state_at, Idea.community_id), dialect.unindexed(Action.id) == Link.action_id
    )
    return [rows.where(plan_desk.is_back_from_plan(), scope.holds_idea())]


def _join_links(rows: QueueRows, action: ColumnElement[bool]) -> QueueRows:
    """Join the idea and the action of links; the planner must begin with the links, which are few."""
    rows = rows.change(Select.select_from, Link).join(Action, action)
    return rows.join(Idea, Idea.id == dialect.unindexed(Link.idea_id))


def _set_by_hand(scope: Scope) -> list[QueueRows]:
    return _ideas(scope, select_rows("idea", Idea.id, Idea.status_at, Idea.community_id), plan_desk.is_set_by_hand)


def _frozen_accounts(scope: Scope) -> list[QueueRows]:
    """Find the accounts that the site froze (`account:review`)."""
    rows = select_rows("account", User.id, Restriction.at, cast(null(), Integer)).change(
        Select.select_from, Restriction
    )
    is_waiting = frozen_accounts.to_review(scope.actor, None if scope.is_everywhere else scope.holds)
    return [rows.join(User, User.id == Restriction.user_id).where(is_waiting)]


def _unanswered(scope: Scope) -> list[QueueRows]:
    return _ideas(scope, select_rows("idea", Idea.id, Idea.status_at, Idea.community_id), is_unanswered)


def _unread(scope: Scope) -> list[QueueRows]:
    """Find the threads that hold comments which the team has not read, by the newest of these."""
    rows = select_rows("thread", Thread.id, Thread.unread_id, Thread.community_id)
    return [rows.where(Thread.community_id == room.id, unread.is_unread(room.id)) for room in scope.rooms]


def _stalled(scope: Scope) -> list[QueueRows]:
    return _ideas(scope, select_rows("idea", Idea.id, Idea.status_at, Idea.community_id), is_stalled)


def _late(scope: Scope) -> list[QueueRows]:
    """Find the late actions of the current plan, those of which nothing was said for the longest first.

    They are the coordination's, which keeps the plan (`holder:name`, `plan:write`).
    """
    rows = select_rows("action", Action.id, Action.moved_at, Action.community_id).join(Plan, Plan.id == Action.plan_id)
    return [rows.where(is_late(), scope.holds(Action.community_id))] if scope.actor.is_coordinator else []


def _orphans(scope: Scope) -> list[QueueRows]:
    """Find the public ideas that no community leads; they are the coordinators'."""
    rows = select_rows("idea", Idea.id, Idea.published_at, Idea.community_id)
    rows = rows.where(without_community(), Idea.published_at.is_not(None), scope.holds(Idea.community_id))
    return [*rows.apart(Assignment.idea_id, scope.actor)]


QUEUES: dict[str, Callable[[Scope], list[QueueRows]]] = {
    "pending": _pending,
    "changes": _changes,
    "cases": _cases,
    "appeals": _appeals,
    "reviews": _reviews,
    "handovers": _handovers,
    "requests": _requests,
    "links": _links,
    "frozen": _frozen_accounts,
    "unanswered": _unanswered,
    "returned": _returned,
    "unread": _unread,
    "said": _said,
    "stalled": _stalled,
    "unlinked": _set_by_hand,
    "late": _late,
    "orphans": _orphans,
}
"""The queues in the order in which a desk shows them: what keeps somebody waiting comes first."""

IN_HANDS = ("pending", "cases", "unanswered", "stalled", "unlinked", "orphans")
"""The queues of what can be in somebody's hands."""

READING = "unread"
"""The queue of what is only read: nobody waits for it, and no total counts it."""


def list_queue_names(scope: Scope) -> list[str]:
    """Name the queues of a desk: what no community leads and the plan are the coordination's."""
    foreign = {"orphans": not scope.is_everywhere, "late": not scope.actor.is_coordinator}
    return [name for name in QUEUES if not foreign.get(name)]
