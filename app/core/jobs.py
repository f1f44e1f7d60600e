"""Work outside the request: a queue with a schedule, in its own SQLite file, PostgreSQL or Redis."""
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey
from huey import crontab as crontab
from huey.storage import BaseSqlStorage
from redis import ConnectionPool, RedisError

from app.core.dialect import PATIENCE
from app.core.unit import after_commit

# In seconds: to begin a connection, and for each answer.
REDIS_PATIENCE = "socket_connect_timeout=5&socket_timeout=10"
REDIS_WAITS = ("socket_timeout", "socket_connect_timeout")
# What may follow the address; its library takes more, which only a program can give it.
REDIS_OPTIONS = (*REDIS_WAITS, "db", "health_check_interval", "max_connections", "ssl_cert_reqs", "ssl_check_hostname",
                 "ssl_ca_certs", "ssl_certfile", "ssl_keyfile")
LONGEST_WAIT = 3600
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """A function the worker runs: every so many minutes (a divisor of 60), and whenever it is asked for."""

    run: Callable[[], object]
    every: int = 1


_tasks: dict[str, Callable[[], object]] = {}


def queue_at(data_dir: Path, redis_url: str, server: str) -> Huey:
    """Return the queue of this configuration: Redis if there is one, else the database's own kind.

    No result is kept: what a job did is in the tables. `server` is the address of PostgreSQL, if the database is there.
    Nothing is written yet: `prepare` makes the tables, once, since two processes that start together would make them
    twice, and a command that only looks works on a disk that is full.
    """
    if redis_url:
        return RedisHuey("reflexe", url=with_timeouts(redis_url), results=False)
    if server:
        return PostgresHuey("reflexe", dsn=server, results=False, create_tables=False, **PATIENCE)
    return SqliteHuey("reflexe", filename=str(data_dir / "queue.db"), results=False, create_tables=False)


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


def waiting(huey: Huey) -> int:
    """Return how many jobs are asked for and not yet taken; raises when the queue can't be reached."""
    return int(huey.pending_count())


def connect(huey: Huey, jobs: dict[str, Job], within: Callable[[Callable[[], object]], object]) -> None:
    """Register the jobs on the queue; `within` runs one inside the application's context."""
    _tasks.clear()
    for name, job in jobs.items():
        work = partial(within, job.run)
        huey.periodic_task(crontab(minute=f"*/{job.every}"), name=f"{name}-scheduled")(work)
        _tasks[name] = huey.task(name=name, retries=2, retry_delay=30)(work)


def ask(name: str) -> None:
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
