"""An application that a server runs in its threads, and that knows when none of them is at work."""
import threading
from contextlib import closing
from typing import Any

from werkzeug.wsgi import ClosingIterator

PATIENCE = 20
"""How many seconds a request has that is under way when its page is closed."""


class Served:
    """Pass requests to the application, and count those under way: an answer is read whole, then closed, before it is sent."""

    def __init__(self, app: Any):
        self._app = app
        self._changed = threading.Condition()
        self._under_way = 0

    def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
        self._count(1)
        try:
            with closing(ClosingIterator(self._app(environ, start_response))) as answer:
                return list(answer)
        finally:
            self._count(-1)

    def wait(self) -> None:
        """Return when no request is under way: the server still answers what a page had asked for when it was closed."""
        with self._changed:
            assert self._changed.wait_for(lambda: not self._under_way, PATIENCE), "a request does not end"

    def _count(self, difference: int) -> None:
        with self._changed:
            self._under_way += difference
            self._changed.notify_all()
