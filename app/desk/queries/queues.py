"""What waits on the desk, one queue after the other.

Each is a SELECT of the same columns, so that all can be counted at once and paged alike. A row of it is a slot: the
kind of thing, its number, since when it waits, in which community, and whether it is in the reader's hands (`turn`).
"""
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
    func,
    literal,
    not_,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.sql.selectable import Subquery

from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import Profile, User
from app.admission.queries import frozen_accounts, held_revisions
from app.appeals.models import Appeal
from app.appeals.queries.contested_measures import for_want_of_another, reported_by
from app.cases.models import Case
from app.comments.models import Comment, Thread
from app.communities.models import Restriction
from app.communities.queries import Room, catalogue
from app.communities.twins import of_another, stands_in
from app.contents import queries as contents
from app.core.actor import Actor
from app.desk.models import Assignment
from app.desk.queries.unread import select_unread
from app.ideas.models import Answer, Idea
from app.ideas.queries.answers import is_stalled, is_unanswered, to_review
from app.ideas.queries.lists import without_community
from app.ideas.queries.reading import is_public
from app.measures.models import Measure
from app.moves.models import Handover, MoveRequest

Slots = Select[Any]


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
        return [room for room in catalogue().all if self.actor.is_coordinator or room.id in self.actor.facilitates]

    def holds(self, column: Any) -> ColumnElement[bool]:
        """Match the rows whose community is here."""
        if self.is_everywhere:
            return true()
        here: ColumnElement[bool] = column.in_([room.id for room in self.rooms])
        return here

    def holds_idea(self) -> ColumnElement[bool]:
        """Match the ideas whose community is here, and those that this person answers for want of another person."""
        return or_(self.holds(Idea.community_id), and_(self.holds_others, stands_in(self.actor, Idea, Idea.author_id)))

    @property
    def holds_others(self) -> ColumnElement[bool]:
        """Match all on the desk of all one's communities, where what another team can't decide on is shown too."""
        return false() if self.room else true()

    @property
    def all_rooms(self) -> list[Room]:
        return [self.room] if self.room else list(catalogue().all)


def slots(scope: Scope, queue: str) -> Subquery:
    """Return the slots of one queue."""
    return union_all(*QUEUES[queue](scope)).subquery()


def _slot(kind: str, row_id: Any, at: Any, place: Any, mine: ColumnElement[bool] | None = None) -> Slots:
    """Begin the SELECT of a queue; `turn` is 0 for what is in the reader's hands, else 1, so that it comes first."""
    turn = literal(1) if mine is None else case((mine, 0), else_=1)
    return select(
        literal(kind).label("kind"), row_id.label("id"), at.label("at"), place.label("place"), turn.label("turn"))


def _idea(scope: Scope, at: Any) -> Slots:
    mine = select(Assignment.id).where(Assignment.idea_id == Idea.id, Assignment.user_id == scope.actor.id).exists()
    return _slot("idea", Idea.id, at, Idea.community_id, mine)


def _pending(scope: Scope) -> Sequence[Slots]:
    """Find the first posts that wait (`idea:admit`, `comment:admit`).

    Coordinators find here the hidden profiles that changed, too (`profile:restore`).
    """
    ideas = _idea(scope, Idea.saved_at).where(
        Idea.status == "pending", Idea.in_sight(), scope.holds(Idea.community_id), of_another(scope.actor, Idea))
    comments = _slot("comment", Comment.id, Comment.created_at, Thread.community_id)
    comments = comments.join(Thread, Thread.id == Comment.thread_id).where(
        Comment.status == "pending", Comment.in_sight(), Thread.is_public, scope.holds(Thread.community_id),
        of_another(scope.actor, Comment))
    profiles = _slot("profile", Profile.id, Profile.changed_at, cast(null(), Integer)).where(
        Profile.changed_at.is_not(None), Profile.deleted_at.is_(None), of_another(scope.actor, Profile))
    return [ideas, comments, profiles] if scope.is_everywhere else [ideas, comments]


def _changes(scope: Scope) -> Sequence[Slots]:
    """Find the changes of public texts that wait (`held_revision:admit`)."""
    query = _slot("revision", HeldRevision.id, HeldRevision.at, held_revisions.community_column())
    query = held_revisions.join_subjects(query.select_from(HeldRevision))
    return [query.where(held_revisions.to_read(scope.actor, scope.holds, everywhere=scope.is_everywhere))]


def _cases(scope: Scope) -> Sequence[Slots]:
    """Find the open cases that this person may decide (`case:decide`)."""
    actor, place = scope.actor, contents.community_column()
    mine = select(Assignment.id).where(Assignment.case_id == Case.id, Assignment.user_id == actor.id).exists()
    query = _slot("case", Case.id, Case.opened_at, place, mine).select_from(Case)
    here = or_(scope.holds(place), and_(scope.holds_others, contents.stands_in(actor)))
    return [contents.join_content(query, Case).where(Case.state == "open", here, contents.of_another(actor))]


def _appeals(scope: Scope) -> Sequence[Slots]:
    """Find the appeals that this person may judge (`appeal:judge`)."""
    actor, me = scope.actor, scope.actor.id
    place = case((Measure.user_id.is_not(None), Measure.community_id), else_=contents.community_column())
    query = _slot("appeal", Appeal.id, Appeal.at, place).join(Measure, Measure.id == Appeal.measure_id)
    others = and_(*(or_(column.is_(None), column != me) for column in (Measure.by_id, Measure.user_id)))
    here = or_(scope.holds(place), and_(scope.holds_others, for_want_of_another(actor)))
    return [contents.join_content(query, Measure).where(
        Appeal.state == "open", here, contents.not_written_by(actor), others,
        not_(reported_by(actor)))]


def _reviews(scope: Scope) -> Sequence[Slots]:
    """Find the drafts of answers that a colleague asked to have read (`answer:review`)."""
    query = _slot("answer", Answer.id, Answer.asked_at, Idea.community_id).join(Idea, Idea.id == Answer.idea_id)
    return [query.where(to_review(scope.actor), scope.holds_idea())]


def _handovers(scope: Scope) -> Sequence[Slots]:
    """Find the ideas that another community offers to ours (`handover:answer`)."""
    query = _slot("handover", Handover.id, Handover.at, Handover.to_id).join(Idea, Idea.id == Handover.idea_id)
    stands = and_(is_public(), Idea.community_id.is_not_distinct_from(Handover.from_id))
    return [query.where(Handover.state == "open", scope.holds(Handover.to_id), stands,
                        of_another(scope.actor, Idea))]


def _requests(scope: Scope) -> Sequence[Slots]:
    """Find the requests of authors that another community lead their idea (`move_request:answer`)."""
    query = _slot("request", MoveRequest.id, MoveRequest.at, Idea.community_id)
    query = query.join(Idea, Idea.id == MoveRequest.idea_id)
    return [query.where(MoveRequest.state == "open", is_public(), scope.holds(Idea.community_id),
                        of_another(scope.actor, Idea))]


def _frozen_accounts(scope: Scope) -> Sequence[Slots]:
    """Find the accounts that the site froze (`account:review`)."""
    query = _slot("account", User.id, Restriction.at, cast(null(), Integer))
    query = query.join(Restriction, Restriction.user_id == User.id)
    return [query.where(frozen_accounts.to_review(scope.actor, None if scope.is_everywhere else scope.holds))]


def _unanswered_slots(scope: Scope) -> Sequence[Slots]:
    return [_idea(scope, Idea.status_at).where(is_unanswered(scope.all_rooms), scope.holds_idea())]


def _unread(scope: Scope) -> Sequence[Slots]:
    """Find the threads that hold comments which the team has not read."""
    columns = _slot("thread", Thread.id, func.min(Comment.created_at), Thread.community_id).selected_columns
    query = select_unread(*columns).where(scope.holds(Thread.community_id))
    return [query.group_by(Thread.id, Thread.community_id)]


def _stalled_slots(scope: Scope) -> Sequence[Slots]:
    return [_idea(scope, Idea.status_at).where(is_stalled(scope.all_rooms), scope.holds_idea())]


def _orphans(scope: Scope) -> Sequence[Slots]:
    """Find the public ideas that no community leads; they are the coordinators'."""
    return [_idea(scope, Idea.published_at).where(without_community(), scope.holds(Idea.community_id))]


QUEUES: dict[str, Callable[[Scope], Sequence[Slots]]] = {
    "pending": _pending, "changes": _changes, "cases": _cases, "appeals": _appeals, "reviews": _reviews,
    "handovers": _handovers, "requests": _requests, "frozen": _frozen_accounts, "unanswered": _unanswered_slots,
    "unread": _unread, "stalled": _stalled_slots, "orphans": _orphans}
"""The queues in the order in which a desk shows them: what keeps somebody waiting comes first."""

IN_HANDS = ("pending", "cases", "unanswered", "stalled", "orphans")
"""The queues of what can be in somebody's hands."""

READING = "unread"
"""The queue of what is only read: nobody waits for it, and no total counts it."""


def names(scope: Scope) -> list[str]:
    """Name the queues of a desk; ideas without a community belong to no community's."""
    return [name for name in QUEUES if name != "orphans" or scope.is_everywhere]
