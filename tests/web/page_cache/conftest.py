"""Page caches before the application of the tests."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app.web.page_cache.gateway import Gateway
from app.web.page_cache.middleware import PageCache
from tests.support.browser import Browser
from tests.web.page_cache import page_caches


@pytest.fixture
def make_page_cache(app: Flask) -> Iterator[Callable[..., PageCache]]:
    """Make one more page cache, with no page yet: `make_page_cache(megabytes=16, requests=0)`."""
    with page_caches.workers(app) as make:
        yield make


@pytest.fixture
def page_cache(make_page_cache: Callable[..., PageCache]) -> PageCache:
    return make_page_cache()


@pytest.fixture
def reader(app: Flask, page_cache: PageCache) -> Browser:
    """A browser of the public that asks the page cache."""
    return page_caches.browse(app, page_cache)


@pytest.fixture
def gateway(app: Flask, page_cache: PageCache, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    monkeypatch.setitem(app.extensions, "page_cache", page_cache)
    monkeypatch.setattr(app, "wsgi_app", page_cache)
    made = Gateway(app, threads=1)
    made.__rsgi_init__(None)
    yield made
    made.pool.shutdown()
    made.spare.shutdown()
