"""An application that a server runs in its threads: it answers while a test is under way, and at no other time."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from werkzeug.wsgi import ClosingIterator

PATIENCE = 20
"""How many seconds a request has that is under way when its page is closed."""


class Served:
    """Pass requests to the application while it is open: an answer is read whole, then closed, before it is sent.

    A page may have sent a request right before it was closed. One that the server reads later would open the database
    while it is being put back, and spoil it for the next test: it is refused.
    """

    def __init__(self, app: Any):
        self._app = app
        self._changed = threading.Condition()
        self._is_open = False
        self._under_way = 0

    @contextmanager
    def open(self) -> Iterator[None]:
        """Pass requests on; at the end, refuse those that come, and wait for those under way."""
        self._is_open = True
        yield
        with self._changed:
            self._is_open = False
            assert self._changed.wait_for(lambda: not self._under_way, PATIENCE), "a request does not end"

    def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
        if not self._enter():
            start_response("503 Service Unavailable", [])
            return []
        try:
            with closing(ClosingIterator(self._app(environ, start_response))) as answer:
                return list(answer)
        finally:
            self._leave()

    def _enter(self) -> bool:
        with self._changed:
            self._under_way += self._is_open
            return self._is_open

    def _leave(self) -> None:
        with self._changed:
            self._under_way -= 1
            self._changed.notify_all()
