"""What a sweep keeps of a long list: the same things each time, and all of them in the soak."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

Some = Callable[..., list[Any]]


@pytest.fixture(params=[pytest.param(True, id="sample"), pytest.param(False, id="all", marks=pytest.mark.soak)])
def is_sample(request: pytest.FixtureRequest) -> bool:
    """Tell whether a sweep keeps a sample, or goes through everything: it does both, the latter in the soak."""
    return bool(request.param)


@pytest.fixture
def some(is_sample: bool, engine: str) -> Some:
    """`some(things, sqlite=2, postgresql=6)` keeps one in two of these on SQLite, one in six on PostgreSQL."""

    def keep(things: Iterable[Any], **one_in: int) -> list[Any]:
        return list(things)[:: one_in.get(engine, 1) if is_sample else 1]

    return keep
