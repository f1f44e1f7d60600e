import pytest

from tests.support.world import ELSEWHERE, HERE


@pytest.fixture
def both(make):
    """Somebody who has the charge of two communities."""
    return make.actor(facilitates=[HERE, ELSEWHERE])
