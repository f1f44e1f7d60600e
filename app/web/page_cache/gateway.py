"""The gateway: what the server gives each request to, before any thread is taken for it.

It looks whether the site is closed, reads the body and the content version, gives the cached pages, and refuses what
can't be answered now. What is left is the application's, in a few threads: one that waits holds up neither cached
pages nor `/healthz`.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from flask import Flask

from app.core import content_version, dialect, maintenance
from app.core.readers import NoAnswer
from app.web.frame.errors import REFUSAL
from app.web.page_cache import closing
from app.web.page_cache.middleware import ALONE, NOT_CACHED, VERSION, PageCache
from app.web.page_cache.request_key import ALIVE, is_free
from app.web.page_cache.requests import Bodies, Environ, has_body, make_environ
from app.web.page_cache.shared_version import SharedReading

# What needs no database, or says in what state it is: these have threads of their own, which nothing holds up.
OF_MACHINES, SPARE_THREADS = (ALIVE, "/readyz"), 2
# How many answers may wait for such a thread; after them, a refusal is the shortest there is.
MOST_WAITING = 200


def init_app(app: Flask) -> None:
    """Have whoever serves the application make a gateway of it, in each process."""
    app.extensions["gateway"] = partial(Gateway, app)


class Gateway:
    """An application of granian's RSGI around the one of WSGI, which answers in `threads` threads."""

    def __init__(self, app: Flask, *, threads: int):
        self.app, self.threads, self.data_dir = app, threads, app.config["DATA_DIR"]
        page_cache: PageCache | None = app.extensions.get("page_cache")
        self.gives_cached = page_cache is not None
        self.reader = (
            page_cache.read
            if page_cache
            else dialect.reader(app.config["SQLALCHEMY_DATABASE_URI"], content_version.SQL)
        )
        self.bodies = Bodies(app.config["MAX_CONTENT_LENGTH"])

    def __rsgi_init__(self, _loop: Any) -> None:
        """Begin the threads of this process."""
        self.pool = ThreadPoolExecutor(self.threads, "page")
        self.spare, self.waiting = ThreadPoolExecutor(SPARE_THREADS, "spare"), 0
        self.read_shared = SharedReading(self.reader) if self.reader.may_wait else None

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        environ = make_environ(scope)
        size = await self.bodies.read(environ, proto) if has_body(environ) else 0
        try:
            await self._answer(environ, proto)
        finally:
            self.bodies.release(size)

    async def _answer(self, environ: Environ, proto: Any) -> None:
        path = environ["PATH_INFO"]
        is_from_memory = is_free(path)
        closure = None if is_from_memory else maintenance.find(self.data_dir, self.app.extensions.get("began"))
        if closure:
            closing.refuse(environ, closure)
        elif not is_from_memory:
            await self._read_version(environ)
        if self.gives_cached and VERSION in environ and self._give_cached(environ, proto):
            return
        if path in OF_MACHINES or is_from_memory or environ.get(REFUSAL) == 503:
            await self._answer_apart(environ, proto)
        else:
            await self._run(self.pool, environ, proto)

    async def _read_version(self, environ: Environ) -> None:
        """Note the content version; a database that says nothing refuses the request, and one that is away does not."""
        try:
            environ[VERSION] = await self.read_shared() if self.read_shared else self.reader()
        except NoAnswer:
            environ[REFUSAL] = 503

    def _give_cached(self, environ: Environ, proto: Any) -> bool:
        """Answer here and now with the cached page; tell whether there is one."""
        is_asked = environ["REQUEST_METHOD"] in ("GET", "HEAD") and REFUSAL not in environ
        return is_asked and _call(self.app, environ | {ALONE: True}, proto)

    async def _answer_apart(self, environ: Environ, proto: Any) -> None:
        if REFUSAL in environ and self.waiting >= MOST_WAITING:
            proto.response_str(503, [("retry-after", "5"), ("cache-control", "no-store")], "")
            return
        self.waiting += 1
        try:
            await self._run(self.spare, environ, proto)
        finally:
            self.waiting -= 1

    async def _run(self, pool: ThreadPoolExecutor, environ: Environ, proto: Any) -> None:
        await asyncio.get_running_loop().run_in_executor(pool, _call, self.app, environ, proto)


def _call(app: Any, environ: Environ, proto: Any) -> bool:
    """Have a WSGI application answer, and send the whole of it; tell whether it answered."""
    given: list[Any] = []
    chunks = app(environ, lambda status, headers, _error=None: given.append((status, headers)))
    if chunks is NOT_CACHED:
        return False
    try:
        body = b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    status, headers = given[-1]
    proto.response_bytes(int(status[:3]), headers, body)
    return True
