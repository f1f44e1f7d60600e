"""Page caches before the application of a test: each is what one worker process of the site would be."""

import asyncio
import copy
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from flask import Flask

from app.core import content_version, dialect
from app.core.db import db
from app.web.frame.wsgi import put_before
from app.web.page_cache.flood_guard import Guard
from app.web.page_cache.middleware import PageCache
from app.web.page_cache.store import PageStore
from tests.support.browser import Browser

HOSTS = ["localhost"]
# What differs between two answers of the same page.
MOMENTARY = ("Date",)


def complete(waiting: Coroutine[Any, Any, None], *, seconds: float) -> None:
    """Run to its end what waits, in a thread of its own: a browser of this process has a loop in the first one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, asyncio.wait_for(waiting, seconds)).result()


@contextmanager
def workers(app: Flask) -> Iterator[Callable[..., PageCache]]:
    """Make as many made as are asked for, `make(requests=600)`; all are closed at the end."""
    made: list[PageCache] = []

    def make(*, megabytes: float = 16, requests: int = 0) -> PageCache:
        read = dialect.reader(db.engine.url, content_version.SQL)
        made.append(
            PageCache(
                app.wsgi_app, hosts=HOSTS, read=read, pages=PageStore(int(megabytes * 2**20)), guard=Guard(requests)
            )
        )
        return made[-1]

    yield make
    for page_cache in made:
        page_cache.close()


def browse(app: Flask, page_cache: PageCache, **options: Any) -> Browser:
    """Open a browser that asks this page cache; `use_cookies=False` sends the header of cookies as it is given."""
    worker = copy.copy(app)
    put_before(worker, page_cache)
    return Browser(worker, **options)


def whole(answer: Any) -> tuple[int, list[tuple[str, str]], bytes]:
    """Return all that a browser is sent: the status, the headers in their order, the body."""
    # gzip writes the time into what it compresses (RFC 1952, 2.3).
    body = answer.data[:4] + answer.data[8:] if answer.content_encoding == "gzip" else answer.data
    return answer.status_code, [pair for pair in answer.headers if pair[0] not in MOMENTARY], body
