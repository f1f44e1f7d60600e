"""The supports that come with a merge: one's own to take back or to make one's own, and shared between several origins."""

import pytest
from sqlalchemy import select

from app.accounts.signals import AccountClosed
from app.core import clock
from app.core.db import db
from app.core.signals import tell
from app.core.unit import unit
from app.moderation.merges import service as merges
from app.operations import recount
from app.votes import queries, service
from app.votes.models import DeclinedVote, Vote
from tests.support.rows import again
from tests.support.world import HERE

WHY = "Elles disent la même chose"


@pytest.fixture
def team(people):
    return people["facilitator"]


@pytest.fixture
def trio(make):
    """Two ideas that will be joined to a third one."""
    return [make.idea(community=HERE) for _n in range(3)]


def join(team, idea, into):
    merges.merge(team, again(idea), again(into), reason=WHY)


def part(team, idea):
    merges.part(team, again(idea), reason=WHY)


def origin(person, idea):
    """Return where the support of a person comes from; "none" when there is no support."""
    db.session.rollback()
    row = db.session.execute(
        select(Vote.inherited_from).where(Vote.user_id == person.id, Vote.idea_id == idea.id)
    ).first()
    return "none" if row is None else row[0]


@pytest.mark.parametrize(
    ("kind", "place", "comes"),
    [("block", HERE, False), ("block", "transport-collectif", True), ("block", None, True), ("suspend", HERE, True)],
)
def test_what_somebody_blocked_there_could_not_take_back_does_not_come(make, team, trio, kind, place, comes):
    first, _second, into = trio
    user = make.user()
    service.cast(make.actor(user), again(first))
    restriction = make.restriction(user, place, kind=kind)
    join(team, first, into)
    assert (origin(user, into) != "none") is comes and again(into).votes_count == int(comes)
    part(team, first)
    make.at(restriction, lifted_at=clock.now())
    join(team, first, into)
    assert origin(user, into) == first.id and recount.list_differences() == []


def test_a_block_holds_in_its_community_alone(make):
    rooms, supported, user = [make.community() for _n in range(3)], make.idea(), make.user()
    ideas = [make.idea(community=room) for _n in range(2) for room in rooms]
    make.vote(user, supported)
    for room in (rooms[0], rooms[2]):
        make.restriction(user, room, kind="block")
    assert [queries.count_to_carry(supported, idea) for idea in ideas] == [0, 1, 0] * 2


def test_the_block_of_one_person_keeps_nobody_else_away(make, team, trio):
    (first, _second, into), people = trio, [make.user() for _n in range(3)]
    for one in people:
        make.vote(one, again(first))
    for one in (people[0], people[2]):
        make.restriction(one, HERE, kind="block")
    join(team, first, into)
    assert [origin(one, into) for one in people] == ["none", first.id, "none"]


def test_a_support_passes_to_the_other_idea_joined_there_that_its_person_supports(make, team):
    lower, higher, low, into, high, others, first, second = (make.idea(community=HERE) for _n in range(8))
    before, person, after, late = (make.user() for _n in range(4))
    supporters = {lower: [person], higher: [person], others: [before, after], first: [person], second: [person, late]}
    for idea, users in supporters.items():
        for one in users:
            make.vote(one, idea)
    for idea, target in ((lower, low), (higher, high), (others, into), (first, into), (second, into)):
        join(team, idea, target)
    assert origin(person, into) == first.id
    part(team, first)
    assert [origin(one, into) for one in (before, person, after, late)] == [others.id, second.id, others.id, second.id]
    join(team, first, into)
    part(team, second)
    assert [origin(one, into) for one in (before, person, after, late)] == [others.id, first.id, others.id, "none"]
    part(team, first)
    assert origin(person, into) == "none" and again(into).votes_count == 2 and recount.list_differences() == []


def test_a_name_put_on_an_inherited_support_goes_with_it(make, team, trio):
    first, _second, into = trio
    person = make.actor()
    service.cast(person, again(first))
    join(team, first, into)
    service.set_is_named(person, again(into), is_named=True)
    assert origin(person, into) == first.id
    part(team, first)
    assert origin(person, into) == "none"


def test_the_page_tells_inherited_supports_apart(make, team, trio):
    first, _second, into = trio
    person, other = make.actor(), make.actor()
    service.cast(person, again(first))
    service.cast(other, again(into), is_named=True)
    assert queries.count_to_carry(again(first), again(into)) == 1
    join(team, first, into)
    assert queries.count_to_carry(again(first), again(into)) == 0
    mine = queries.get_support(person, again(into))
    assert (mine.count, mine.inherited_count, mine.is_mine, mine.is_inherited, mine.more) == (2, 1, True, True, 1)
    theirs = queries.get_support(other, again(into))
    assert (theirs.count, theirs.inherited_count, theirs.is_mine, theirs.is_inherited) == (2, 1, True, False)
    assert [user_id for user_id, _name in theirs.names] == [other.id]


def test_a_person_who_leaves_leaves_no_refusal_behind_and_others_keep_theirs(make, team, trio):
    first, _second, into = trio
    before, person, after = make.actor(), make.actor(), make.actor()
    for one in (before, person, after):
        service.cast(one, again(first))
    join(team, first, into)
    for one in (before, person, after):
        service.withdraw(one, again(into))
    with unit():
        tell(AccountClosed(person.id))
    assert set(db.session.scalars(select(DeclinedVote.user_id))) == {before.id, after.id}


def test_the_refusal_of_one_person_keeps_nobody_else_away(make, team, trio):
    first, second, into = trio
    declines, other = make.actor(), make.actor()
    service.cast(declines, again(first))
    join(team, first, into)
    service.withdraw(declines, again(into))
    for one in (declines, other):
        service.cast(one, again(second))
    assert queries.count_to_carry(again(second), again(into)) == 1
    join(team, second, into)
    assert origin(declines, into) == "none" and origin(other, into) == second.id
