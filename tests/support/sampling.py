"""What a sweep keeps of a long list: the same things each time, and all of them in the soak."""
from collections.abc import Callable, Iterable
from typing import Any

import pytest

Some = Callable[..., list[Any]]


@pytest.fixture(params=[pytest.param(False, id="sample"), pytest.param(True, id="all", marks=pytest.mark.soak)])
def some(request: pytest.FixtureRequest, engine: str) -> Some:
    """`some(things, sqlite=2, postgresql=6)` keeps one in two of these on SQLite, one in six on PostgreSQL."""

    def keep(things: Iterable[Any], **one_in: int) -> list[Any]:
        return list(things)[::1 if request.param else one_in.get(engine, 1)]

    return keep
