"""Ballots that come at the moment when a choice stops (`tests/support/racing.py`).

Each round is a forum of its own: people who placed some dots change all of them, some give their place back, and one stops
the choice. Each ballot is in wholly where it was acknowledged, as it was where it was refused; then it is counted.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from app.choices.models import Choice, ChoiceDot
from app.choices.queries import choices as queries
from app.choices.queries import faults
from app.choices.service import ballots, choices
from app.core.actor import Actor
from app.core.db import db
from app.events.queries import registrations
from app.events.service import registrations as coming
from tests.choices.stored import WORDS, choice_in, converging, places, who_in
from tests.forum.stored import place_in
from tests.support.make import Make
from tests.support.racing import Act, Acts, Race, main

CAST, STOP, GIVE_BACK = "cast", "stop", "give_back"
Ballot = tuple[int, ...]
FIRST, NONE = (1, 1, 0), (0, 0, 0)
THEN = ((3, 0, 2), (0, 0, 1), NONE)
LEAVE = 3
# Each ballot has those who placed theirs counted; in a hall that is done every few seconds.
ballots.PAUSE = timedelta(0)


def prepare(make: Make, size: int) -> Callable[[Race, int], list[str]]:
    voters = [make.actor() for _n in range(size - LEAVE - 1)]
    return partial(run_round, make, make.actor(role="coordinator"), voters)


def run_round(make: Make, team: Actor, voters: Sequence[Actor], race: Race, _number: int) -> list[str]:
    """Open a choice, have everybody act at once, then count; look at what is in before and after."""
    forum = converging(make, taken_in_person=len(voters))
    choice, forum_id = choice_in(make, forum), forum.id
    place_ids = {}
    for voter in voters:
        place = place_in(make, forum, user_id=voter.id)
        places(make, choice, place, *FIRST)
        place_ids[voter.id] = place.id
    acts: list[Act] = [(CAST, (voter, forum_id, race.chance.choice(THEN))) for voter in voters]
    leaving: list[Act] = [(GIVE_BACK, (voter, place_ids[voter.id])) for voter in voters[:LEAVE]]
    refused = race.do([*acts, *leaving, (STOP, (team, forum_id))])
    late: list[Act] = [(CAST, (voter, forum_id, NONE)) for voter in voters]
    faults_found = [f"{act} was refused" for act in refused if act[0] != CAST]
    faults_found += [f"{len(late)} came after the stop"] * (len(race.do(late)) != len(voters))
    expected = {
        place_ids[voter.id]: FIRST if act in refused else ballot for act in acts for voter, _id, ballot in [act[1]]
    }
    gone = {place_id for _name, (_voter, place_id) in leaving}
    return faults_found + look(team, forum_id, {one: NONE if one in gone else expected[one] for one in expected})


def look(team: Actor, forum_id: int, expected: dict[int, Ballot]) -> list[str]:
    """Say what is wrong: a ballot that is in by half, another number of voters, another total once it is counted."""
    ids, found = queries.list_candidate_ids(forum_id), dict[int, list[int]]()
    for dot in db.session.query(ChoiceDot).where(ChoiceDot.candidate_id.in_(ids)):
        found.setdefault(dot.registration_id, [0] * len(ids))[ids.index(dot.candidate_id)] = dot.dots
    wrong = [
        f"{place} has {found.get(place)}, not {ballot}"
        for place, ballot in expected.items()
        if tuple(found.get(place, NONE)) != ballot
    ]
    choices.count(team, who_in(team, forum_id))
    db.session.rollback()
    voters = db.session.get_one(Choice, forum_id).voters_count
    wrong += [f"{voters} voters were counted, not {len(found)}"] * (voters != len(found))
    totals = [sum(ballot[n] for ballot in expected.values()) for n in range(len(WORDS))]
    counted = [one.placed for one in queries.list_candidates(forum_id)]
    wrong += [f"{counted} were counted of {totals}"] * (counted != totals)
    return wrong + [fault for fault in faults.list_faults() if f" {forum_id} " in fault]


def do_cast(voter: Actor, forum_id: int, ballot: Ballot) -> None:
    ballots.cast(voter, who_in(voter, forum_id), ballot)


def do_stop(team: Actor, forum_id: int) -> None:
    choices.stop(team, who_in(team, forum_id))


def do_give_back(voter: Actor, place_id: int) -> None:
    place = registrations.find_registration(place_id)
    assert place is not None
    coming.cancel(voter, place)


ACTS: Acts = {CAST: do_cast, STOP: do_stop, GIVE_BACK: do_give_back}


if __name__ == "__main__":
    main(ACTS, prepare)
