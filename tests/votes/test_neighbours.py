"""An act on one idea by one person changes no other idea and no other person, whatever their ids."""
import pytest
from sqlalchemy import select

from app.core.db import db
from app.merges import service as merges
from app.operations import recount
from app.votes import queries, service
from app.votes.models import Vote
from tests.support.rows import again
from tests.support.world import HERE

WHY = "Elles disent la même chose"


@pytest.fixture
def row(make):
    """Five ideas in a row, each supported by the same three people."""
    people = [make.actor() for _n in range(3)]
    ideas = [make.idea(community=HERE) for _n in range(5)]
    for idea in ideas:
        for person in people:
            service.cast(person, idea)
    return ideas, people


def of(idea):
    return db.session.execute(select(Vote.user_id, Vote.inherited_from).where(Vote.idea_id == idea.id).order_by(
        Vote.user_id)).tuples().all()


def test_a_merge_and_its_parting_touch_two_ideas_alone(make, people, row):
    ideas, _supporters = row
    team, late = people["facilitator"], make.actor()
    service.cast(late, again(ideas[1]))
    for n in (0, 4):
        service.cast(make.actor(), again(ideas[n]))
    before = {idea.id: of(idea) for idea in ideas}
    merges.merge(team, again(ideas[1]), again(ideas[3]), reason=WHY)
    assert of(ideas[3]) == [*before[ideas[3].id], (late.id, ideas[1].id)]
    assert [queries.support(late, again(idea)).inherited_count for idea in ideas] == [0, 0, 0, 1, 0]
    assert all(of(idea) == before[idea.id] for n, idea in enumerate(ideas) if n != 3)
    merges.part(team, again(ideas[1]), reason=WHY)
    assert {idea.id: of(idea) for idea in ideas} == before and recount.differences() == []


def test_what_another_joined_idea_brings_is_that_of_the_same_person(make, people, row):
    ideas, _supporters = row
    team, both, one, other = people["facilitator"], make.actor(), make.actor(), make.actor()
    for person, where in ((both, (0, 2)), (one, (0,)), (other, (2,))):
        for n in where:
            service.cast(person, again(ideas[n]))
    for n in (0, 2):
        merges.merge(team, again(ideas[n]), again(ideas[3]), reason=WHY)
    merges.part(team, again(ideas[0]), reason=WHY)
    assert dict(of(ideas[3])[3:]) == {both.id: ideas[2].id, other.id: ideas[2].id}
    merges.merge(team, again(ideas[0]), again(ideas[3]), reason=WHY)
    merges.part(team, again(ideas[2]), reason=WHY)
    assert dict(of(ideas[3])[3:]) == {both.id: ideas[0].id, one.id: ideas[0].id}


def test_what_is_joined_to_another_idea_keeps_no_support_here(make, people):
    ideas, team, person = [make.idea(community=HERE) for _n in range(6)], people["facilitator"], make.actor()
    for n in (0, 2, 4):
        service.cast(person, ideas[n])
    for n, into in ((0, 1), (2, 3), (4, 5)):
        merges.merge(team, again(ideas[n]), again(ideas[into]), reason=WHY)
    merges.part(team, again(ideas[2]), reason=WHY)
    assert [of(ideas[n]) for n in (1, 3, 5)] == [[(person.id, ideas[0].id)], [], [(person.id, ideas[4].id)]]


@pytest.mark.parametrize("places", [(1, 3), (3, 1)])
def test_a_refusal_holds_for_one_idea_and_a_support_is_taken_back_by_its_own_person(make, people, places):
    ideas = [make.idea(community=HERE) for _n in range(4)]
    first, second, other, into = ideas[0], ideas[2], *(ideas[n] for n in places)
    team, early, person = people["facilitator"], make.actor(), make.actor()
    for idea in (first, second):
        service.cast(person, idea)
    service.cast(early, second)
    merges.merge(team, again(first), again(other), reason=WHY)
    service.withdraw(person, again(other))
    merges.merge(team, again(second), again(into), reason=WHY)
    assert of(into) == [(early.id, second.id), (person.id, second.id)]
    service.withdraw(person, again(into))
    assert of(into) == [(early.id, second.id)] and recount.differences() == []


def test_a_refusal_is_that_of_one_person_and_so_is_its_end(make, people):
    first, other, second = [make.idea(community=HERE) for _n in range(3)]
    team, early, one, two, three, late = people["facilitator"], *(make.actor() for _n in range(5))
    for person in (one, two, three):
        service.cast(person, first)
    for person in (early, one, two, three, late):
        service.cast(person, second)
    merges.merge(team, again(first), again(other), reason=WHY)
    for person in (one, two, three):
        service.withdraw(person, again(other))
    service.cast(two, again(other))
    service.withdraw(two, again(other))
    merges.merge(team, again(second), again(other), reason=WHY)
    assert of(other) == [(person.id, second.id) for person in (early, two, late)] and recount.differences() == []


@pytest.mark.parametrize("position", [0, 4])
def test_a_support_ends_the_refusal_of_that_idea_alone(make, people, position):
    ideas, team, person = [make.idea(community=HERE) for _n in range(5)], people["facilitator"], make.actor()
    for n in (1, 3):
        service.cast(person, again(ideas[n]))
    merges.merge(team, again(ideas[1]), again(ideas[position]), reason=WHY)
    service.withdraw(person, again(ideas[position]))
    service.cast(person, again(ideas[2]))
    merges.merge(team, again(ideas[3]), again(ideas[position]), reason=WHY)
    assert of(ideas[position]) == [] and recount.differences() == []


def test_a_name_is_given_for_one_idea_and_by_its_own_person(make, row):
    ideas, supporters = row
    service.name(supporters[1], again(ideas[2]), is_named=True)
    pairs = db.session.execute(select(Vote.idea_id, Vote.user_id).where(Vote.is_named)).tuples().all()
    assert pairs == [(ideas[2].id, supporters[1].id)]


def test_what_is_shown_of_an_idea_is_its_own(make):
    ideas, mine = [make.idea() for _n in range(3)], make.actor()
    for n in (0, 2):
        service.cast(mine, ideas[n], is_named=True)
    for reader in (mine, make.actor()):
        assert queries.support(reader, ideas[1]) == queries.Support(0)


def test_ones_own_support_is_found_among_many_that_came_before(make):
    mine, idea = make.actor(), make.idea()
    for _n in range(13):
        service.cast(make.actor(), idea, is_named=True)
    service.cast(mine, idea)
    assert queries.support(mine, idea).is_mine and queries.support(mine, idea).more == 4


def test_ten_names_are_shown_beside_ones_own_support_that_has_none(make):
    idea, mine = make.idea(), make.actor()
    for _n in range(12):
        service.cast(make.actor(), idea)
    for _n in range(13):
        service.cast(make.actor(), idea, is_named=True)
    service.cast(mine, idea)
    for reader in (mine, make.actor()):
        support = queries.support(reader, idea)
        assert (len(support.names), support.more, support.is_mine, support.is_named) == (10, 16, reader is mine, False)
