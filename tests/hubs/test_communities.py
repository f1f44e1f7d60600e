"""What the page of a community gathers: what everybody reads there, and inside a private one what its members read."""

from typing import Any

import pytest

from app.communities.queries import get_rooms
from app.core import clock
from app.core.actor import ANYONE
from app.core.unit import unit
from app.hubs.queries import hubs, subjects
from app.hubs.queries.hubs import Hub
from app.hubs.queries.subjects import HubSubject
from app.ideas.models import KINDS, PUBLIC, StatusChange
from app.ideas.queries import lists
from app.ideas.queries.lists import Filters
from app.reference.queries import get_catalogue
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.world import ELSEWHERE, HERE, SECLUDED

VILLAGE, MRC = "70052", "70"


@pytest.fixture(params=[HERE, SECLUDED])
def slug(make: Make, request: pytest.FixtureRequest) -> str:
    """A public community, then a private one."""
    make.community(slug=SECLUDED, is_private=True)
    return str(request.param)


@unit()
def subject_of(slug: str) -> HubSubject:
    return subjects.of_community(get_rooms().by_slug[slug])


def hub_of(slug: str) -> Hub:
    return hubs.get_hub(subject_of(slug))


def fill(make: Make, slug: str) -> list[Any]:
    """Store an idea of each kind and at each public status, two in one municipality; and what nobody counts."""
    shown = [make.idea(community=slug, kind=kind) for kind in KINDS]
    shown += [make.idea(community=slug, status=status, territories=[VILLAGE, MRC]) for status in PUBLIC[:2]]
    unseen: tuple[dict[str, Any], ...] = (
        {"status": "draft"},
        {"status": "pending"},
        {"hidden_at": clock.now()},
        {"deleted_at": clock.now()},
        {"merged_into": shown[0].id},
    )
    for columns in unseen:
        make.idea(**{"community": slug, "territories": [VILLAGE]} | columns)
    make.idea(community=ELSEWHERE, territories=[VILLAGE])
    return shown


def test_its_numbers_are_a_recount_of_its_list(make: Make, slug: str) -> None:
    shown = fill(make, slug)
    hub, mrc = hub_of(slug), get_catalogue().place_at(MRC)
    room = get_rooms().by_slug[slug]
    member = make.actor(member_of=[slug]) if room.is_private else ANYONE
    rows = lists.list_ideas(member, Filters(community=(room.id,))).items
    assert hub.total == len(rows) == len(shown)
    for axis in ("kind", "status"):
        recount = {code: sum(getattr(row, axis) == code for row in rows) for code in (*KINDS, *PUBLIC)}
        assert dict(hub.counts[axis]) == {code: number for code, number in recount.items() if number}
    assert mrc and dict(hub.counts["mrc"]) == {str(mrc.id): 2}
    assert [idea.id for idea in hub.latest] == [row.id for row in rows[: len(hub.latest)]]


def test_what_moves_there_is_told_and_what_moves_elsewhere_is_not(make: Make, slug: str) -> None:
    for place, reason in ((slug, "On y va."), (ELSEWHERE, "Plus tard.")):
        idea = make.idea(community=place)
        make.add(StatusChange(idea_id=idea.id, status="retained", reason=reason))
        make.update(community=place, title=f"Des travaux : {reason}")
    make.at(make.update(community=slug, title="Masqués"), hidden_at=clock.now())
    hub = hub_of(slug)
    assert [step.reason for step in hub.steps] == ["On y va."]
    assert [update.title for update in hub.updates] == ["Des travaux : On y va."]


def test_nothing_of_a_private_community_is_gathered_elsewhere(make: Make) -> None:
    make.community(slug=SECLUDED, is_private=True)
    before, author = hub_of(HERE), make.user()
    for status in PUBLIC:
        make.idea(author, community=SECLUDED, status=status)
    make.update(author, community=SECLUDED)
    after = hub_of(HERE)
    assert (after.counts, after.latest, after.steps, after.updates) == (before.counts, [], [], [])


def test_the_actions_are_those_that_it_carries_with_or_without_another(make: Make, plans: MakePlan) -> None:
    plans.plan(
        action_of("Ici", community=HERE),
        action_of("Avec elle", community=ELSEWHERE, communities=[HERE]),
        action_of("Ailleurs", community=ELSEWHERE),
    )
    assert [near.row.title for near in hub_of(HERE).actions] == ["Ici", "Avec elle"]
