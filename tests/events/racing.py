"""Many people who register at the same moment for the last places of a meeting, over four processes of four threads.

`python -m tests.events.racing <address of a database> <folder> <rounds> <acts of a round> <seed>` prints how many acts were
refused. Each round is a meeting of its own; it ends with an error that names the round and what is wrong.
"""

import multiprocessing
import random
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from flask import Flask
from huey.storage import MemoryStorage
from sqlalchemy import select

from app import create_app
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import DomainError
from app.events.models.meetings import Event
from app.events.models.registrations import EventMail, EventRegistration
from app.events.service import life
from app.events.service import registrations as service
from app.events.service.registrations import Wishes
from app.events.stored_words import get_words
from app.operations import schema
from tests.events.coming import cancel, columns_of, count_again, guest, keep, new_event
from tests.support.house import SETTINGS
from tests.support.make import Make

PROCESSES, THREADS = 4, 4
MODES = ("in_person", "online")
Act = tuple[str, tuple[Any, ...]]


def main(url: str, folder: str, rounds: str, size: str, seed: str) -> None:
    context, chance = multiprocessing.get_context("spawn"), random.Random(int(seed))
    start, pipes = context.Barrier(PROCESSES), [context.Pipe() for _n in range(PROCESSES)]
    workers = [context.Process(target=work, args=(url, folder, start, theirs), daemon=True) for _ours, theirs in pipes]
    for worker in workers:
        worker.start()
    app = open_app(url, folder)
    with app.app_context():
        make, refused = Make(), 0
        team, users = make.actor(role="coordinator"), [make.user().id for _n in range(int(size))]
        for number in range(int(rounds)):
            refused += run_round(make, team, users, chance, [ours for ours, _theirs in pipes], int(size), number)
        schema.disconnect()
    for ours, _theirs in pipes:
        ours.send(None)
    for worker in workers:
        worker.join()
    print(refused)


def open_app(url: str, folder: str) -> Flask:
    app = create_app(**SETTINGS, DATA_DIR=Path(folder), DATABASE_URL=url)
    app.extensions["huey"].storage = MemoryStorage()
    return app


def run_round(
    make: Make,
    team: Actor,
    users: Sequence[int],
    chance: random.Random,
    pipes: Sequence[Connection],
    size: int,
    number: int,
) -> int:
    """Begin a meeting with few places, do all acts at once, and look at what stands."""
    most = {mode: chance.randint(2, size // 3) for mode in MODES}
    event = new_event(make, **{f"capacity_{mode}": places for mode, places in most.items()})
    acts, largest = choose_acts(event, team, users, chance, most, size)
    chance.shuffle(acts)
    for n, pipe in enumerate(pipes):
        pipe.send(acts[n::PROCESSES])
    refused = sum(pipe.recv() for pipe in pipes)
    db.session.rollback()
    faults = list_faults(event, largest)
    assert not faults, f"round {number}: {faults}"
    return refused


def choose_acts(
    event: Event, team: Actor, users: Sequence[int], chance: random.Random, most: dict[str, int], size: int
) -> tuple[list[Act], dict[str, int]]:
    """Return what happens at once, and the most places that there are meanwhile; some are in before."""
    people, largest = list(users), dict(most)
    chance.shuffle(people)

    def wishes() -> Wishes:
        return Wishes(chance.choice(MODES), chance.choice((1, 1, 1, 2, 2, 3, 4)))

    def member() -> tuple[int, Wishes]:
        return people.pop(), wishes()

    before = [
        (user_id, service.come(Actor(user_id), event, kind).id) for user_id, kind in (member() for _n in range(6))
    ]
    acts: list[Act] = [("cancel", (number, user_id)) for user_id, number in before[:3]]
    acts += [("keep", (number, user_id, wishes())) for user_id, number in before[3:]]
    for n in range(size // 4):
        kind = wishes()
        acts.append(("keep", (service.expect(event, guest(n), kind).id, None, kind)))
    for mode in MODES:
        places = chance.randint(1, size // 2)
        largest[mode] = max(largest[mode], places)
        acts.append(("edit", (event.id, team, f"capacity_{mode}", places)))
    acts.append(("hide", (event.id, team)))
    acts.append(("move", (event.id, team, event.starts_at + timedelta(days=chance.randint(1, 9)))))
    acts += [("come", (event.id, *member())) for _n in range(size - len(acts))]
    return acts, largest


def list_faults(event: Event, largest: dict[str, int]) -> list[str]:
    """Say what is wrong: one too many, a total that is none, a place that nobody has, who is not told, who lost a rank."""
    columns, counted = columns_of(event), count_again(event)
    faults = [f"{columns} is not {counted}"] if columns != counted else []
    for mode in MODES:
        faults += [f"{columns} with {largest}"] if columns[f"taken_{mode}"] > largest[mode] else []
        rows = list_rows(event.id, mode)
        free = getattr(event, f"capacity_{mode}") - columns[f"taken_{mode}"]
        faults += [f"{row.id} waits for {free} places" for row in rows if row.state == "waiting" and row.party <= free]
        last_in = max((row.rank for row in rows if row.state == "in"), default=0)
        faults += [
            f"{row.id} does not know who went past"
            for row in rows
            if row.state == "waiting" and row.rank < last_in and not row.passed_over_at
        ]
        faults += [f"{row.id} was told {kinds}" for row in rows if not is_right(row.state, kinds := told(event, row))]
    ranks = [row.rank for mode in MODES for row in list_rows(event.id, mode) if row.rank]
    return faults + (["two have one rank"] if len(ranks) != len(set(ranks)) else [])


NEWS = {"moved", "hidden", "shown"}
# What somebody is told who is there: a place at once, or the wait and then the place; who went elsewhere, both.
RIGHT = {
    "in": ({"in"}, {"waiting", "place"}, {"waiting", "in"}, {"waiting", "place", "in"}),
    "waiting": ({"waiting"}, {"waiting", "in"}, {"waiting", "place"}, {"waiting", "place", "in"}),
}


def is_right(state: str, kinds: set[str]) -> bool:
    """Tell whether somebody hears what they should; who was there when it moved or was hidden, of that and of what came after.

    Whoever hears that it is hidden hears that it is shown again.
    """
    after = kinds - NEWS
    if after == kinds:
        return kinds in RIGHT[state]
    if ("hidden" in kinds) is not ("shown" in kinds):
        return False
    return not after or after in RIGHT[state] or (state == "in" and after | {"waiting"} in RIGHT[state])


def list_rows(event_id: int, mode: str) -> Sequence[EventRegistration]:
    which = (EventRegistration.event_id == event_id, EventRegistration.mode == mode)
    return db.session.scalars(select(EventRegistration).where(*which, EventRegistration.state.in_(RIGHT))).all()


def told(event: Event, row: EventRegistration) -> set[str]:
    """Return the mails that are to be written to somebody: those of the date that stands."""
    mine = (EventMail.registration_id == row.id, EventMail.starts_at == event.starts_at)
    return set(db.session.scalars(select(EventMail.kind).where(*mine, EventMail.written_at.is_(None))))


def work(url: str, folder: str, start: Any, pipe: Connection) -> None:
    """Do the acts that come, all at once with those of the other processes; send back how many were refused."""
    app = open_app(url, folder)
    with ThreadPoolExecutor(THREADS) as pool:
        while (acts := pipe.recv()) is not None:
            start.wait()
            pipe.send(sum(pool.map(lambda act: is_refused(app, act), acts)))


def is_refused(app: Flask, act: Act) -> bool:
    name, values = act
    with app.app_context():
        try:
            ACTS[name](*values)
        except DomainError:
            return True
    return False


def do_come(event_id: int, user_id: int, wishes: Wishes) -> None:
    service.come(Actor(user_id), db.session.get_one(Event, event_id), wishes)


def do_keep(number: int, user_id: int | None, wishes: Wishes) -> None:
    keep(db.session.get_one(EventRegistration, number), wishes, Actor(user_id))


def do_cancel(number: int, user_id: int | None) -> None:
    cancel(db.session.get_one(EventRegistration, number), Actor(user_id))


def do_edit(event_id: int, team: Actor, column: str, places: int) -> None:
    event = db.session.get_one(Event, event_id)
    life.edit(team, event, replace(get_words(team, event), **{column: places}))


def do_move(event_id: int, team: Actor, starts_at: datetime) -> None:
    event = db.session.get_one(Event, event_id)
    life.move(team, event, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), reason="La salle est prise.")


def do_hide(event_id: int, team: Actor) -> None:
    """Hide a meeting and show it again: who registers meanwhile is refused."""
    event = db.session.get_one(Event, event_id)
    life.hide(team, event, reason="Une erreur.")
    life.restore(team, event)


ACTS: dict[str, Callable[..., None]] = {
    "come": do_come,
    "keep": do_keep,
    "cancel": do_cancel,
    "edit": do_edit,
    "move": do_move,
    "hide": do_hide,
}


if __name__ == "__main__":
    main(*sys.argv[1:])
