"""Work outside the request: a queue with a schedule, in its own SQLite file, PostgreSQL or Redis."""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from huey import Huey
from huey import crontab as crontab
from huey.api import Task, TaskWrapper
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import BaseSqlStorage, PostgresStorage, RedisStorage, SqliteStorage
from redis import ConnectionPool, RedisError

from app.core.dialect import PATIENCE
from app.core.keys import Keys, Purpose
from app.core.unit import after_commit

# In seconds: to begin a connection, and for each answer.
REDIS_PATIENCE = "socket_connect_timeout=5&socket_timeout=10"
REDIS_WAITS = ("socket_timeout", "socket_connect_timeout")
# What may follow the address; its library takes more, which only a program can give it.
REDIS_OPTIONS = (
    *REDIS_WAITS,
    "db",
    "health_check_interval",
    "max_connections",
    "ssl_cert_reqs",
    "ssl_check_hostname",
    "ssl_ca_certs",
    "ssl_certfile",
    "ssl_keyfile",
)
LONGEST_WAIT = 3600
SILENCE = 60.0
"""In seconds: a worker that has not looked at its schedule for so long is not well."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """A function the worker runs: every so many minutes (a divisor of 60), and whenever it is asked for.

    One that `erases` forgets what served its time; a restoration runs it before anybody is served. One that
    `only_looks` keeps nobody from closing the site, which it may last hours longer than: it says itself when it works.
    While the site is closed `when_closed` is run instead.
    """

    run: Callable[[], object]
    every: int = 1
    erases: bool = False
    only_looks: bool = False
    when_closed: Callable[[], object] = lambda: None


class SignedMessages(Serializer):
    """Write messages as signed JSON, and read no other: a pickle would run whatever somebody put into the queue."""

    def __init__(self, keys: Keys):
        super().__init__()
        self.keys = keys

    def _serialize(self, value: Any) -> bytes:
        return self.keys.sign(Purpose.QUEUE, json.dumps(value, default=datetime.isoformat).encode())

    def _deserialize(self, data: bytes) -> Any:
        content = self.keys.unsign(Purpose.QUEUE, data)
        if content is None:
            raise ValueError("not signed by this site")
        return json.loads(content)


class Queue(Huey):
    """A queue that throws away what it can't read, and goes on."""

    def __init__(self, keys: Keys, **options: Any):
        super().__init__("reflexe", results=False, serializer=SignedMessages(keys), **options)
        self.nothing = self.task(name="nothing")(lambda: None)
        self._looked_at: float | None = None

    def read_schedule(self, timestamp: datetime | None = None) -> list[Task]:
        """Return the tasks whose moment has come, which the worker asks for every second."""
        self._looked_at = time.monotonic()
        found: list[Task] = super().read_schedule(timestamp)
        return found

    def is_well(self) -> bool:
        """Tell whether the worker looks at its schedule, or has not begun to: it may wait for the site to open."""
        return self._looked_at is None or time.monotonic() - self._looked_at < SILENCE

    def deserialize_task(self, data: bytes) -> Task:
        """Read a message; one that is not ours becomes a task that does nothing."""
        try:
            message = Message(*self.serializer.deserialize(data))
            return self._registry.create_task(message._replace(eta=_moment(message.eta)))
        except Exception as error:
            logger.warning("a message of the queue is thrown away: %s", str(error) or type(error).__name__)
            return self.nothing.s()

    def is_revoked(self, *_task: Any, **_options: Any) -> bool:
        """Say that no job is: we revoke none, and what is kept of that would be read from the queue."""
        return False


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


_tasks: dict[str, TaskWrapper] = {}
_erasures: list[Callable[[], object]] = []


def queue_at(data_dir: Path, redis_url: str, server: str, keys: Keys) -> Huey:
    """Return the queue of this configuration: Redis if there is one, else the database's own kind.

    No result is kept: what a job did is in the tables. `server` is the address of PostgreSQL, if the database is there.
    Nothing is written yet: `prepare` makes the tables, once, since two processes that start together would make them
    twice, and a command that only looks works on a disk that is full.
    """
    if redis_url:
        return Queue(keys, storage_class=RedisStorage, url=with_timeouts(redis_url))
    if server:
        return Queue(keys, storage_class=PostgresStorage, dsn=server, create_tables=False, **PATIENCE)
    return Queue(keys, storage_class=SqliteStorage, filename=str(data_dir / "queue.db"), create_tables=False)


def with_timeouts(redis_url: str) -> str:
    """Return the address with timeouts, unless it has some: without any, a silent Redis is waited for without end."""
    if not redis_url.startswith(("redis://", "rediss://")) or "timeout=" in redis_url:
        return redis_url
    return f"{redis_url}{'&' if '?' in redis_url else '?'}{REDIS_PATIENCE}"


def verify(redis_url: str) -> None:
    """Raise ValueError unless the library can read the address; nothing is reached."""
    if not parse_qs(urlsplit(redis_url).query, keep_blank_values=True).keys() <= set(REDIS_OPTIONS):
        raise ValueError("an option that is none")
    pool = ConnectionPool.from_url(redis_url)
    if not all(0 < pool.connection_kwargs.get(name, 1) <= LONGEST_WAIT for name in REDIS_WAITS):
        raise ValueError("no time to wait for")
    try:
        pool.make_connection()
    except (TypeError, RedisError) as error:
        raise ValueError("an option that it can't have") from error


def prepare(huey: Huey) -> None:
    """Make the tables that the queue needs, if it needs some."""
    if isinstance(huey.storage, BaseSqlStorage):
        huey.storage.initialize_schema()


def count_waiting(huey: Huey) -> int:
    """Return how many jobs are asked for and not yet taken; raises when the queue can't be reached."""
    return int(huey.pending_count())


def connect(huey: Huey, jobs: dict[str, Job], within: Callable[[Job], object]) -> None:
    """Register the jobs on the queue; `within` does one inside the application's context."""
    _tasks.clear()
    _erasures[:] = [job.run for job in jobs.values() if job.erases]
    for name, job in jobs.items():
        work = partial(within, job)
        huey.periodic_task(crontab(minute=f"*/{job.every}"), name=f"{name}-scheduled")(work)
        _tasks[name] = huey.task(name=name, retries=2, retry_delay=30)(work)


def list_erasures() -> list[Callable[[], object]]:
    """Return what the jobs that erase run."""
    return list(_erasures)


def run(name: str) -> None:
    """Run a job here and now; one that fails stops nothing, as in the worker."""
    try:
        _tasks[name].call_local()
    except Exception:
        logger.exception("job %s failed", name)


def enqueue(name: str) -> None:
    """Have the worker run a job soon after the present transaction is stored; asked for several times, once."""
    if name in _tasks:
        after_commit(_asking(name))


@cache
def _asking(name: str) -> Callable[[], None]:
    return partial(_enqueue, name)


def _enqueue(name: str) -> None:
    """Put the job in the queue; a queue that is away costs a minute, since the schedule runs the job anyway."""
    try:
        _tasks[name]()
    except Exception as error:
        logger.warning("job %s not queued: %s", name, type(error).__name__)
