"""What happened, written once by the command that did it, and told to followers by the worker, part by part."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, delete, or_, select

from app.accounts.models.people import User
from app.core import clock, dialect, jobs
from app.core.db import db, run
from app.core.unit import command
from app.notifications.models import Fact, Notice, ThreadVisit
from app.notifications.queries import audiences
from app.notifications.queries.recipients import Audience
from app.notifications.service import notices

# How many people are told in one transaction.
SIZE = 1000
RETENTION, NOTICES_RETENTION = timedelta(days=30), timedelta(days=365)
# What may appear a second time, after it was held back: it is told once.
APPEARANCES = ("follow.comment", "follow.idea", "follow.update", "follow.event")


def note(
    kind: str,
    *,
    by: int | None,
    idea_id: int | None = None,
    comment_id: int | None = None,
    update_id: int | None = None,
    action_id: int | None = None,
    bulletin_id: int | None = None,
    event_id: int | None = None,
    **facts: Any,
) -> None:
    """Write a fact, to be told to whoever follows what it is about, inside the command that did it (`by`)."""
    dialect.insert_once(
        Fact,
        kind=kind,
        by_id=by,
        idea_id=idea_id,
        comment_id=comment_id,
        update_id=update_id,
        action_id=action_id,
        bulletin_id=bulletin_id,
        event_id=event_id,
        facts=facts,
        at=clock.now(),
    )
    jobs.enqueue("followers")


@command
def tell_next() -> bool:
    """Tell the next part of the oldest fact; return whether there was one.

    A fact remembers how far it was told: a worker that is stopped goes on there, and nobody is told twice.
    """
    waiting = select(Fact).where(Fact.told_at.is_(None)).order_by(Fact.id).limit(1)
    fact = db.session.scalars(dialect.lock(waiting)).first()
    if fact is None:
        return False
    audience = audiences.find_audience(fact)
    people = audiences.list_next_ids(fact, audience, SIZE) if audience else ()
    if audience and people:
        _tell(fact, audience, people)
        fact.told_to = people[-1]
    if len(people) < SIZE:
        fact.told_at = clock.now()
    return True


def _tell(fact: Fact, audience: Audience, people: Sequence[int]) -> None:
    """Write the notices of the next part, in one statement."""
    if audience.kinds:
        notices.tell_by_best_path(
            audiences.select_best_paths(fact, audience, people[-1]),
            audience.kinds,
            f"{fact.kind}:{fact.id}",
            action_id=fact.action_id,
            bulletin_id=fact.bulletin_id,
            event_id=fact.event_id,
            without_mail=audience.without_mail,
            **fact.facts,
        )
    elif audience.by:
        _tell_by(fact, audience, people[-1])
    else:
        notices.tell_each(
            select(User.id).where(User.id.in_(people)),
            fact.kind,
            _key(fact),
            idea_id=fact.idea_id,
            comment_id=fact.comment_id,
            update_id=fact.update_id,
            **fact.facts,
        )


def _tell_by(fact: Fact, audience: Audience, last_id: int) -> None:
    """Write the notices of a part, each with what led to its reader: in one statement for each such thing."""
    found = db.session.execute(audiences.select_best_paths(fact, audience, last_id)).tuples().all()
    led: dict[tuple[str, int], list[int]] = {}
    for user_id, number, kind in found:
        led.setdefault((kind, number), []).append(user_id)
    for (kind, number), ids in sorted(led.items()):
        notices.tell_each(
            select(User.id).where(User.id.in_(ids)),
            fact.kind,
            _key(fact),
            idea_id=fact.idea_id,
            event_id=fact.event_id,
            **fact.facts,
            by=kind,
            of=number,
        )


def _key(fact: Fact) -> str:
    content_id = fact.comment_id or fact.update_id or fact.idea_id or fact.event_id
    return str(content_id if fact.kind in APPEARANCES else fact.id)


@command
def purge() -> None:
    """Forget the facts that were told 30 days ago, what followers read then or were told a year ago, and old visits."""
    limit = clock.now() - RETENTION
    run(delete(Fact).where(Fact.told_at < limit))
    run(delete(ThreadVisit).where(ThreadVisit.at < clock.now() - NOTICES_RETENTION))
    is_old = or_(Notice.read_at < limit, Notice.at < clock.now() - NOTICES_RETENTION)
    run(delete(Notice).where(and_(Notice.topic == "follow", is_old)))
