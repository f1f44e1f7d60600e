"""The notices of one person: all of them, those of one community, those that were not read."""

from typing import Any

import pytest

from app.core.unit import unit
from app.notifications.queries import notices as queries
from app.notifications.service import notices
from tests.support.make import Make

HERE, ELSEWHERE = "securite-alimentaire", "transport-collectif"


@pytest.mark.parametrize("charges", [{}, {"member_of": [HERE]}, {"facilitates": [HERE]}, {"role": "coordinator"}])
def test_the_notices_of_one_community_stand_apart_whoever_reads_them(make: Make, charges: dict[str, Any]) -> None:
    actor = make.actor(**charges)
    here, there = make.idea(community=HERE), make.idea(community=ELSEWHERE)
    with unit():
        for idea in (here, there):
            notices.tell(actor.id, "status", str(idea.id), idea_id=idea.id, status="retained", reason="")
    assert [one.idea_id for one in queries.list_notices(actor, community_id=here.community_id).items] == [here.id]
    assert [one.idea_id for one in queries.list_notices(actor, is_unread=True).items] == [there.id, here.id]
    assert len(queries.list_notices(actor, community_id=here.community_id, is_unread=True).items) == 1
