"""A private community, and somebody who has its charge."""

import pytest


@pytest.fixture
def room(make):
    return make.community(slug="cercle", is_private=True)


@pytest.fixture
def team(make, room):
    return make.actor(facilitates=[room.slug])
