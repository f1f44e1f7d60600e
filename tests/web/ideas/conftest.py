"""The page of an answer, and two of a team, each in a browser: who writes it, and who reviews it."""
import pytest

from tests.support.world import HERE


@pytest.fixture
def address(idea):
    return f"/ideas/{idea.id}/status"


@pytest.fixture
def two_of_a_team(make, sign_in):
    """Two facilitators of the community, each in a browser."""
    people = [make.user("Wanda Rédige"), make.user("Colin Relit")]
    for user in people:
        make.facilitator(user, HERE)
    return [sign_in(user) for user in people]
