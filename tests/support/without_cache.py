"""What a reader is given when this process keeps nothing of what it read before."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pytest
from sqlalchemy import inspect

from app.core import versions
from app.core.db import db
from app.core.unit import unit
from tests.support.browser import Browser

# What is another one each time: tokens, the keys of forms, and that of the next press at a door (not those of past ones).
MOMENTARY = re.compile(
    rb'(<input [^>]*(?:name="(?:csrf_token|form_key|stamp)"|id="key")[^>]*value=")[^"]*|(<input [^>]*value=")[^"]*("[^>]*name="csrf_token")'
)


def words(answer: Any) -> tuple[int, bytes]:
    """Return what is lasting of an answer: its status and its body."""
    return answer.status_code, MOMENTARY.sub(rb"\1\2\3", answer.data)


def anew(browser: Browser, path: str, **options: Any) -> Any:
    """Ask for a page with nothing kept; what others are given afterwards is kept as it was before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions, "memory_cache", versions.MemoryCache())
        return browser.get(path, **options)


def list_late(browser: Browser, paths: Sequence[str], changes: Iterable[tuple[Any, dict[str, Any]]]) -> Iterator[str]:
    """Make each change (a row, its new values); say which changes none of these pages, or leaves one as it was.

    A page is as it was where it is not what `anew` gives.
    """
    before = [words(browser.get(path)) for path in paths]
    for row, values in changes:
        with unit():
            stored = db.session.get_one(type(row), inspect(row).identity)
            for name, value in values.items():
                setattr(stored, name, value)
            versions.touch("reference")
        after = [words(browser.get(path)) for path in paths]
        if after == before or after != [words(anew(browser, path)) for path in paths]:
            yield f"{type(row).__name__} {values}"
        before = after
