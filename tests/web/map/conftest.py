import pytest

from tests.support.make import Make
from tests.support.make_plan import MakePlan


@pytest.fixture
def plans(make: Make) -> MakePlan:
    return MakePlan(make)
