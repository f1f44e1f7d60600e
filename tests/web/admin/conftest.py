import pytest


@pytest.fixture
def admin(make, sign_in):
    """The browser of an administrator."""
    return sign_in(make.user("Ada Technique", role="admin"))
