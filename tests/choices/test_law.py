"""Who reads a choice, has a ballot in it, runs it and writes what is decided: each right, in writing, in each state."""

import pytest

from app.core.actor import Actor
from app.core.permits import Permission
from app.forum.participants import Participant
from tests.forum.asking import ALL, add_people, find_forum, give_places, list_actors, store_forum
from tests.support.law import TEAM, difference
from tests.support.make import Make
from tests.support.tables import on_same_rows

VOTERS = "author comer guest host"


def having(read: str = "", cast: str = "", run: str = "", decide: str = "") -> dict[str, str]:
    return {"choice:read": read, "choice:cast": cast, "choice:run": run, "choice:decide": decide}


# Each is of a forum that converges, unless it says otherwise.
LAW = {
    "open": having(ALL, VOTERS, TEAM, TEAM),
    "before it converges": having(ALL, decide=TEAM),
    # What was decided is corrected there.
    "closed": having(ALL, decide="coordinator"),
    "of a closed meeting": having(ALL, decide="coordinator"),
    "of a cancelled meeting": having(ALL),
    "of a hidden meeting": having(TEAM),
    "of a deleted meeting": having(),
    "of a draft": having(TEAM),
    "of a rehearsal": having(TEAM, "", TEAM, TEAM),
    "of the region": having(ALL, VOTERS, "coordinator", "coordinator"),
    "private": having("author coordinator", "author", "coordinator", "coordinator"),
}
PHASES = {"before it converges": "sessions", "closed": "closed"}


@pytest.fixture
def everybody(make: Make, people: dict[str, Actor]) -> dict[str, Actor]:
    return add_people(make, people)


def test_each_right_is_had_by_exactly_those_named(make: Make, everybody: dict[str, Actor]) -> None:
    wrong = []
    for state in on_same_rows(LAW):
        stored = store_forum(make, state, PHASES.get(state, "convergence"))
        places, forum = give_places(make, stored, everybody), find_forum(stored.id)
        for right, names in LAW[state].items():
            permission = Permission.book[right]
            has = {
                who
                for who, actor in list_actors(everybody).items()
                if permission.permits(actor, Participant(forum, places.get(who)))
            }
            wrong += [difference(right, state, set(names.split()), has)] if has != set(names.split()) else []
    assert not wrong, "\n".join(wrong)
