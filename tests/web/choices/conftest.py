"""A forum that converges, its team and those who have a place."""

import pytest

from tests.choices.stored import choice_in, converging
from tests.events.stored import at
from tests.forum.stored import place_in
from tests.support.world import HERE


@pytest.fixture
def team(clock, fae, sign_in):
    clock.at(at("2027-02-18 14:00"))
    return sign_in(fae)


@pytest.fixture
def forum(team, make):
    return converging(make, room=make.room(HERE), author_id=make.user().id)


@pytest.fixture
def choice(make, forum):
    return choice_in(make, forum)


@pytest.fixture
def mia(make):
    return make.user("Mia Membre")


@pytest.fixture
def member(forum, make, mia, sign_in):
    """A member who has a place."""
    place_in(make, forum, mia)
    return sign_in(mia)


@pytest.fixture
def colleague(make, sign_in):
    return sign_in(make.user("Cléo Collègue", facilitates=[HERE]))


@pytest.fixture
def third(make, sign_in):
    return sign_in(make.user("Théo Troisième", facilitates=[HERE]))
