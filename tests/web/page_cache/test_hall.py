"""Cached pages in a hall: as many as its places have, read by each process within ten seconds."""

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask

from app.accounts import limits
from app.core import keys
from app.events import halls
from app.web.frame import hall
from app.web.frame.network import key_of_ip
from app.web.page_cache.gateway import Gateway
from app.web.page_cache.middleware import PageCache
from tests.support.door import meeting
from tests.support.make import Make
from tests.web.page_cache.test_gateway import ask, scope

pytestmark = pytest.mark.one_engine
# Where the gateway's requests come from, as `scope` has them.
HERE = key_of_ip("::1")


@pytest.fixture
def page_cache(app: Flask, make_page_cache: Callable[..., PageCache], monkeypatch: pytest.MonkeyPatch) -> PageCache:
    """A page cache whose guard lets three requests a minute through, and two for each place of a hall."""
    monkeypatch.setattr(hall, "PAGES", 2)
    monkeypatch.setattr(halls, "LOOK", 3_600)  # However slow the machine, it was read a moment ago.
    made = make_page_cache(requests=3)
    made.guard.most_in_hall = partial(hall.most_pages, app)
    return made


def codes(gateway: Gateway, times: int) -> list[int]:
    return [ask(gateway, scope(path="/about"))[0] for _time in range(times)]


def test_the_cached_pages_of_a_hall_are_given_and_withdrawn_within_seconds(
    app: Flask, make: Make, gateway: Gateway
) -> None:
    known, boss = app.extensions["halls"], make.actor(role="coordinator")
    event = meeting(make, capacity_in_person=100)
    assert codes(gateway, 5) == [200, 200, 200, 429, 429]
    with limits.count_nothing(keys.get_keys(app.config)):
        halls.declare(boss, event, HERE)
    assert codes(gateway, 1) == [429], "it read a moment ago that there is none"
    known._read_at -= halls.LOOK + 1
    assert codes(gateway, 6) == [200] * 6
    with limits.count_nothing(keys.get_keys(app.config)):
        halls.withdraw(boss, event)
    known._read_at -= halls.LOOK + 1
    assert codes(gateway, 1) == [429], "nothing but cached pages is asked for, and it is learnt all the same"
