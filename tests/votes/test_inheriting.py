"""The supports that come with a merge: one's own to take back or to make one's own, and shared between several origins."""
import random

import pytest
from sqlalchemy import select

from app.accounts.signals import AccountClosed
from app.core.db import db
from app.core.errors import DomainError
from app.core.signals import tell
from app.core.unit import unit
from app.ideas.models import Idea
from app.moderation.service import merges
from app.operations import recount
from app.votes import queries, service
from app.votes.models import Declined, Vote
from tests.support.world import HERE
from tests.votes.test_race import at_once

WHY = "Elles disent la même chose"


@pytest.fixture
def team(people):
    return people["facilitator"]


@pytest.fixture
def trio(make):
    """Two ideas that will be joined to a third one."""
    return [make.idea(community=HERE) for _n in range(3)]


def present(idea):
    db.session.rollback()
    return db.session.get_one(Idea, idea.id)


def join(team, idea, into):
    merges.merge(team, present(idea), present(into), reason=WHY)


def part(team, idea):
    merges.part(team, present(idea), reason=WHY)


def origin(person, idea):
    """Give where the support of a person comes from; "none" when there is no support."""
    db.session.rollback()
    row = db.session.execute(select(Vote.inherited_from).where(Vote.user_id == person.id, Vote.idea_id == idea.id)).first()
    return "none" if row is None else row[0]


def test_an_inherited_support_is_taken_back_in_one_press_and_for_good(make, team, trio):
    first, second, into = trio
    person = make.actor()
    for idea in (first, second):
        service.cast(person, present(idea))
    join(team, first, into)
    service.withdraw(person, present(into))
    assert origin(person, into) == "none" and present(into).votes_count == 0
    join(team, second, into)
    part(team, first)
    join(team, first, into)
    assert origin(person, into) == "none" and present(into).votes_count == 0
    assert origin(person, first) is None and recount.differences() == []


def test_whoever_declined_may_still_support_by_themselves(make, team, trio):
    first, _second, into = trio
    person = make.actor()
    service.cast(person, present(first))
    join(team, first, into)
    service.withdraw(person, present(into))
    service.cast(person, present(into))
    assert origin(person, into) is None and present(into).votes_count == 1
    assert db.session.scalars(select(Declined)).all() == []


def test_an_inherited_support_becomes_ones_own_when_pressed(make, team, trio):
    first, _second, into = trio
    person = make.actor()
    service.cast(person, present(first))
    join(team, first, into)
    assert origin(person, into) == first.id
    service.cast(person, present(into), is_named=True)
    assert origin(person, into) is None and present(into).votes_count == 1
    part(team, first)
    assert origin(person, into) is None and present(into).votes_count == 1


def test_a_name_put_on_an_inherited_support_goes_with_it(make, team, trio):
    first, _second, into = trio
    person = make.actor()
    service.cast(person, present(first))
    join(team, first, into)
    service.name(person, present(into), is_named=True)
    assert origin(person, into) == first.id
    part(team, first)
    assert origin(person, into) == "none"


def test_what_another_joined_idea_brings_stays_by_it(make, team, trio):
    first, second, into = trio
    both, one = make.actor(), make.actor()
    for idea, person in ((first, both), (second, both), (first, one)):
        service.cast(person, present(idea))
    join(team, first, into)
    join(team, second, into)
    assert (origin(both, into), origin(one, into)) == (first.id, first.id)
    part(team, first)
    assert (origin(both, into), origin(one, into)) == (second.id, "none")
    assert present(into).votes_count == 1 and recount.differences() == []
    part(team, second)
    assert origin(both, into) == "none" and present(into).votes_count == 0


def test_a_support_that_was_there_before_is_nobodys_heritage(make, team, trio):
    first, _second, into = trio
    person = make.actor()
    for idea in (into, first):
        service.cast(person, present(idea))
    join(team, first, into)
    assert origin(person, into) is None and present(into).votes_count == 1
    service.withdraw(person, present(into))
    assert db.session.scalars(select(Declined)).all() == []


def test_the_page_tells_inherited_supports_apart(make, team, trio):
    first, _second, into = trio
    person, other = make.actor(), make.actor()
    service.cast(person, present(first))
    service.cast(other, present(into), is_named=True)
    assert queries.to_carry(present(first), present(into)) == 1
    join(team, first, into)
    assert queries.to_carry(present(first), present(into)) == 0
    mine = queries.support(person, present(into))
    assert (mine.count, mine.inherited, mine.is_mine, mine.is_inherited, mine.more) == (2, 1, True, True, 0)
    theirs = queries.support(other, present(into))
    assert (theirs.count, theirs.inherited, theirs.is_mine, theirs.is_inherited) == (2, 1, True, False)
    assert [name for _id, name in theirs.names] == [db.session.get_one(Vote.user.property.mapper.class_, other.id).name]


def test_a_person_who_leaves_leaves_no_refusal_behind(make, team, trio):
    first, _second, into = trio
    person = make.actor()
    service.cast(person, present(first))
    join(team, first, into)
    service.withdraw(person, present(into))
    with unit():
        tell(AccountClosed(person.id))
    assert db.session.scalars(select(Declined)).all() == []


class Model:
    """What supports should be: who supports what by themselves, who declined, what is joined to what."""

    def __init__(self, ideas):
        self.own = {idea: set() for idea in ideas}
        self.inherited = {idea: {} for idea in ideas}
        self.declined = {idea: set() for idea in ideas}
        self.into = {}

    def cast(self, person, idea):
        self.own[idea].add(person)
        self.inherited[idea].pop(person, None)
        self.declined[idea].discard(person)

    def withdraw(self, person, idea):
        if self.inherited[idea].pop(person, None):
            self.declined[idea].add(person)
        self.own[idea].discard(person)

    def join(self, idea, into):
        self.into[idea] = into
        for person in self.own[idea] - self.own[into] - self.declined[into] - self.inherited[into].keys():
            self.inherited[into][person] = idea

    def part(self, idea):
        into = self.into.pop(idea)
        others = [one for one in sorted(self.into) if self.into[one] == into]
        for person in [who for who, came in self.inherited[into].items() if came == idea]:
            heir = next((one for one in others if person in self.own[one]), None)
            if heir:
                self.inherited[into][person] = heir
            else:
                del self.inherited[into][person]

    def supports(self, idea):
        return {person: None for person in self.own[idea]} | self.inherited[idea]


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(n, marks=pytest.mark.soak) for n in range(4, 60))])
def test_any_sequence_of_acts_ends_as_the_model_says(make, team, seed):
    chance = random.Random(seed)
    ideas, people = [make.idea(community=HERE).id for _n in range(4)], [make.actor() for _n in range(5)]
    model = Model(ideas)
    for _act in range(60):
        step(chance, model, team, ideas, {person.id: person for person in people})
        db.session.rollback()
    for idea in ideas:
        rows = db.session.execute(select(Vote.user_id, Vote.inherited_from).where(Vote.idea_id == idea)).tuples().all()
        assert dict(rows) == model.supports(idea), seed
    assert recount.differences() == []
    for idea in list(model.into):
        merges.part(team, db.session.get_one(Idea, idea), reason=WHY)
        model.part(idea)
    assert db.session.scalars(select(Vote).where(Vote.inherited_from.is_not(None))).all() == []
    assert {idea: db.session.get_one(Idea, idea).votes_count for idea in ideas} == {
        idea: len(model.own[idea]) for idea in ideas}


def step(chance, model, team, ideas, people):
    """Do one act that is allowed now, to the rows and to the model."""
    alone = [idea for idea in ideas if idea not in model.into]
    act = chance.choice(["cast", "cast", "withdraw", "join", "part"])
    if act in ("cast", "withdraw"):
        person, idea = chance.choice(list(people)), chance.choice(alone)
        getattr(service, act)(people[person], db.session.get_one(Idea, idea))
        getattr(model, act)(person, idea)
    elif act == "part" and model.into:
        idea = chance.choice(sorted(model.into))
        merges.part(team, db.session.get_one(Idea, idea), reason=WHY)
        model.part(idea)
    elif act == "join":
        free = [idea for idea in alone if idea not in model.into.values()]
        into = [idea for idea in alone if free and idea != free[0]]
        if free and into:
            target = chance.choice(into)
            merges.merge(team, db.session.get_one(Idea, free[0]), db.session.get_one(Idea, target), reason=WHY)
            model.join(free[0], target)


def test_supports_cast_while_ideas_are_joined_and_parted_leave_a_true_count(app, make, team):
    idea, into = (make.idea(community=HERE, votes=5).id for _n in range(2))
    people, chance = [make.actor() for _n in range(6)], random.Random(8)

    def quietly(act, *ids):
        def run():
            try:
                act([db.session.get_one(Idea, idea_id) for idea_id in ids])
            except DomainError:
                db.session.rollback()
        return run

    for _round in range(8):
        acts = [quietly(lambda found, who=chance.choice(people), do=chance.choice((service.cast, service.withdraw)):
                        do(who, found[0]), chance.choice((idea, into))) for _n in range(10)]
        acts += [quietly(lambda found: merges.merge(team, *found, reason=WHY), idea, into),
                 quietly(lambda found: merges.merge(team, *found, reason=WHY), into, idea),
                 quietly(lambda found: merges.part(team, found[0], reason=WHY), chance.choice((idea, into)))]
        chance.shuffle(acts)
        at_once(app, acts)
        db.session.rollback()
        assert recount.differences() == []
    merged = [one for one in (idea, into) if db.session.get_one(Idea, one).is_merged]
    assert len(merged) <= 1
