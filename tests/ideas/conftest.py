"""Two of a team: who writes an answer, and who reviews it."""

import pytest

from app.core.actor import Actor
from tests.support.make import Make
from tests.support.world import HERE


@pytest.fixture
def writer(make: Make) -> Actor:
    return make.actor(make.user("Wanda Rédige"), facilitates=[HERE])


@pytest.fixture
def colleague(make: Make) -> Actor:
    return make.actor(make.user("Colin Relit"), facilitates=[HERE])
