"""A fact told to 20 000 followers of a discussion: what it costs the command that writes it, and the worker.

So with a meeting of a community that as many people follow, and what the worker needs of memory meanwhile.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import event, func, select

from app.accounts.models.people import User
from app.comments import service as comments
from app.comments.models import Thread
from app.communities import queries as communities
from app.communities.actors import actor_for
from app.core import clock
from app.core.actor import Actor
from app.core.bulk import load
from app.core.db import db
from app.core.unit import unit
from app.events.service import life
from app.events.words import EventWords
from app.exchange.lines import batches
from app.ideas.models import Idea
from app.ideas.queries.reading import in_public
from app.notifications.models import Follow, Notice
from app.notifications.service import facts
from app.operations.bench.people import BATCH, first_id
from bench import processes, settings
from bench.sites import Site


@dataclass(frozen=True)
class Telling:
    """Milliseconds of CPU of an act of which nobody is told, and of one of which many are; seconds of the worker.

    `statements` are the most that the worker sent in one transaction, `memory` the megabytes that it grew by.
    """

    act: str
    followers: int
    quiet: float
    followed: float
    notices: int
    seconds: float
    transactions: int
    statements: int
    memory: float


def measure(site: Site) -> list[Telling]:
    """Have a discussion and a community followed by as many people as the settings say; comment, publish, tell."""
    with site.app.app_context():
        thread_ids = db.session.scalars(
            select(Idea.thread_id).where(in_public(), Idea.status == "published").order_by(Idea.id).limit(2)
        ).all()
        writer_id = db.session.scalars(select(User.id).order_by(User.id).limit(1)).one()
        room_id = communities.get_rooms().all[0].id
        _follow({"thread": thread_ids[1], "community": room_id}, settings.FOLLOWERS)
        comment, meeting = partial(_comment, writer_id), partial(_publish_meeting, writer_id)
        return [
            _measure("a comment", partial(comment, thread_ids[0]), partial(comment, thread_ids[1]), "follow.comment"),
            _measure("a meeting", partial(meeting, None), partial(meeting, room_id), "follow.event"),
        ]


def _measure(name: str, quiet: Callable[[], Any], followed: Callable[[], Any], kind: str) -> Telling:
    before, after = _time(quiet), _time(followed)
    begin, resident = time.perf_counter(), _resident()
    counts = [(statements, _resident() - resident) for statements in _tell()]
    seconds = time.perf_counter() - begin
    notices = db.session.scalar(select(func.count()).where(Notice.kind == kind)) or 0
    most, memory = (max(numbers) for numbers in zip(*counts, strict=True))
    return Telling(name, settings.FOLLOWERS, before, after, notices, seconds, len(counts), most, memory)


def _resident() -> float:
    return processes.memory(os.getpid()).get("Rss", 0)


def _follow(targets: dict[str, int], number: int) -> None:
    now, first = clock.now(), first_id(User)
    ids = range(first, first + number)
    with unit():
        for batch in batches(iter(ids), BATCH):
            load(
                User,
                [
                    {
                        "id": user_id,
                        "email": f"follower-{user_id}@exemple.test",
                        "name": "Suit",
                        "sort_key": "suit",
                        "fs_uniquifier": f"follower-{user_id}",
                        "confirmed_at": now,
                        "created_at": now,
                        "trusted_at": now,
                    }
                    for user_id in batch
                ],
            )
            for kind, target_id in targets.items():
                load(
                    Follow,
                    [
                        {"user_id": user_id, "kind": kind, "target_id": target_id, "level": "all", "at": now}
                        for user_id in batch
                    ],
                )


def _time(act: Callable[[], Any]) -> float:
    """Return the least CPU of five times, in milliseconds."""
    found = []
    for _turn in range(5):
        begin = time.process_time()
        act()
        found.append(time.process_time() - begin)
    return min(found) * 1000


def _comment(writer_id: int, thread_id: int) -> None:
    db.session.rollback()
    writer, thread = db.session.get_one(User, writer_id), db.session.get_one(Thread, thread_id)
    comments.post(actor_for(writer), thread, body=f"J'en suis. {time.perf_counter_ns()}")


def _publish_meeting(writer_id: int, room_id: int | None) -> None:
    """Publish a meeting of a community; None is the region, which nobody follows."""
    db.session.rollback()
    coordinator, start = Actor(writer_id, role="coordinator"), clock.now() + timedelta(days=9)
    words = EventWords("Se loger près de son travail", mode="online")
    event = life.create(coordinator, words, community_id=room_id, starts_at=start, ends_at=start + timedelta(hours=2))
    life.publish(coordinator, event)


def _tell() -> Iterator[int]:
    """Tell all that is to be told; yield how many statements each transaction sent."""
    while True:
        with _count() as statements:
            if not facts.tell_next():
                return
        yield len(statements)


@contextmanager
def _count() -> Iterator[list[str]]:
    statements: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
