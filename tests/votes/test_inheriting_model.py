"""Any sequence of merges, supports and withdrawals ends as a small model says; also when they come at once."""

import random
from functools import partial

import pytest
from sqlalchemy import select

from app.core.db import db
from app.core.errors import DomainError
from app.ideas.models import Idea
from app.moderation.merges import service as merges
from app.operations import recount
from app.votes import service
from app.votes.models import DeclinedVote, Vote
from tests.support.races import at_once
from tests.support.world import HERE

WHY = "Elles disent la même chose"


@pytest.fixture
def team(people):
    return people["facilitator"]


class Model:
    """A model of supports: who supports which idea, who declined one, which idea is joined to which."""

    def __init__(self, ideas):
        self.own = {idea: set() for idea in ideas}
        self.inherited_supports = {idea: {} for idea in ideas}
        self.refusals = {idea: set() for idea in ideas}
        self.into = {}

    def cast(self, person, idea):
        self.own[idea].add(person)
        self.inherited_supports[idea].pop(person, None)
        self.refusals[idea].discard(person)

    def withdraw(self, person, idea):
        if self.inherited_supports[idea].pop(person, None):
            self.refusals[idea].add(person)
        self.own[idea].discard(person)

    def join(self, idea, into):
        self.into[idea] = into
        for person in self.own[idea] - self.own[into] - self.refusals[into] - self.inherited_supports[into].keys():
            self.inherited_supports[into][person] = idea

    def part(self, idea):
        into = self.into.pop(idea)
        others = [one for one in sorted(self.into) if self.into[one] == into]
        for person in [who for who, came in self.inherited_supports[into].items() if came == idea]:
            heir = next((one for one in others if person in self.own[one]), None)
            if heir:
                self.inherited_supports[into][person] = heir
            else:
                del self.inherited_supports[into][person]

    def rows(self, idea):
        """Return who supports an idea, with the idea that brought it, and who declined it."""
        return {person: None for person in self.own[idea]} | self.inherited_supports[idea], self.refusals[idea]


def stored(ideas):
    """Return, of each idea, what `Model.rows` returns."""
    rows = {idea: ({}, set()) for idea in ideas}
    for idea, person, origin in db.session.execute(select(Vote.idea_id, Vote.user_id, Vote.inherited_from)):
        rows[idea][0][person] = origin
    for idea, person in db.session.execute(select(DeclinedVote.idea_id, DeclinedVote.user_id)):
        rows[idea][1].add(person)
    return list(rows.values())


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(n, marks=pytest.mark.soak) for n in range(3, 60))])
def test_any_sequence_of_acts_ends_as_the_model_says(make, team, seed):
    chance = random.Random(seed)
    ideas, people = [make.idea(community=HERE).id for _n in range(5)], [make.actor() for _n in range(3)]
    model = Model(ideas)
    for _act in range(100):
        step(chance, model, team, ideas, {person.id: person for person in people})
        db.session.rollback()
        assert stored(ideas) == [model.rows(idea) for idea in ideas]
    assert recount.list_differences() == []
    for idea in list(model.into):
        merges.part(team, db.session.get_one(Idea, idea), reason=WHY)
        model.part(idea)
    assert db.session.scalars(select(Vote).where(Vote.inherited_from.is_not(None))).all() == []
    assert {idea: db.session.get_one(Idea, idea).votes_count for idea in ideas} == {
        idea: len(model.own[idea]) for idea in ideas
    }


def step(chance, model, team, ideas, people):
    """Do one act that is allowed now, to the rows and to the model."""
    alone = [idea for idea in ideas if idea not in model.into]
    act = chance.choice(["cast"] * 6 + ["withdraw"] * 2 + ["join"] * 4 + ["part"] * 2)
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
        if free:
            idea, into = chance.choice(free), chance.choice(alone)
            if idea != into:
                merges.merge(team, db.session.get_one(Idea, idea), db.session.get_one(Idea, into), reason=WHY)
                model.join(idea, into)


def act_if_possible(act, *ids):
    """Do an act on ideas; ignore the refusal of an act that is no longer possible."""
    try:
        act(*[db.session.get_one(Idea, idea_id) for idea_id in ids])
    except DomainError:
        db.session.rollback()


def test_supports_cast_while_ideas_are_joined_and_parted_leave_a_true_count(app, make, team, is_sample):
    idea, into = (make.idea(community=HERE, votes=5).id for _n in range(2))
    people, chance = [make.actor() for _n in range(6)], random.Random(8)
    join, part = partial(merges.merge, team, reason=WHY), partial(merges.part, team, reason=WHY)
    for _round in range(5 if is_sample else 40):
        acts = [
            partial(
                act_if_possible,
                partial(chance.choice((service.cast, service.withdraw)), chance.choice(people)),
                chance.choice((idea, into)),
            )
            for _n in range(10)
        ]
        acts += [
            partial(act_if_possible, join, idea, into),
            partial(act_if_possible, join, into, idea),
            partial(act_if_possible, part, chance.choice((idea, into))),
        ]
        chance.shuffle(acts)
        at_once(app, acts)
        db.session.rollback()
        assert recount.list_differences() == []
    assert sum(db.session.get_one(Idea, one).is_merged for one in (idea, into)) <= 1
