"""The law of ideas: who may do what, in each state, in writing; and the lists agree with it."""

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.actor import ANYONE
from app.core.db import db
from app.core.permits import Permission, can
from app.ideas.models import PUBLIC, STATUSES, Idea
from app.ideas.queries import reading
from app.ideas.transitions import NEXT
from tests.support.law import CONFIRMED, EVERYONE, TEAM, compare
from tests.support.tables import on_same_rows
from tests.support.world import HERE

INSIDE = "cercle"
ALL = f"insider {EVERYONE}"
PEOPLE = f"insider {CONFIRMED}"
NOTHING = dict.fromkeys(
    (
        "idea:move",
        "idea:read",
        "idea:edit",
        "idea:publish",
        "idea:discard",
        "idea:withdraw",
        "idea:answer",
        "idea:support",
        "idea:hide",
        "idea:restore",
        "idea:admit",
        "idea:unpublish",
        "idea:moderate",
    ),
    "",
)
NOTHING |= {"idea:write": PEOPLE, "idea:read_own": "author", "idea:export": f"{TEAM} neighbour"}
OPEN = NOTHING | {
    "idea:read": ALL,
    "idea:edit": "author",
    "idea:withdraw": "author",
    "idea:support": PEOPLE,
    "idea:answer": TEAM,
    "idea:hide": TEAM,
    "idea:move": TEAM,
    "idea:moderate": TEAM,
    "idea:unpublish": TEAM,
}
SHUT = NOTHING | {"idea:read": ALL, "idea:hide": TEAM, "idea:move": TEAM, "idea:moderate": TEAM, "idea:unpublish": TEAM}
LAW = {
    "draft": NOTHING | {"idea:edit": "author", "idea:publish": "author", "idea:discard": "author"},
    "pending": SHUT | {"idea:read": TEAM, "idea:edit": "author", "idea:admit": TEAM},
    "published": OPEN,
    "achieved": OPEN,
    "archived": SHUT | {"idea:answer": TEAM},
    "withdrawn": SHUT,
    "hidden": SHUT | {"idea:read": TEAM, "idea:edit": "author", "idea:hide": "", "idea:restore": TEAM},
    "deleted": NOTHING | {"idea:read_own": ""},
    "merged": SHUT | {"idea:move": ""},
    "private": NOTHING
    | {
        "idea:read": "insider coordinator",
        "idea:support": "insider coordinator",
        "idea:answer": "coordinator",
        "idea:hide": "coordinator",
        "idea:moderate": "coordinator",
        "idea:unpublish": "coordinator",
    },
}


@pytest.fixture
def cast(make, people):
    author = make.user()
    make.community(slug=INSIDE, is_private=True)
    return author, people | {"author": make.actor(author), "insider": make.actor(member_of=[INSIDE])}


def in_state(make, author, state):
    status = state if state in STATUSES else "published"
    columns = {"hidden_at": clock.now(), "hidden_reason": "hors sujet"} if state == "hidden" else {}
    columns |= {"deleted_at": clock.now()} if state == "deleted" else {}
    columns |= {"merged_into": make.idea(community=HERE).id} if state == "merged" else {}
    return make.idea(author=author, community=INSIDE if state == "private" else HERE, status=status, **columns)


def test_each_right_is_had_by_exactly_those_named(make, cast):
    author, actors = cast
    for state in on_same_rows(LAW):
        compare(LAW[state], actors, in_state(make, author, state), state)


def test_every_right_on_ideas_is_in_the_matrix():
    rights_on_ideas = {name for name in Permission.book if name.startswith("idea:")}
    assert all(set(rights) == rights_on_ideas for rights in LAW.values())


def test_the_lists_and_the_law_agree(make, cast):
    author, actors = cast
    for state in on_same_rows((*STATUSES, "hidden", "deleted", "merged", "private")):
        idea = in_state(make, author, state)
        for who, actor in actors.items():
            is_listed = (
                db.session.scalar(select(Idea.id).where(reading.readable_by(actor), Idea.id == idea.id)) is not None
            )
            assert is_listed == can(actor, "idea:read", idea), (state, who)
            own = db.session.scalar(select(Idea.id).where(reading.own_of(actor), Idea.id == idea.id)) is not None
            assert own == can(actor, "idea:read_own", idea), (state, who)


def test_an_idea_without_a_community_is_for_coordinators(make, cast):
    author, actors = cast
    idea = make.idea(author=author, community_id=None)
    assert {who for who, actor in actors.items() if can(actor, "idea:answer", idea)} == {"coordinator"}


@pytest.mark.parametrize("status", PUBLIC)
def test_every_step_leads_to_a_public_status(status):
    assert set(NEXT[status]) <= set(PUBLIC) - {"withdrawn", status}


def test_the_public_has_no_charge():
    assert not ANYONE.is_staff
