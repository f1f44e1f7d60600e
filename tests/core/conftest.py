"""The wall behind the renderer of Markdown: the one that stands, and the one that would stand in for it."""

from collections.abc import Iterator

import pytest

from app.core.text import sanitize
from tests.support import nh3_sanitizer


@pytest.fixture(scope="module", params=["bleach", "nh3"])
def wall(request: pytest.FixtureRequest) -> Iterator[str]:
    """Name the library that sanitizes meanwhile; of the whole module, so that examples may be drawn under it."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "nh3":
            patch.setattr(sanitize, "sanitize", nh3_sanitizer.sanitize)
        yield str(request.param)
