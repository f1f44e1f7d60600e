"""Who is told of a charge: whoever is given it or loses it, by somebody else."""

from typing import Any

from app.communities import service as communities
from app.communities.models import Community
from app.core.db import db
from tests.support.follower_acts import actor, told
from tests.support.world import HERE


def test_a_charge_that_somebody_else_gives_or_takes_is_told_and_what_one_does_oneself_is_not(make: Any) -> None:
    boss, other = make.user(role="coordinator"), make.user()
    community = db.session.get_one(Community, make.room(HERE).id)
    for person in (boss, other):
        communities.grant_facilitator(actor(boss), community, person.id)
        communities.revoke_facilitator(actor(boss), community, person.id)
    assert told("charge") == [("charge.given", other.id), ("charge.withdrawn", other.id)]
