"""The square, and a browser for each of its people."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.browser import Browser
from tests.support.world import World, browsers


@pytest.fixture
def people(world: World, sign_in: Callable[[Any], Browser], visitor: Browser) -> dict[str, Browser]:
    return browsers(world, sign_in, visitor)
