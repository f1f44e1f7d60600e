"""Compare every counter with its recount, every copied flag with its source, and put them right when asked."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, Select, and_, bindparam, func, literal, select, true, union_all, update
from sqlalchemy.orm import aliased

from app.accounts.models.people import User
from app.choices.models import COUNTED, Choice, ChoiceBallot, ChoiceCandidate, ChoiceDot
from app.comments.models import Comment, Thread, Useful
from app.communities.models import Community
from app.core import clock
from app.core.db import db
from app.core.unit import command
from app.events.models.meetings import Event, EventCommunity
from app.events.models.registrations import IN, WAITING, EventRegistration
from app.events.seating import PLACES
from app.forum.models import ForumGoing, ForumInterest, ForumTopic
from app.forum.retention import GOINGS_FOR
from app.ideas import facet_counting
from app.ideas.models import Idea, Revision
from app.ideas.queries.facet_counts import Facets
from app.moderation.measures.models import Measure
from app.plan.models.structure import Action
from app.plan.queries import statuses as status_queries
from app.plan.queries import ties
from app.plan.service import statuses
from app.updates.models import Update
from app.votes.models import Vote


@dataclass(frozen=True)
class Counter:
    """A column, and the statement that counts again what it says: rows (key, number) for those that are not zero."""

    model: Any
    column: str
    key: Any
    recount: Select[Any] | CompoundSelect[Any]

    @property
    def name(self) -> str:
        return f"{self.model.__tablename__}.{self.column}"


@dataclass(frozen=True)
class Difference:
    """What is stored (`kept`) and what was counted: numbers, or the values under which an idea is counted.

    `id` is that of the row, or says which ideas a count of facets is of.
    """

    counter: str
    id: int | str
    kept: int | str
    counted: int | str


def list_counters() -> list[Counter]:
    """Return every counter of the platform; one that is added is added here."""
    talk = _visible_comments()
    return [
        Counter(Thread, "comments_count", Thread.id, talk),
        Counter(Idea, "comments_count", Idea.thread_id, talk),
        Counter(Update, "comments_count", Update.thread_id, talk),
        Counter(Action, "comments_count", Action.thread_id, talk),
        Counter(Event, "comments_count", Event.thread_id, talk),
        Counter(Idea, "votes_count", Idea.id, _count(Vote.idea_id)),
        Counter(Idea, "revisions_count", Idea.id, _count(Revision.idea_id)),
        Counter(Idea, "is_tied", Idea.id, _ties()),
        Counter(Comment, "useful_count", Comment.id, _count(Useful.comment_id)),
        Counter(User, "admitted_count", User.id, _admissions()),
        Counter(ForumTopic, "interest_count", ForumTopic.id, _count(ForumInterest.topic_id)),
        Counter(ForumTopic, "going_count", ForumTopic.id, _goings()),
        Counter(Choice, "voters_count", Choice.id, _voters()),
        Counter(ChoiceCandidate, "placed", ChoiceCandidate.id, _placed()),
        *_places(),
        *(Counter(model, "is_private", model.community_id, _privacy()) for model in (Idea, Thread, Update, Event)),
    ]


def _goings() -> CompoundSelect[Any]:
    """Count who is at each topic; once a forum has been over for a day nobody can tell, and its numbers stay."""
    count, over = func.count().label("counted"), Event.ends_at < clock.now() - GOINGS_FOR
    is_there = and_(ForumGoing.topic_id == ForumTopic.id, ForumGoing.slot_id == ForumTopic.slot_id)
    now = select(ForumTopic.id.label("key"), count).join(ForumGoing, is_there)
    now = now.join(Event, Event.id == ForumTopic.forum_id).where(~over).group_by(ForumTopic.id)
    then = select(ForumTopic.id.label("key"), ForumTopic.going_count.label("counted"))
    return union_all(now, then.join(Event, Event.id == ForumTopic.forum_id).where(over))


def _voters() -> CompoundSelect[Any]:
    """Count who placed dots in a choice that is not counted; afterwards nobody can tell, and its number stays."""
    voters = select(
        ChoiceCandidate.choice_id.label("key"), func.count(ChoiceDot.registration_id.distinct()).label("counted")
    )
    voters = voters.join(ChoiceDot, ChoiceDot.candidate_id == ChoiceCandidate.id)
    voters = voters.join(EventRegistration, EventRegistration.id == ChoiceDot.registration_id)
    voters = voters.where(EventRegistration.state == IN).group_by(ChoiceCandidate.choice_id)
    counted = select(Choice.id.label("key"), Choice.voters_count.label("counted"))
    return union_all(voters, counted.where(Choice.state == COUNTED))


def _placed() -> CompoundSelect[Any]:
    """Sum the dots of ballots that were counted, of which some choices keep none: there the totals stay."""
    summed = select(ChoiceBallot.candidate_id.label("key"), func.sum(ChoiceBallot.dots).label("counted"))
    beside = aliased(ChoiceCandidate)
    kept = select(ChoiceBallot.candidate_id).join(beside, beside.id == ChoiceBallot.candidate_id)
    kept = kept.where(beside.choice_id == ChoiceCandidate.choice_id)
    alone = select(ChoiceCandidate.id.label("key"), ChoiceCandidate.placed.label("counted"))
    alone = alone.where(ChoiceCandidate.placed.is_not(None), ~kept.exists())
    return union_all(summed.group_by(ChoiceBallot.candidate_id), alone)


def _places() -> Iterator[Counter]:
    """Count who has a place at a meeting, and who waits for one, from their registrations."""
    for name, state in (("taken", IN), ("waiting", WAITING)):
        for mode in PLACES:
            people = select(EventRegistration.event_id.label("key"), func.sum(EventRegistration.party).label("counted"))
            which = (EventRegistration.state == state, EventRegistration.mode == mode)
            yield Counter(Event, f"{name}_{mode}", Event.id, people.where(*which).group_by(EventRegistration.event_id))


def _count(key: Any) -> Select[Any]:
    """Count the rows of each key in one pass (GROUP BY): a subquery for each row would be slower on large tables."""
    return select(key.label("key"), func.count().label("counted")).group_by(key)


def _visible_comments() -> Select[Any]:
    """Count what the public reads: the rule of `Comment.is_visible`."""
    return _count(Comment.thread_id).where(Comment.status == "published", Comment.in_sight())


def _admissions() -> Select[Any]:
    """Count what the teams let appear of an account, and did not take back within the minute."""
    undoing = aliased(Measure)
    author = func.coalesce(Idea.author_id, Comment.author_id, Measure.user_id)
    query = _count(author).select_from(Measure).outerjoin(Idea, Idea.id == Measure.idea_id)
    query = query.outerjoin(Comment, Comment.id == Measure.comment_id)
    return query.where(
        Measure.kind.in_(("publish", "publish_change")),
        ~select(undoing.id).where(undoing.undoes_id == Measure.id).exists(),
    )


def _ties() -> Select[Any]:
    """Ask the plan which ideas it answers."""
    tied = ties.select_tied().distinct().subquery()
    return select(tied.c.idea_id.label("key"), true().label("counted"))


def _privacy() -> Select[Any]:
    """Ask each community, which leads contents, whether it is private."""
    return select(Community.id.label("key"), Community.is_private.label("counted"))


def list_differences() -> list[Difference]:
    """Return every counter that differs from its recount."""
    counters = (difference for counter in list_counters() for difference in _wrong(counter))
    return [*counters, *(difference for difference, _ids in _communities()), *_facets(), *_steps()]


def _communities() -> Iterator[tuple[Difference, list[int]]]:
    """Compare the other communities that the row of a meeting names, for the law, with those that it is tied to."""
    tied = defaultdict[int, list[int]](list)
    ties = select(EventCommunity.event_id, EventCommunity.community_id).order_by(EventCommunity.community_id)
    for event_id, community_id in db.session.execute(ties).tuples():
        tied[event_id].append(community_id)
    for event_id, stored in db.session.execute(select(Event.id, Event.other_ids).order_by(Event.id)).tuples():
        if stored != tied[event_id]:
            texts = (" ".join(map(str, ids)) for ids in (stored, tied[event_id]))
            yield Difference("events.other_ids", event_id, *texts), tied[event_id]


def _facets() -> Iterator[Difference]:
    for idea_id, stored, right in facet_counting.list_wrong():
        yield Difference("idea_facets.codes", idea_id, _words(stored), _words(right))
    for (with_axis, with_value, axis, value), n, counted in facet_counting.list_wrong_counts():
        yield Difference("facet_counts.n", f"{axis}:{value} with {with_axis}:{with_value}", n, counted)


def _steps() -> Iterator[Difference]:
    """Compare the step of each linked idea with the one that follows from the plan."""
    for one in status_queries.list_mismatches():
        yield Difference("ideas.status", one.idea_id, one.status, one.expected)


def _words(facets: Facets | None) -> str:
    if facets is None:
        return "in no list"
    is_private, codes = facets
    return " ".join(["private"] * is_private + sorted(codes))


def _wrong(counter: Counter) -> list[Difference]:
    column, recount = getattr(counter.model, counter.column), counter.recount.subquery()
    counted = func.coalesce(recount.c.counted, literal(0, column.type))
    query = select(counter.model.id, column, counted).outerjoin(recount, recount.c.key == counter.key)
    rows = db.session.execute(query.where(column != counted).order_by(counter.model.id))
    return [Difference(counter.name, *row) for row in rows]


@command
def repair() -> list[Difference]:
    """Put every wrong counter right; return what was wrong."""
    repaired_differences: list[Difference] = []
    for counter in list_counters():
        found = _wrong(counter)
        if found:
            table = counter.model.__table__
            statement = update(table).where(table.c.id == bindparam("row"))
            db.session.execute(
                statement.values({counter.column: bindparam("number")}),
                [{"row": row.id, "number": row.counted} for row in found],
            )
        repaired_differences += found
    communities = list(_communities())
    for difference, ids in communities:
        db.session.execute(update(Event).where(Event.id == difference.id).values(other_ids=ids))
    repaired_differences += [difference for difference, _ids in communities]
    steps = list(_steps())
    statuses.repair()
    facets = list(_facets())
    facet_counting.repair([one.id for one in facets if isinstance(one.id, int)])
    return repaired_differences + steps + facets
