"""Fronts before the application of the tests."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app.web.page_cache.middleware import PageCache
from tests.support import page_caches
from tests.support.browser import Browser


@pytest.fixture
def make_front(app: Flask) -> Iterator[Callable[..., PageCache]]:
    """Make one more front, with no page yet: `make_front(megabytes=16, requests=0)`."""
    with page_caches.workers(app) as make:
        yield make


@pytest.fixture
def front(make_front: Callable[..., PageCache]) -> PageCache:
    return make_front()


@pytest.fixture
def reader(app: Flask, front: PageCache) -> Browser:
    """A browser of the public that asks the front."""
    return page_caches.browse(app, front)
