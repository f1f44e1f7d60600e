import pytest

from tests.support.world import HERE


@pytest.fixture
def cast(make, people, author):
    """Everybody, and an author who has the charge too."""
    return people | {"author": make.actor(author, facilitates=[HERE])}
