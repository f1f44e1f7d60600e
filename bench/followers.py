"""A fact told to 20 000 followers of a discussion: what it costs the command that writes it, and the worker."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import event, func, select

from app.accounts.models.people import User
from app.comments import service as comments
from app.comments.models import Thread
from app.communities.actors import actor_for
from app.core import clock
from app.core.bulk import load
from app.core.db import db
from app.core.unit import unit
from app.exchange.lines import batches
from app.ideas.models import Idea
from app.ideas.queries.reading import in_public
from app.notifications.models import Follow, Notice
from app.notifications.service import facts
from app.operations.bench.people import BATCH, first_id
from bench import settings
from bench.sites import Site


@dataclass(frozen=True)
class Telling:
    """Milliseconds of CPU of a comment in a thread that nobody follows, and in one that many do; seconds of the worker.

    `statements` are the most that the worker sent in one transaction.
    """

    followers: int
    quiet: float
    followed: float
    notices: int
    seconds: float
    transactions: int
    statements: int


def measure(site: Site) -> Telling:
    """Have a discussion followed by as many people as the settings say, comment on it, and tell them."""
    with site.app.app_context():
        thread_ids = db.session.scalars(
            select(Idea.thread_id).where(in_public(), Idea.status == "published").order_by(Idea.id).limit(2)
        ).all()
        writer_id = db.session.scalars(select(User.id).order_by(User.id).limit(1)).one()
        _follow(thread_ids[1], settings.FOLLOWERS)
        quiet, followed = (_time(partial(_comment, writer_id, thread_id)) for thread_id in thread_ids)
        begin, counts = time.perf_counter(), list(_tell())
        seconds = time.perf_counter() - begin
        notices = db.session.scalar(select(func.count()).where(Notice.kind == "follow.comment")) or 0
        return Telling(settings.FOLLOWERS, quiet, followed, notices, seconds, len(counts), max(counts))


def _follow(thread_id: int, number: int) -> None:
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
            load(
                Follow,
                [
                    {"user_id": user_id, "kind": "thread", "target_id": thread_id, "level": "all", "at": now}
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
