"""What the tests of facilitation begin with: what an author wrote, and everybody who may have a say."""

import pytest

from app.comments.queries import reading
from tests.support.world import HERE


@pytest.fixture
def idea(make, author):
    return make.idea(author, HERE, title="Une idée de jardin")


@pytest.fixture
def contents(make, author, idea):
    return {
        "idea": idea,
        "comment": reading.reload_comment(make.comment(idea, author).id),
        "update": make.update(author, HERE),
    }


@pytest.fixture
def cast(make, people, author, contents):
    """Everybody, and `reporter`: somebody of the team who reports too."""
    return people | {"author": make.actor(author), "reporter": make.actor(facilitates=[HERE])}


@pytest.fixture
def judges(make, cast):
    """`facilitator` takes the measures, `colleague` animates with them, `reporter` reported."""
    return cast | {"colleague": make.actor(facilitates=[HERE])}
