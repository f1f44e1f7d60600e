"""One rendering serves all who wait for it: when something changed, every reader of a page comes at once."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from threading import Event, Lock

# In seconds: how long the rendering of another is waited for.
PATIENCE = 5.0


class SingleFlight:
    """Requests for one page at one content version share one rendering: the first renders, the others wait for it."""

    def __init__(self) -> None:
        self._running: dict[Hashable, Event] = {}
        self._lock = Lock()

    @contextmanager
    def take(self, key: Hashable, version: int, *, was_cached: bool) -> Iterator[bool]:
        """Give True to the first, who renders; False to the others, once that is done.

        A page that was never kept may be one that can't be: nobody waits for it.
        """
        turn = (key, version)
        with self._lock:
            running = self._running.get(turn)
            if was_cached and running is None:
                self._running[turn] = Event()
        if not was_cached or running is not None:
            yield not (running and running.wait(PATIENCE))
            return
        try:
            yield True
        finally:
            with self._lock:
                self._running.pop(turn).set()
