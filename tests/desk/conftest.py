import pytest

from tests.support.world import HERE


@pytest.fixture
def cast(make, people, author):
    """The people of the square, and an author who facilitates the community too."""
    return people | {"author": make.actor(author, facilitates=[HERE])}
