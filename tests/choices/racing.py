"""Ballots that come while a choice stops, over four processes of four threads.

`python -m tests.choices.racing <address of a database> <folder> <rounds> <ballots of a round> <seed>` prints how many
ballots were refused. Each round is a forum of its own: people who placed some dots change all of them while one stops
the choice. Each ballot is in wholly, where it was acknowledged, or not at all; and the count is of what is in. It ends
with an error that names the round and what is wrong.
"""

import multiprocessing
import random
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any

from flask import Flask

from app.choices.models import Choice, ChoiceDot
from app.choices.queries import choices as queries
from app.choices.service import ballots, choices
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import Conflict
from app.operations import schema
from tests.choices.stored import choice_in, converging, places, who_in
from tests.events.racing import PROCESSES, THREADS, open_app
from tests.forum.stored import place_in
from tests.support.make import Make

STOP = "stop"
FIRST = (1, 1, 0)
Ballot = tuple[int, int, int]
# Who acts in which forum, and what they place, or that they stop it; and whether it was done.
Act = tuple[Actor, int, Ballot | str]


def main(url: str, folder: str, rounds: str, size: str, seed: str) -> None:
    context, chance = multiprocessing.get_context("spawn"), random.Random(int(seed))
    start, pipes = context.Barrier(PROCESSES), [context.Pipe() for _n in range(PROCESSES)]
    workers = [context.Process(target=work, args=(url, folder, start, theirs), daemon=True) for _ours, theirs in pipes]
    for worker in workers:
        worker.start()
    app = open_app(url, folder)
    with app.app_context():
        make, refused = Make(), 0
        team, voters = make.actor(role="coordinator"), [make.actor() for _n in range(int(size))]
        for number in range(int(rounds)):
            refused += run_round(make, team, voters, chance, [ours for ours, _theirs in pipes], number)
        schema.disconnect()
    for ours, _theirs in pipes:
        ours.send(None)
    for worker in workers:
        worker.join()
    print(refused)


def run_round(
    make: Make, team: Actor, voters: Sequence[Actor], chance: random.Random, pipes: Sequence[Connection], number: int
) -> int:
    """Open a choice, have everybody change their ballot while it stops, then count; look at what is in."""
    forum = converging(make)
    choice = choice_in(make, forum)
    place_ids = {}
    for voter in voters:
        place = place_in(make, forum, user_id=voter.id)
        places(make, choice, place, *FIRST)
        place_ids[voter.id] = place.id
    forum_id = forum.id
    db.session.rollback()
    acts: list[Act] = [(voter, forum_id, chance.choice(((3, 0, 2), (0, 0, 1), (0, 0, 0)))) for voter in voters]
    acts.insert(chance.randrange(len(acts)), (team, forum_id, STOP))
    done = do_at_once(pipes, acts)
    assert all(was_done for act, was_done in done if act[2] == STOP), f"round {number}: it was not stopped"
    expected = {
        place_ids[voter.id]: ballot if was_done else FIRST for (voter, _id, ballot), was_done in done if ballot != STOP
    }
    faults = list_faults(forum_id, expected)
    assert not faults, f"round {number}: {faults}"
    assert not ballot_changes(voters[0], forum_id), f"round {number}: a ballot came after the stop"
    totals = [sum(ballot[n] for ballot in expected.values()) for n in range(len(FIRST))]
    choices.count(team, who_in(team, forum_id))
    db.session.rollback()
    counted = [one.placed for one in queries.list_candidates(forum_id)]
    assert counted == totals, f"round {number}: {counted} were counted of {totals}"
    return sum(not was_done for _act, was_done in done)


def list_faults(forum_id: int, expected: dict[int, Any]) -> list[str]:
    """Say what is wrong: a ballot of which some dots are in, or a number of voters that is another."""
    db.session.rollback()
    ids, found = queries.list_candidate_ids(forum_id), {}
    for dot in db.session.query(ChoiceDot).where(ChoiceDot.candidate_id.in_(ids)):
        found.setdefault(dot.registration_id, [0] * len(ids))[ids.index(dot.candidate_id)] = dot.dots
    faults = [
        f"{place} has {found.get(place)}, not {ballot}"
        for place, ballot in expected.items()
        if tuple(found.get(place, [0] * len(ids))) != tuple(ballot)
    ]
    voters = db.session.get_one(Choice, forum_id).voters_count
    return faults + [f"{voters} voters, not {len(found)}"] * (voters != len(found))


def do_at_once(pipes: Sequence[Connection], acts: Sequence[Act]) -> list[tuple[Act, bool]]:
    """Give the acts to the processes, which do them all at once; return each, and whether it was done."""
    shares = [list(acts[n :: len(pipes)]) for n in range(len(pipes))]
    for pipe, share in zip(pipes, shares, strict=True):
        pipe.send(share)
    return [pair for pipe, share in zip(pipes, shares, strict=True) for pair in zip(share, pipe.recv(), strict=True)]


def work(url: str, folder: str, start: Any, pipe: Connection) -> None:
    """Do the acts that come, all at once with those of the other processes; send back which were done."""
    app = open_app(url, folder)
    with ThreadPoolExecutor(THREADS) as pool:
        while (acts := pipe.recv()) is not None:
            start.wait()
            pipe.send(list(pool.map(lambda act: is_done(app, act), acts)))


def is_done(app: Flask, act: Act) -> bool:
    actor, forum_id, what = act
    with app.app_context():
        if what == STOP:
            choices.stop(actor, who_in(actor, forum_id))
            return True
        return ballot_changes(actor, forum_id, what)


def ballot_changes(actor: Actor, forum_id: int, ballot: Any = (0, 1, 0)) -> bool:
    """Place a ballot; tell whether it is in, or the choice was stopped."""
    try:
        ballots.cast(actor, who_in(actor, forum_id), ballot)
    except Conflict:
        return False
    return True


if __name__ == "__main__":
    main(*sys.argv[1:])
