"""Who may do what with an account."""
import pytest

from app.accounts import policy
from app.accounts.models.people import User
from app.core import clock
from app.core.actor import ANYONE, Actor

HERE = User(id=7, confirmed_at=clock.now())
WAITING = User(id=7)
GONE = User(id=7, confirmed_at=clock.now(), closed_at=clock.now())
SELF, OTHER, ADMIN = Actor(7), Actor(8), Actor(9, role="admin")


@pytest.mark.parametrize(("permission", "actor", "subject", "is_permitted"), [
    (policy.READ, ANYONE, HERE, True), (policy.READ, ANYONE, WAITING, False), (policy.READ, ADMIN, GONE, False),
    (policy.MANAGE, SELF, HERE, True), (policy.MANAGE, OTHER, HERE, False), (policy.MANAGE, ADMIN, HERE, False),
    (policy.MANAGE, ANYONE, HERE, False), (policy.MANAGE, ANYONE, User(id=None), False),
    (policy.SIGNED_IN, SELF, None, True), (policy.SIGNED_IN, ANYONE, None, False),
    (policy.ADMINISTER, ADMIN, HERE, True), (policy.ADMINISTER, SELF, HERE, False),
    (policy.ADMINISTER, Actor(9, role="coordinator"), HERE, False), (policy.ADMINISTER, Actor(None, role="admin"), HERE, False)])
def test_a_right_is_given_to_whom_the_law_says(permission, actor, subject, is_permitted):
    assert permission.permits(actor, subject) is is_permitted
