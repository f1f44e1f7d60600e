"""The content version is read for many requests at once, and a database that says nothing is waited for by nobody."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from app.core.readers import NoAnswer
from app.web.page_cache.shared_version import SharedReading
from tests.web.page_cache.page_caches import complete

pytestmark = pytest.mark.one_engine
LONGEST = 20


class Slow:
    """A reading that lasts until it is let go; `began` counts those that began."""

    may_wait = True

    def __init__(self) -> None:
        self.began, self.go, self.is_silent = 0, threading.Semaphore(0), False

    def __call__(self) -> int:
        self.began += 1
        found = self.began
        assert self.go.acquire(timeout=LONGEST)
        if self.is_silent:
            raise NoAnswer()
        return found

    def close(self) -> None:
        """Nothing is open."""


def run(test: Callable[[Slow, SharedReading], Coroutine[Any, Any, None]]) -> None:
    slow = Slow()
    complete(test(slow, SharedReading(slow)), seconds=LONGEST)


async def until(holds: Callable[[], bool]) -> None:
    while not holds():
        await asyncio.sleep(0.005)


def test_a_reading_serves_those_who_waited_for_it_and_nobody_who_came_after_it_began() -> None:
    async def ask(slow: Slow, read: SharedReading) -> None:
        first = asyncio.create_task(read())
        await until(lambda: slow.began == 1)
        others = [asyncio.create_task(read()) for _n in range(5)]
        await asyncio.sleep(0.02)
        slow.go.release(2)
        assert (await first, set(await asyncio.gather(*others)), slow.began) == (1, {2}, 2)

    run(ask)


def test_once_the_database_is_silent_nobody_waits_until_it_answers_again() -> None:
    async def ask(slow: Slow, read: SharedReading) -> None:
        slow.is_silent = True
        slow.go.release()
        with pytest.raises(NoAnswer):
            await read()
        for _time in range(3):
            with pytest.raises(NoAnswer):
                await asyncio.wait_for(read(), 0.5)
        slow.is_silent = False
        slow.go.release()
        await until(lambda: not read.is_silent)
        slow.go.release()
        assert await read() == 3

    run(ask)
