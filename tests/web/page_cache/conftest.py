"""Fronts before the application of the tests."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app.web.page_cache.front import Front
from tests.support import fronts
from tests.support.browser import Browser


@pytest.fixture
def make_front(app: Flask) -> Iterator[Callable[..., Front]]:
    """Make one more front, with no page yet: `make_front(megabytes=16, requests=0)`."""
    with fronts.workers(app) as make:
        yield make


@pytest.fixture
def front(make_front: Callable[..., Front]) -> Front:
    return make_front()


@pytest.fixture
def reader(app: Flask, front: Front) -> Browser:
    """A browser of the public that asks the front."""
    return fronts.browse(app, front)
