"""The content version, read for many requests at once and beside them: none waits for a database that says nothing."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from app.core.readers import NoAnswer, Reader


class SharedReading:
    """One reading of the content version serves every request that arrived before it began.

    It is done in a thread of its own. Once the database was silent, requests are told so at once, and one reading after
    the other goes on asking.
    """

    def __init__(self, read: Reader):
        self.read, self.is_silent = read, False
        self._thread = ThreadPoolExecutor(1, "reader")
        self._present: asyncio.Task[int | None] | None = None
        self._next: asyncio.Task[int | None] | None = None

    async def __call__(self) -> int | None:
        """Return the number; None when the database is away. Raise Silence when it is not, and says nothing."""
        if self._next is None:
            self._next = asyncio.create_task(self._read_after(self._present))
            self._next.add_done_callback(_look)
        if self.is_silent:
            raise NoAnswer()
        return await asyncio.shield(self._next)

    async def _read_after(self, other: "asyncio.Task[int | None] | None") -> int | None:
        if other is not None:
            await asyncio.wait([other])
        self._present, self._next = self._next, None
        try:
            number = await asyncio.get_running_loop().run_in_executor(self._thread, self.read)
        except NoAnswer:
            self.is_silent = True
            raise
        self.is_silent = False
        return number


def _look(task: "asyncio.Task[int | None]") -> None:
    """Look at what became of a reading that nobody may wait for any more."""
    if not task.cancelled():
        task.exception()
