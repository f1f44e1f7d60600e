"""Who may join, part, split and relate, in each state of one idea and for each pair of ideas."""

import pytest

from app.core import clock
from app.core.permits import can
from app.ideas.models import STATUSES
from app.moderation.merges.models import IdeaPair
from app.results import candidates
from tests.support.law import compare
from tests.support.tables import on_same_rows
from tests.support.world import ELSEWHERE, HERE

CHARGE, ANY_CHARGE = "facilitator coordinator", "facilitator neighbour coordinator"
NOTHING = {"merge:choose": "", "merge:part": "", "split:make": "", "split:undo": "", "relation:consider": ""}
OPEN = {
    "merge:choose": CHARGE,
    "merge:part": "",
    "split:make": CHARGE,
    "split:undo": CHARGE,
    "relation:consider": ANY_CHARGE,
}
SHUT = NOTHING | {"relation:consider": ANY_CHARGE}
ONE = {
    "draft": NOTHING,
    "pending": NOTHING,
    "published": OPEN,
    "under_review": OPEN,
    "retained": OPEN,
    "planned": OPEN,
    "underway": OPEN,
    "achieved": OPEN,
    "declined": OPEN,
    "archived": SHUT,
    "withdrawn": SHUT,
    "hidden": NOTHING,
    "deleted": NOTHING,
    "merged": NOTHING | {"merge:part": CHARGE},
    "private": {
        "merge:choose": "coordinator",
        "merge:part": "",
        "split:make": "coordinator",
        "split:undo": "coordinator",
        "relation:consider": "coordinator",
    },
    "without a community": {
        "merge:choose": "coordinator",
        "merge:part": "",
        "split:make": "coordinator",
        "split:undo": "coordinator",
        "relation:consider": ANY_CHARGE,
    },
}
# The first idea is HERE, the second is where and how the line says.
TWO = {
    "both here": {"merge:join": CHARGE, "relation:make": CHARGE, "relation:undo": CHARGE},
    "one elsewhere": {"merge:join": "coordinator", "relation:make": ANY_CHARGE, "relation:undo": ANY_CHARGE},
    "itself": {"merge:join": "", "relation:make": "", "relation:undo": ""},
    "one archived": {"merge:join": "", "relation:make": CHARGE, "relation:undo": CHARGE},
    "one hidden": {"merge:join": "", "relation:make": "", "relation:undo": CHARGE},
    "one merged": {"merge:join": "", "relation:make": "", "relation:undo": CHARGE},
    "one private": {"merge:join": "", "relation:make": "coordinator", "relation:undo": "coordinator"},
    "two private": {"merge:join": "coordinator", "relation:make": "coordinator", "relation:undo": "coordinator"},
    "two circles": {"merge:join": "", "relation:make": "coordinator", "relation:undo": "coordinator"},
}
LAW = (ONE, TWO)
CIRCLE = "cercle"


@pytest.fixture
def cast(make, people):
    make.community(slug=CIRCLE, name=CIRCLE, is_private=True)
    author = make.user()
    return author, people | {"author": make.actor(author), "insider": make.actor(member_of=[CIRCLE])}


def in_state(make, author, state):
    columns = {
        "hidden": {"hidden_at": clock.now(), "hidden_reason": "hors sujet"},
        "deleted": {"deleted_at": clock.now()},
        "without a community": {"community_id": None},
    }.get(state, {})
    if state == "merged":
        columns = {"merged_into": make.idea(community=HERE).id}
    return make.idea(
        author, CIRCLE if state == "private" else HERE, state if state in STATUSES else "published", **columns
    )


def test_each_right_on_one_idea_is_had_by_exactly_those_named(make, cast):
    author, actors = cast
    for state in on_same_rows(ONE):
        compare(ONE[state], actors, in_state(make, author, state), state)


def test_each_right_on_two_ideas_is_had_by_exactly_those_named(make, cast):
    author, actors = cast
    for kind in on_same_rows(TWO):
        first = make.idea(author, CIRCLE if kind in ("two private", "two circles") else HERE)
        second = second_idea(make, author, kind, first)
        for pair in (IdeaPair(first, second), IdeaPair(second, first)):
            compare(TWO[kind], actors, pair, kind)


def second_idea(make, author, kind, first):
    if kind == "itself":
        return first
    if kind == "two circles":
        return make.idea(community=make.community(is_private=True))
    if kind == "one elsewhere":
        return make.idea(community=ELSEWHERE)
    return in_state(make, author, "published" if kind == "both here" else kind.split()[1])


def test_the_lists_offer_what_the_law_lets_join_or_relate(make, cast):
    author, actors = cast
    for state in on_same_rows(ONE):
        for idea in (
            make.idea(author, HERE, title="Un marché public"),
            make.idea(author, CIRCLE, title="Un marché public"),
        ):
            other = in_state(make, author, state)
            make.at(other, search_text="un marche public")
            for who, actor in actors.items():
                if can(actor, "relation:consider", idea):
                    compare_lists(actor, idea, other, (state, who))


def compare_lists(actor, idea, other, case):
    """Fail where the lists offer another idea that the law does not let this person join or relate, or hide one that it does."""
    for right, search in (("merge:join", candidates.list_joinable), ("relation:make", candidates.list_relatable)):
        found = [one.id for one in search(actor, idea, "marché")]
        # Whoever relates has the charge of the first one here, or of the other.
        law = can(actor, right, IdeaPair(idea, other)) or (
            right == "relation:make"
            and can(actor, "relation:consider", other)
            and can(actor, "idea:read", idea)
            and idea.is_public
        )
        assert (other.id in found) == law, (*case, right)
