"""Who writes an idea; the page of an answer, and two of a team, each in a browser: who writes it, and who reviews it."""

import pytest

from tests.support.world import HERE


@pytest.fixture
def writer(make, sign_in):
    """The browser of a member, with the number of the community that they choose."""
    browser = sign_in(make.user())
    browser.room = str(make.room(HERE).id)
    return browser


@pytest.fixture
def address(idea):
    return f"/ideas/{idea.id}/status"


@pytest.fixture
def two_of_a_team(make, sign_in):
    """Two facilitators of the community, each in a browser."""
    return [sign_in(make.user(name, facilitates=[HERE])) for name in ("Wanda Rédige", "Colin Relit")]
