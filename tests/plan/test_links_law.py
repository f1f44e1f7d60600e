"""The law of links: who may propose, make, read, answer and end one, in each state, and what lists show of it."""

from typing import Any

import pytest

from app.accounts.models.people import User
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.permits import can
from app.plan.models.links import Link, LinkPair
from app.plan.queries import links as queries
from tests.plan.test_links import retained
from tests.support.law import CONFIRMED, TEAM, compare
from tests.support.make import Make
from tests.support.make_plan import MakePlan
from tests.support.tables import on_same_rows
from tests.support.world import HERE

READERS = "anyone unconfirmed member author facilitator neighbour coordinator admin suspended"
FED = {"living": {"action:feed": CONFIRMED}, "dropped": {"action:feed": ""}}
PAIRS = {
    "retained": {"link:propose": CONFIRMED, "link:make": TEAM},
    "published": {"link:propose": CONFIRMED, "link:make": ""},
    "dropped": {"link:propose": "", "link:make": ""},
    "hidden": {"link:propose": "", "link:make": ""},
    "merged": {"link:propose": "", "link:make": ""},
    "private": {"link:propose": "", "link:make": ""},
    "own": {"link:propose": CONFIRMED, "link:make": "coordinator"},
}
LINKS = {
    "waiting": {"link:read": f"member {TEAM}", "link:answer": TEAM, "link:end": "member"},
    "in force": {"link:read": READERS, "link:answer": "", "link:end": TEAM},
    "declined": {"link:read": f"member {TEAM}", "link:answer": "", "link:end": ""},
    "ended": {"link:read": READERS, "link:answer": "", "link:end": ""},
    "in force, hidden": {"link:read": TEAM, "link:answer": "", "link:end": TEAM},
}
CONSIDERED = {"published": {"link:consider": CONFIRMED}, "archived": {"link:consider": ""}}
LAW = (FED, PAIRS, LINKS, CONSIDERED)


@pytest.fixture
def cast(make: Make, people: dict[str, Actor]) -> dict[str, Actor]:
    return people | {"author": make.actor()}


def author_of(cast: dict[str, Actor]) -> User:
    return db.session.get_one(User, cast["author"].id)


def test_exactly_those_may_link_an_idea_to_an_action(make: Make, plans: MakePlan, cast: dict[str, Actor]) -> None:
    action, other = plans.action(), make.idea()
    columns: dict[str, Any] = {
        "published": {"status": "published"},
        "hidden": {"hidden_at": clock.now()},
        "merged": {"merged_into": other.id},
        "private": {"is_private": True},
    }
    for state in on_same_rows(PAIRS):
        idea = retained(make, **{"author": author_of(cast)} | columns.get(state, {}))
        if state == "own":
            make.at(idea, author_id=cast["facilitator"].id)
        if state == "dropped":
            make.at(action, state="dropped")
        compare(PAIRS[state], cast, LinkPair(idea, action), state)


def test_exactly_those_may_consider_links(make: Make, cast: dict[str, Actor]) -> None:
    for state, rights in CONSIDERED.items():
        compare(rights, cast, make.idea(author_of(cast), HERE, state), state)


def test_exactly_those_may_bring_ideas_to_an_action(make: Make, plans: MakePlan, cast: dict[str, Actor]) -> None:
    action = plans.action()
    for state, rights in FED.items():
        compare(rights, cast, make.at(action, state="dropped") if state == "dropped" else action, state)


def test_exactly_those_read_answer_and_end_a_link_and_its_list_says_the_same(
    make: Make, plans: MakePlan, cast: dict[str, Actor]
) -> None:
    action = plans.action()
    columns = {"waiting": {"answer": None}, "declined": {"answer": "declined"}, "ended": {"ended_at": clock.now()}}
    for state in on_same_rows(LINKS):
        idea = retained(make, author=author_of(cast))
        link = plans.link(action, idea, proposed_by=cast["member"].id, **columns.get(state, {}))
        make.at(idea, hidden_at=clock.now() if "hidden" in state else None)
        present = db.session.scalar(queries.select_links(cast["coordinator"]).where(Link.id == link.id))
        compare(LINKS[state], cast, present, state)
        for who, actor in cast.items():
            listed = db.session.scalar(queries.select_links(actor).where(Link.id == link.id)) is not None
            assert listed == can(actor, "link:read", present), (state, who)
