"""What the teams of the demonstration did: through the same acts as anybody's, each dated from the story's day."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from app.accounts.models.people import User
from app.comments import service as comments
from app.comments.models import Comment
from app.comments.queries import reading
from app.communities import queries as communities
from app.communities.actors import actor_for
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.unit import command
from app.desk import service
from app.ideas import publishing
from app.ideas.models import Idea, StatusChange
from app.ideas.writing import IdeaWords
from app.journal import service as journal
from app.moderation.appeals.queries import appeals as appeal_queries
from app.moderation.appeals.service import appeals
from app.moderation.cases import queries as case_queries
from app.moderation.cases import service as cases
from app.moderation.measures.models import Measure
from app.moderation.measures.service import contents as measures
from app.moderation.measures.service import members
from app.moderation.merges import service as merges
from app.moderation.moves.service import handovers
from app.notifications import jobs
from app.notifications.service import follows
from app.operations.demo import book, events, notices, plan
from app.reference import queries as reference
from app.votes import service as votes

Fact = dict[str, Any]


def perform(facts: list[Fact], user_ids: dict[str, int], day: datetime) -> None:
    """Do the acts that were never done, in the order of their dates; tell of what happened lately among them.

    Those of the plan and of meetings are among them, and the steps of ideas go into the journal.
    """
    existing_ids = book.get_ids("facilitation")
    acts: list[tuple[datetime, Callable[[], None]]] = [
        (book.moment(day, fact), partial(_do, fact, user_ids)) for fact in facts if fact["key"] not in existing_ids
    ]
    since = day - notices.MOVED
    others = [*plan.list_acts(user_ids, day), *events.list_acts(user_ids, day)]
    acts += [(at, partial(_do_of_others, act, tells=at >= since)) for at, act in others]
    if "steps" not in existing_ids:
        acts += [(step.at, partial(_write_step, step)) for step in _steps()]
        acts += [(at, partial(notices.tell, signal)) for at, signal in notices.list_signals(day)]
    for at, act in sorted(acts, key=lambda pair: pair[0]):
        with clock.telling(at):
            act()
    if acts:
        _end(user_ids)


def _steps() -> list[StatusChange]:
    """Return the answers that the ideas of the demonstration got."""
    query = select(StatusChange).join(Idea, Idea.id == StatusChange.idea_id)
    return list(db.session.scalars(query.where(Idea.id.in_(book.get_ids("idea").values()), StatusChange.reason != "")))


@command
def _write_step(step: StatusChange) -> None:
    idea = db.session.get_one(Idea, step.idea_id)
    journal.record("status", reason=step.reason, community_id=idea.community_id, idea_id=idea.id, status=step.status)


@command
def _do(fact: Fact, user_ids: dict[str, int]) -> None:
    """Do one act as its person; the subject may be deleted since."""
    actor = actor_for(db.session.get_one(User, user_ids[fact["by"]]))
    subject = _subject(fact["on"], user_ids)
    row_id = ACTS[fact["act"]](actor, subject, fact) if subject else 0
    book.note("facilitation", fact["key"], row_id or 0)
    jobs.tell_followers()


@command
def _do_of_others(act: Callable[[], None], *, tells: bool) -> None:
    """Do an act on the plan or on a meeting, and tell whom it concerns unless it is too long ago."""
    act()
    if tells:
        jobs.tell_followers()
    else:
        notices.forget()


def _subject(name: str, user_ids: dict[str, int]) -> Any:
    """Find an idea of the demonstration or, by its prefix, a comment (`said:`), idea, room, axis or person."""
    kind, _colon, key = name.rpartition(":")
    if kind in AXES:
        return AXES[kind](key)
    row_id = book.get_ids("facilitation").get(key, 0)
    if kind == "said":
        return reading.reload_comment(row_id) if db.session.get(Comment, row_id) else None
    if kind == "idea":
        return db.session.get(Idea, row_id)
    if kind == "room":
        return communities.get_community(communities.get_rooms().by_slug[key].id)
    return db.session.get(User, user_ids[key]) if kind else db.session.get(Idea, book.get_ids("idea").get(key, 0))


def _say(actor: Actor, idea: Any, fact: Fact) -> int:
    return comments.post(actor, reading.lock_thread(idea.thread_id), body=fact["words"], intent=fact.get("intent")).id


def _report(actor: Actor, content: Any, fact: Fact) -> None:
    cases.report(actor, content, reason=fact["reason"], words=fact.get("words", ""))


def _decide(actor: Actor, content: Any, fact: Fact) -> None:
    case = case_queries.find_open_case(content)
    if case:
        getattr(cases, fact["act"])(actor, content, case, reason=fact["words"])


def _measure(actor: Actor, content: Any, fact: Fact) -> None:
    getattr(measures, fact["act"])(actor, content, reason=fact["words"])


def _appeal(actor: Actor, content: Any, fact: Fact) -> None:
    appeals.appeal(actor, db.session.get_one(Measure, appeal_queries.get_hiding_id(content)), words=fact["words"])


def _propose(actor: Actor, room: Any, fact: Fact) -> int:
    words = IdeaWords(title=fact["title"], body=fact["words"], kind=fact["kind"], community_id=room.id)
    return publishing.publish(actor, publishing.draft(actor, words)).id


def _support(actor: Actor, idea: Any, _fact: Fact) -> None:
    votes.cast(actor, idea)


def _merge(actor: Actor, idea: Any, fact: Fact) -> None:
    into = db.session.get(Idea, book.get_ids("idea").get(fact["into"], 0))
    if into:
        merges.merge(actor, idea, into, reason=fact["words"])


def _offer(actor: Actor, idea: Any, fact: Fact) -> None:
    handovers.offer(actor, idea, communities.get_rooms().by_slug[fact["to"]], reason=fact["words"])


def _slow(actor: Actor, idea: Any, fact: Fact) -> None:
    measures.slow(actor, idea, minutes=fact["minutes"], reason=fact["words"])


def _warn(actor: Actor, user: Any, fact: Fact) -> None:
    members.warn(actor, user, community_id=_room(fact), reason=fact["words"])


def _suspend(actor: Actor, user: Any, fact: Fact) -> None:
    until = clock.now() + timedelta(days=fact["days"])
    members.suspend(actor, user, community_id=_room(fact), reason=fact["words"], until=until)


def _room(fact: Fact) -> int:
    return communities.get_rooms().by_slug[fact["room"]].id


def _take(actor: Actor, idea: Any, _fact: Fact) -> None:
    assert actor.id is not None, "the cast has accounts"
    service.assign(actor, idea, to=actor.id)


def _note(actor: Actor, idea: Any, fact: Fact) -> None:
    service.add_note(actor, idea, body=fact["words"])


def _follow(actor: Actor, subject: Any, fact: Fact) -> None:
    kind = fact["on"].rpartition(":")[0]
    if kind in AXES or kind == "room":
        follows.follow(actor, "community" if kind == "room" else kind, subject.id)
    else:
        follows.follow(actor, "thread", subject.thread_id, fact["level"])


def _reply(actor: Actor, room: Any, fact: Fact) -> None:
    service.add_reply(actor, room, title=fact["title"], body=fact["words"])


@command
def _end(user_ids: dict[str, int]) -> None:
    """Note that the steps are in the journal, and that people were told."""
    book.note("facilitation", "steps", 1)
    notices.end(user_ids)


ACTS: dict[str, Callable[[Actor, Any, Fact], int | None]] = {
    "say": _say,
    "report": _report,
    "dismiss": _decide,
    "hide_and_handle": _decide,
    "hide": _measure,
    "restore": _measure,
    "lock": _measure,
    "unlock": _measure,
    "appeal": _appeal,
    "propose": _propose,
    "support": _support,
    "merge": _merge,
    "offer": _offer,
    "slow": _slow,
    "warn": _warn,
    "suspend": _suspend,
    "take": _take,
    "note": _note,
    "reply": _reply,
    "follow": _follow,
}
AXES: dict[str, Callable[[str], Any]] = {
    "tag": reference.find_tag,
    "issue": lambda slug: reference.get_catalogue().issue_at(slug),
    "territory": lambda code: reference.get_catalogue().place_at(code),
}
